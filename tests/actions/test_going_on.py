"""Who may go on with the questions while a person is awaited (docs/decisions/0048)."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter

from .builders import a_message, a_tracker, done, slots, uttered
from .conftest import Actions

NO_DANGER = [
    ("I'm safe", "false_alarm"),
    ("no hang on im not in danger, he lives in scotland now", "deny"),
    ("there is no emergency, I am quite safe", "tell_safe"),
    ("can we just carry on with the questions please", "carry_on"),
    ("yes safe", "affirm"),
    ("nobody is in danger. the kids are fine, they're just sad", "tell"),
    ("I don\u2019t need an ambulance, you read that wrong", "tell"),
]
DANGER_STILL = [
    ("it's not safe here", "tell"),
    ("i can't go on", "tell_upset"),
    ("we are not ok", "tell"),
    ("he is at the door", "tell"),
]


async def _kept_company(
    actions: Actions, conversation: str, said: tuple[str, str], shown: list[str], **kept: Any
) -> tuple[list[str], dict[str, Any]]:
    text, intent = said
    heard = a_message(text, intent, message="m3", holder="waiting")
    tracker = a_tracker(conversation, heard, **kept)
    tracker["latest_message"]["metadata"]["shown"] = shown
    answer, events = await done(actions[ActionName.COMPANY], tracker)
    return uttered(answer), slots(events)


@pytest.mark.parametrize("said", NO_DANGER)
async def test_whoever_is_in_no_danger_may_go_on_with_the_questions(
    actions: Actions, conversation: str, said: tuple[str, str]
) -> None:
    words, after = await _kept_company(actions, conversation, said, ["urgent"])
    assert words == [Utter.FALSE_ALARM]
    assert after[Slot.SAFETY_RESUMED]


@pytest.mark.parametrize("said", NO_DANGER)
async def test_after_an_emergency_they_are_asked_first_whether_they_are_safe(
    actions: Actions, conversation: str, said: tuple[str, str]
) -> None:
    shown = ["emergency", "urgent"]
    words, after = await _kept_company(actions, conversation, said, shown)
    assert words == [Utter.SAFE_AFTER_ALL]
    assert after[Slot.ASKED] == "safe_now"
    assert not after[Slot.SAFETY_RESUMED]
    yes = ("yes", "affirm")
    words, after = await _kept_company(actions, conversation, yes, shown, asked="safe_now")
    assert words == [Utter.FALSE_ALARM]
    assert after[Slot.SAFETY_RESUMED]


@pytest.mark.parametrize("said", DANGER_STILL)
@pytest.mark.parametrize("shown", [["urgent"], ["emergency"]])
async def test_no_question_goes_on_where_it_is_not_safe(
    actions: Actions, conversation: str, said: tuple[str, str], shown: list[str]
) -> None:
    words, after = await _kept_company(actions, conversation, said, shown)
    assert words == [Utter.COMPANY]
    assert not after[Slot.SAFETY_RESUMED]


@pytest.mark.parametrize("shown", ["urgent", "emergency"])
@pytest.mark.parametrize(
    "said", [("she is fine, carry on", "carry_on"), ("I'm safe", "false_alarm")]
)
async def test_whoever_may_be_watched_takes_nothing_back(
    actions: Actions, conversation: str, said: tuple[str, str], shown: str
) -> None:
    words, after = await _kept_company(actions, conversation, said, [shown], safety_quiet=True)
    assert words == [Utter.COMPANY_SHORT]
    assert not after[Slot.SAFETY_RESUMED]


async def test_who_asked_for_a_person_may_go_on_meanwhile(
    actions: Actions, conversation: str
) -> None:
    words, after = await _kept_company(actions, conversation, ("carry on", "carry_on"), [])
    assert words == [Utter.WHILE_WAITING]
    assert after[Slot.SAFETY_RESUMED]
