"""The policy for questions and wishes in the middle of a form: answered, then back to it."""

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

PRIORITY = 50  # below the safety policy, above Rasa's rules
SURE = 0.6


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class AsidePolicy(Policy):
    """Lets a person ask something, or end the questions, while a form is open.

    Rasa's own rules are only asked inside a form when the form refuses the message, and a form
    that was told something in the same message does not refuse. ``answers`` (intent -> action)
    are said before the form asks again; ``endings`` close it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing is an aside until config.yml says so."""
        return {"priority": PRIORITY, "answers": {}, "endings": {}}

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AsidePolicy:
        """The policy; it has nothing to learn."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[Any], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """All on one action for an aside, else nothing."""
        action = self._next_action(tracker)
        odds = self._default_predictions(domain)
        if action is None:
            return self._prediction(odds)
        odds[domain.index_for_action(action)] = 1.0
        return self._prediction(odds, is_no_user_prediction=True)

    def _next_action(self, tracker: DialogueStateTracker) -> str | None:
        form, message = tracker.active_loop_name, tracker.latest_message
        if tracker.latest_action_name in self.config["endings"].values():
            return str(ACTION_LISTEN_NAME)  # no rule knows a turn that ended its form
        if form is None or message is None:
            return None
        intent = message.intent.get("name")
        sure = message.intent.get("confidence", 0.0) >= SURE
        actions = {**self.config["answers"], **self.config["endings"]}
        if not sure or intent not in actions:
            return None
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            return str(actions[intent])
        answered = tracker.latest_action_name == self.config["answers"].get(intent)
        return str(form) if answered else None
