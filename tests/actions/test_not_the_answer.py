"""Something else is told where a question stands: it is noted, and the question said simply."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from actions.standing import SAID, SKIPPED
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
HITCHIN = {"as_said": "Hitchin", "district": "north-hertfordshire", "county": "hertfordshire"}
PLACE = a_fact("place", HITCHIN, "Hitchin")
KNOWN = a_fact("reported", "yes", "the police came")
THEFT = {str(Slot.CRIME_TYPE): "theft"}
POLICE, WHEN = "utter_explain_reported", "utter_explain_when"


async def _said(
    actions: Actions, conversation: str, message: dict[str, Any], **standing: Any
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    replies, events = await done(actions[KEEP], a_tracker(conversation, message, **standing))
    return replies, slots(events)


@pytest.mark.parametrize(
    ("asked", "fact", "said"),
    [
        (Slot.REPORTED, PLACE, [Utter.NOTED_PLACE, POLICE]),
        (Slot.WHEN, KNOWN, [Utter.NOTED_BESIDE, WHEN]),
        (Slot.WHEN, a_fact("role", "witness"), [Utter.NOTED_BESIDE, WHEN]),
        (Slot.WHEN, a_fact("reported", "no"), [Utter.NOTED_REPORTED_NO, WHEN]),
        (Slot.SAFE_NOW, PLACE, [Utter.NOTED_PLACE, "utter_explain_safe_now"]),
    ],
)
async def test_what_was_noted_is_said_and_the_question_comes_in_plainer_words(
    actions: Actions, conversation: str, asked: Slot, fact: dict[str, Any], said: list[str]
) -> None:
    message = a_message("the neighbours saw it all", facts=[fact])
    replies, after = await _said(actions, conversation, message, requested_slot=asked, **THEFT)
    assert uttered(replies) == said
    assert (after[asked], after[Slot.MISSES]) == (None, 1)


async def test_a_place_is_no_word_on_being_safe_however_it_sounds(
    actions: Actions, conversation: str
) -> None:
    message = a_message("last friday in Hitchin", "tell_safe", facts=[PLACE])
    replies, after = await _said(actions, conversation, message, requested_slot=Slot.SAFE_NOW)
    assert uttered(replies) == [Utter.NOTED_PLACE, "utter_explain_safe_now"]
    assert after[Slot.SAFE_NOW] is None


async def test_what_has_no_words_of_its_own_is_said_as_the_summary_says_it(
    actions: Actions, conversation: str
) -> None:
    message = a_message("the police came", facts=[KNOWN])
    replies, _ = await _said(actions, conversation, message, requested_slot=Slot.WHEN, **THEFT)
    assert replies[1]["what"] == "\N{BULLET} The police: they know"


async def test_the_second_time_the_question_is_left_open(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    message = a_message("in Hitchin", facts=[PLACE])
    asked = {"requested_slot": Slot.WHEN, "misses": 1, **THEFT}
    replies, after = await _said(actions, conversation, message, **asked)
    assert uttered(replies) == [Utter.NOTED_PLACE, Utter.LEFT_OPEN]
    assert (after[Slot.WHEN], after[Slot.MISSES]) == (SKIPPED, 0)
    assert (await knowledge.assessments.read(conversation))["place"] == HITCHIN


@pytest.mark.parametrize("intent", ["tell", "tell_effect"])
async def test_a_question_that_is_put_no_more_is_not_dropped_without_a_word(
    actions: Actions, conversation: str, intent: str
) -> None:
    message = a_message("i live on my own", intent)
    asked = {"requested_slot": Slot.WHEN, "misses": 1}
    replies, after = await _said(actions, conversation, message, **asked)
    assert uttered(replies) == [Utter.LEFT_OPEN]
    assert after[Slot.WHEN] == SKIPPED


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        # the story itself is no wrong answer
        (Slot.SAFE_NOW, a_message("burgled", facts=[a_fact("crime_type", "burglary"), PLACE])),
        # nor is how somebody feels, or what they put right or ask
        (
            Slot.WHEN,
            a_message(
                "i cant sleep",
                "tell_effect",
                facts=[a_fact("needs", {"mental_physical_health": 1})],
            ),
        ),
        (Slot.WHEN, a_message("no, Hitchin", "correct", facts=[PLACE])),
        (Slot.WHEN, a_message("in Hitchin. who reads this", "ask_privacy", facts=[PLACE])),
        (Slot.WHEN, a_message("in Hitchin, is it illegal", aside="is_it_illegal", facts=[PLACE])),
        (Slot.CONFIRM_SUMMARY, a_message("it was in Hitchin", facts=[PLACE])),
        # nor a part of the answer
        (Slot.CONTACT, a_message("not by post", facts=[a_fact("contact", {"avoid": ["letter"]})])),
    ],
)
async def test_what_is_no_try_at_an_answer_counts_as_none(
    actions: Actions, conversation: str, asked: Slot, message: dict[str, Any]
) -> None:
    replies, after = await _said(actions, conversation, message, requested_slot=asked, misses=1)
    assert not [one for one in uttered(replies) if one.startswith("utter_explain")]
    assert Utter.LEFT_OPEN not in uttered(replies)
    assert after[asked] not in (SKIPPED, SAID)
