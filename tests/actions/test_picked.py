"""What is picked: met with a word, and taken back where the question is put once more."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from knowledge.assessment.model import NEEDS, Fact
from knowledge.opening import Knowledge

from .builders import a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("vulnerability=disability,afraid", [Utter.NOTED_AFRAID]),
        ("vulnerability=disability", []),
        ("needs=finance_benefits", [Utter.NOTED_EFFECT]),
        ("needs=none", []),
    ],
)
async def test_a_tick_that_says_something_hard_is_not_met_by_silence(
    actions: Actions, conversation: str, choice: str, said: list[Utter]
) -> None:
    name, _, value = choice.partition("=")
    message = a_message("ticked", "choose", choice={"name": name, "value": value})
    heard, _ = await done(actions[KEEP], a_tracker(conversation, message))
    assert uttered(heard) == said


NEEDS_TOLD = Fact(name="needs", value={"finance_benefits": 2}, message="m0", as_said="skint")
RIGHTS_TOLD = Fact(name="vulnerability", value=["afraid"], message="m0", as_said="scared")


@pytest.mark.parametrize(
    ("action", "asked", "heard"),
    [
        (ActionName.ASK_NEEDS, Slot.NEEDS, (Utter.ASK_NEEDS_AGAIN, "money")),
        (
            ActionName.ASK_VULNERABILITY,
            Slot.VULNERABILITY,
            (Utter.ASK_VULNERABILITY_AGAIN, "afraid of someone, or of court"),
        ),
    ],
)
async def test_put_once_more_a_question_says_what_is_noted_and_hides_nothing(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    action: ActionName,
    asked: Slot,
    heard: tuple[Utter, str],
) -> None:
    await knowledge.assessments.keep(conversation, [NEEDS_TOLD, RIGHTS_TOLD])
    said, _ = await done(actions[action], a_tracker(conversation, assessment_again=asked))
    assert [(one["response"], one["noted"]) for one in said] == [heard]
    assert "without" not in said[0]["custom"]


@pytest.mark.parametrize(
    ("choice", "question", "kept"),
    [
        ("needs=none", Slot.NEEDS, {"needs": dict.fromkeys(NEEDS, 0)}),
        ("vulnerability=under_18", Slot.VULNERABILITY, {"vulnerability": ["under_18"]}),
        ("vulnerability=none", Slot.VULNERABILITY, {"vulnerability": []}),
    ],
)
async def test_what_is_picked_there_takes_the_place_of_what_was_told_and_is_said_back(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    choice: str,
    question: Slot,
    kept: dict[str, Any],
) -> None:
    await knowledge.assessments.keep(conversation, [NEEDS_TOLD, RIGHTS_TOLD])
    name, _, value = choice.partition("=")
    message = a_message("picked", "choose", choice={"name": name, "value": value})
    tracker = a_tracker(conversation, message, requested_slot=question, assessment_again=question)
    said, events = await done(actions[KEEP], tracker)
    record = await knowledge.assessments.read(conversation)
    assert kept.items() <= record.items()
    assert uttered(said) == [Utter.CHANGED]
    assert slots(events)[Slot.AGAIN] is None


async def test_what_is_picked_the_first_time_takes_nothing_back(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await knowledge.assessments.keep(conversation, [NEEDS_TOLD])
    message = a_message("None", "choose", choice={"name": "needs", "value": "none"})
    await done(actions[KEEP], a_tracker(conversation, message, requested_slot=Slot.NEEDS))
    assert (await knowledge.assessments.read(conversation))["needs"]["finance_benefits"] == 2


@pytest.mark.parametrize(
    ("told", "asked", "words"),
    [
        ([], Slot.SAFE_NOW, Utter.ALREADY_TOLD_NOTHING_NOTED),
        ([NEEDS_TOLD], Slot.WHEN, Utter.ALREADY_TOLD_NOT_NOTED),
        ([NEEDS_TOLD], Slot.NEEDS, Utter.ALREADY_TOLD),
    ],
)
async def test_told_already_is_answered_by_what_is_held_and_what_is_not(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    told: list[Fact],
    asked: Slot,
    words: Utter,
) -> None:
    await knowledge.assessments.keep(conversation, told)
    message = a_message("I told you", "already_told")
    said, _ = await done(actions[KEEP], a_tracker(conversation, message, requested_slot=asked))
    assert uttered(said) == [words]
