"""What comes in between the questions: notices, another language, patience; then the form."""

from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.policies.asides import OFFERED, AsidePolicy

FORM = "assessment_form"
CONFIG = {
    "answers": {"ask_robot": "utter_ask_robot", "under_18": "action_under_18"},
    "endings": {"stop": "action_assessment_stop"},
    "notices": {
        "outside": "action_outside",
        "under_18": "action_under_18",
        "aside": "action_answer",
    },
    "language": "action_language",
    "patience": "action_fallback",
    "ends_turn": ["action_find_services", "action_feedback"],
    "form": FORM,
}
LUTON = {"name": "place", "value": {"as_said": "Luton", "district": None, "county": None}}
ONLY_COUNTY = {"name": "place", "value": {"as_said": "Herts", "district": None, "county": "h"}}
ELY = {"name": "place", "value": {"as_said": "Ely", "district": "east", "county": "cambs"}}
YOUNG = {"name": "under_18", "value": True}


def _said(intent: str, *facts: dict[str, Any], text: str = "words", **more: Any) -> UserUttered:
    confidence = more.pop("confidence", 0.9)
    return UserUttered(
        text, {"name": intent, "confidence": confidence}, [], {"facts": list(facts), **more}
    )


@pytest.mark.parametrize(
    ("message", "in_form", "action"),
    [
        (_said("tell", LUTON), False, "action_outside"),
        (_said("tell_where", LUTON), True, "action_outside"),
        (_said("tell", ELY), False, None),
        (_said("tell", ONLY_COUNTY), False, None),
        (_said("tell", YOUNG), False, "action_under_18"),
        (_said("greet", LUTON), False, None),
        (_said("ask_robot", LUTON), True, "utter_ask_robot"),
        (_said("ask_robot", confidence=0.3), True, None),
        (_said("tell", aside="money_back"), False, "action_answer"),
        (_said("tell_when", aside="money_back"), True, "action_answer"),
        (_said("ask_robot", aside="what_you_can_do"), True, "utter_ask_robot"),
        (_said("ask_hours", aside="still_waiting"), False, None),
        (_said("stop"), True, "action_assessment_stop"),
        (_said("ask_language", language="pl"), False, "action_language"),
        (_said("tell", language="und"), True, "action_language"),
        (_said("rude"), True, "action_fallback"),
        (_said("rude"), False, None),
        (_said("off_topic"), True, None),
    ],
)
def test_what_comes_in_between(message: UserUttered, in_form: bool, action: str | None) -> None:
    assert _next(_tracker([message], in_form)) == action


def test_after_a_goodbye_nothing_more_is_said() -> None:
    tracker = _tracker([_said("goodbye")], False)
    tracker.update(ActionExecuted("action_feedback"))
    assert _next(tracker) == "action_listen"


@pytest.mark.parametrize(("in_form", "action"), [(False, "action_listen"), (True, None)])
def test_after_a_search_for_the_place_told_nothing_more_is_said(
    in_form: bool, action: str | None
) -> None:
    tracker = _tracker([_said("tell_where", ELY)], in_form)
    tracker.update(ActionExecuted("action_find_services"))
    assert _next(tracker) == action


def test_both_notices_are_given_and_then_the_questions_go_on() -> None:
    tracker = _tracker([_said("tell", LUTON, YOUNG)], in_form=False)
    for action in ("action_outside", "action_under_18", FORM):
        assert _next(tracker) == action
        tracker.update(ActionExecuted(action))


def test_what_is_asked_beside_a_telling_is_answered_and_then_the_questions_go_on() -> None:
    tracker = _tracker([_said("tell", ELY, aside="must_tell_police")], in_form=False)
    for action in ("action_answer", FORM):
        assert _next(tracker) == action
        tracker.update(ActionExecuted(action))


@pytest.mark.parametrize("done", ["action_language", "action_assessment_stop"])
def test_after_these_the_questions_wait(done: str) -> None:
    tracker = _tracker([_said("ask_language", language="pl")], in_form=True)
    tracker.update(ActionExecuted(done))
    assert _next(tracker) == "action_listen"


@pytest.mark.parametrize(
    ("before", "action"),
    [
        ([_said("off_topic")], "action_fallback"),
        ([_said("off_topic"), _said("ask_robot")], "action_fallback"),
        ([_said("tell", confidence=0.3)], "action_fallback"),
        ([_said("tell")], None),
        ([_said("off_topic", ELY)], None),
    ],
)
def test_the_second_try_in_a_row_is_met_with_patience(
    before: list[UserUttered], action: str | None
) -> None:
    assert _next(_tracker([*before, _said("nlu_fallback")], in_form=True)) == action


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (_said("off_topic", text="tak"), "action_language"),
        (_said("ask_person", confidence=1.0, text="Tak"), None),
        (_said("tell", text="my bike was stolen last night"), None),
    ],
)
def test_a_short_answer_to_the_offer_of_an_interpreter_is_one(
    answer: UserUttered, action: str | None
) -> None:
    tracker = _tracker([_said("ask_language", language="pl"), answer], in_form=False)
    tracker.update(SlotSet("asked", OFFERED))
    assert _next(tracker) == action


def _tracker(said: list[UserUttered], in_form: bool) -> DialogueStateTracker:
    events: list[Any] = [ActionExecuted("action_listen")]
    if in_form:
        events = [ActionExecuted(FORM), ActiveLoop(FORM), *events]
    for message in said:
        events += [message, ActionExecuted("action_listen")]
    slots = [AnySlot("asked", mappings=[{}])]
    return DialogueStateTracker.from_events("c", events[:-1], slots=slots)


def _next(tracker: DialogueStateTracker) -> str | None:
    policy = AsidePolicy(
        {**AsidePolicy.get_default_config(), **CONFIG},
        None,  # it learns nothing and keeps nothing
        Resource("asides"),
        ExecutionContext(GraphSchema({})),
    )
    return policy._next_action(tracker)
