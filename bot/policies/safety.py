"""The policy that outranks all others: risk first, and nobody is talked over by a form."""

from __future__ import annotations

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.structures import StoryGraph  # noqa: F401  (a type Rasa resolves)

PRIORITY = 100
HAND_OFF = "action_safety"
KEEP_COMPANY = "action_company"
FALLBACK = "action_fallback"
SURE = 0.6  # of what was asked, before it is answered while a person is awaited
# What answers the question where to look for help.
WHERE = frozenset({"tell_where", "skip", "not_sure", "deny"})


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class SafetyPolicy(Policy):
    """Hands off when the latest message carries risk; keeps company while people wait.

    A wait can last a night: what somebody asks meanwhile is answered by the rules, where it is
    one of ``answered`` (intents), but they are asked nothing.

    The prediction is marked as one that ignores what the user said, because only such a one
    wins over an open form (see docs/decisions/0005-safety-outranks-forms.md).
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above every priority of Rasa's own policies (RulePolicy: 6)."""
        return {"priority": PRIORITY, "answered": []}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyPolicy:
        """The policy; it has nothing to learn."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self, training_trackers: list[Any], domain: Domain, **kwargs: Any
    ) -> Resource:  # pragma: no cover  (Rasa asks for the method, never calls it)
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """All on one action when this policy has something to say, else nothing."""
        action = next_action(tracker, frozenset(self.config["answered"]))
        if action is None:
            return self._prediction(self._default_predictions(domain))
        odds = self._default_predictions(domain)
        odds[domain.index_for_action(action)] = 1.0
        return self._prediction(odds, is_no_user_prediction=True)


def next_action(
    tracker: DialogueStateTracker, answered: frozenset[str] = frozenset()
) -> str | None:
    """The action that safety asks for now, if any; for what is ``answered`` none while waiting."""
    if tracker.latest_action_name in (HAND_OFF, KEEP_COMPANY, FALLBACK):
        return str(ACTION_LISTEN_NAME)
    if tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.latest_message is None:
        return None
    message = tracker.latest_message
    if (message.parse_data.get("risk") or {}).get("disposition", "none") != "none":
        return HAND_OFF
    waiting: bool = (message.metadata or {}).get("holder") == "waiting"
    if waiting and not (tracker.get_slot("safety_resumed") or _is_asked(tracker, answered)):
        return KEEP_COMPANY
    return None


def _is_asked(tracker: DialogueStateTracker, answered: frozenset[str]) -> bool:
    """Whether something is asked that can be answered on a screen that is safe to look at."""
    intent = (tracker.latest_message and tracker.latest_message.intent) or {}
    if tracker.get_slot("safety_quiet") or intent.get("confidence", 0.0) < SURE:
        return False
    says_where = tracker.get_slot("find_services_place_awaited") and intent.get("name") in WHERE
    return bool(says_where) or intent.get("name") in answered
