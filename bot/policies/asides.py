"""The policy for what comes in between: asides, notices, other languages, patience."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

PRIORITY = 50  # below the safety policy, above Rasa's rules
SURE = 0.6
DOUBTFUL = 0.5  # a message that tells no fact and may mean anything was not followed
OFFERED = "offer_interpreter"
SHORT = 3  # words of an answer to the offer of an interpreter
NOT_FOLLOWED = ("nlu_fallback", "off_topic", "rude")


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class AsidePolicy(Policy):
    """Lets a person ask something, or end the questions, while a form is open.

    Rasa's own rules are only asked inside a form when the form refuses the message, and a form
    that was told something in the same message does not refuse. ``answers`` (intent -> action)
    are said before the form asks again; ``endings`` close it; ``notices`` are said when a message
    tells of a place outside the counties or of being under 18, or asks beside what it tells
    something that has a precise answer; ``language`` answers a message in
    another language and ``patience`` one that was not followed again: then the form waits.
    ``ends_turn`` names actions after which, with no form open, nothing more is said: they change
    a slot that the rule for them asks for, and so no rule knows what comes next.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing is an aside until config.yml says so."""
        return {
            "priority": PRIORITY,
            "answers": {},
            "endings": {},
            "notices": {},
            "language": None,
            "patience": None,
            "ends_turn": [],
            "form": None,
        }

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
        """All on one action when something comes in between, else nothing."""
        action = self._next_action(tracker)
        odds = self._default_predictions(domain)
        if action is None:
            return self._prediction(odds)
        odds[domain.index_for_action(action)] = 1.0
        return self._prediction(odds, is_no_user_prediction=True)

    def _next_action(self, tracker: DialogueStateTracker) -> str | None:
        message, latest = tracker.latest_message, tracker.latest_action_name
        if latest in (*self.config["endings"].values(), self.config["language"]):
            return str(ACTION_LISTEN_NAME)  # no rule knows a turn that ended its form
        if message is None:
            return None
        if latest == ACTION_LISTEN_NAME:
            return self._first(tracker, message)
        return self._after(tracker, message, str(latest))

    def _first(self, tracker: DialogueStateTracker, message: UserUttered) -> str | None:
        if self.config["language"] and _in_another_language(tracker, message):
            return str(self.config["language"])
        if tracker.active_loop_name is not None:
            if action := self._aside(message):
                return action
            if self.config["patience"] and _is_lost(tracker, message):
                return str(self.config["patience"])
        return next(iter(self._notices(tracker, message)), None)

    def _after(
        self, tracker: DialogueStateTracker, message: UserUttered, latest: str
    ) -> str | None:
        """What follows something that was said in between: the next of it, then the form."""
        due = list(self._notices(tracker, message))
        if latest in due:
            return (*due, str(self.config["form"]))[due.index(latest) + 1]
        form = tracker.active_loop_name
        if form is None and latest in self.config["ends_turn"]:
            return str(ACTION_LISTEN_NAME)
        answered = latest == self.config["answers"].get(_intent(message))
        return str(form) if form and answered else None

    def _aside(self, message: UserUttered) -> str | None:
        actions = {**self.config["answers"], **self.config["endings"]}
        sure = (message.intent or {}).get("confidence", 0.0) >= SURE
        action = actions.get(_intent(message)) if sure else None
        return action and str(action)

    def _notices(self, tracker: DialogueStateTracker, message: UserUttered) -> Iterator[str]:
        """What must be said about the facts of a message that goes on with the questions."""
        intent = _intent(message)
        if not (tracker.active_loop_name or intent.startswith("tell")) or self._aside(message):
            return
        told = {fact["name"]: fact["value"] for fact in message.parse_data.get("facts") or ()}
        told["aside"] = message.parse_data.get("aside")
        for name, action in self.config["notices"].items():
            if NOTICED[name](told):
                yield str(action)


def _is_outside(told: dict[str, Any]) -> bool:
    """Whether the place told is one that neither county covers."""
    place = told.get("place")
    return place is not None and not (place.get("district") or place.get("county"))


def _is_young(told: dict[str, Any]) -> bool:
    return bool(told.get("under_18"))


def _asks_beside(told: dict[str, Any]) -> bool:
    return bool(told.get("aside"))


NOTICED = {"outside": _is_outside, "under_18": _is_young, "aside": _asks_beside}


def _in_another_language(tracker: DialogueStateTracker, message: UserUttered) -> bool:
    """Whether it is one, or a short answer to the offer of an interpreter."""
    if message.parse_data.get("language"):
        return True
    before = _said_before(tracker)
    offered = tracker.get_slot("asked") == OFFERED and before[-1:]
    pressed = (message.intent or {}).get("confidence") == 1.0
    short = len((message.text or "").split()) <= SHORT
    return bool(offered and before[-1].parse_data.get("language") and short and not pressed)


def _is_lost(tracker: DialogueStateTracker, message: UserUttered) -> bool:
    """Whether a message is rude, or is the second in a row that was not followed."""
    if not _was_not_followed(message):
        return False
    return _intent(message) == "rude" or _again(_said_before(tracker))


def _intent(message: UserUttered) -> str:
    return str((message.intent or {}).get("name"))


def _said_before(tracker: DialogueStateTracker) -> list[UserUttered]:
    # Rasa's "applied" events leave out what a form has heard.
    return [event for event in tracker.events if isinstance(event, UserUttered)][:-1]


def _again(before: list[UserUttered]) -> bool:
    heard = (one for one in reversed(before) if not _is_question(one))
    return _was_not_followed(next(heard, None))


def _is_question(message: UserUttered) -> bool:
    return _intent(message).startswith(("ask_", "find_services", "more_services"))


def _was_not_followed(message: UserUttered | None) -> bool:
    if message is None or message.parse_data.get("facts"):
        return False
    doubtful = (message.intent or {}).get("confidence", 0.0) < DOUBTFUL
    return doubtful or _intent(message) in NOT_FOLLOWED
