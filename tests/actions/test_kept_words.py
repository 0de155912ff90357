"""A correction of several parts: what can be read is applied, the rest is said to be kept."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
TUESDAY = {"from": "2026-11-17", "to": "2026-11-17", "as_said": "Tuesday"}
WEDNESDAY = {"from": "2026-11-18", "to": "2026-11-18", "as_said": "weds"}
ROYSTON = {"as_said": "Royston", "district": "north-hertfordshire"}
BALDOCK = {"as_said": "Baldock", "district": "north-hertfordshire"}
TOLD = [
    a_fact("crime_type", "theft", "they took my bag"),
    a_fact("occurred", TUESDAY),
    a_fact("place", ROYSTON),
    a_fact("reported", "does_not_want"),
]
AT_SUMMARY = {"requested_slot": Slot.CONFIRM_SUMMARY}
AT_RIGHTS = {"requested_slot": Slot.VULNERABILITY}


async def test_every_part_that_can_be_read_is_applied_and_the_rest_is_kept(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    text = "it's she who doesn't want the police, I'd tell them. And put that she is 86"
    told = a_fact("reported", "no", "she who doesn't want the police, I'd tell them")
    said, _ = await _says(actions, conversation, AT_SUMMARY, text, "correct", told)
    assert uttered(said)[:1] == [Utter.CHANGED]
    assert uttered(said)[-1:] == [Utter.KEPT_WORDS]
    assert (await knowledge.assessments.read(conversation))["reported"] == "no"


@pytest.mark.parametrize(
    ("text", "intent", "asked"),
    [
        ("it was my grandmother's ring they took", "correct", AT_SUMMARY),
        ("it was my grandmother's ring they took", "correct", {"requested_slot": Slot.NEEDS}),
        ("i said he had a limp", "already_told", AT_SUMMARY),
        ("my dog is not the same since", "tell_effect", {"requested_slot": Slot.NEEDS}),
    ],
)
async def test_what_no_field_holds_is_said_to_be_kept(
    actions: Actions, conversation: str, text: str, intent: str, asked: dict[str, Any]
) -> None:
    said, _ = await _says(actions, conversation, asked, text, intent)
    assert uttered(said) == [Utter.KEPT_WORDS]


async def test_what_stands_beside_something_taken_out_is_kept_too(
    actions: Actions, conversation: str
) -> None:
    ill = a_message("ill", facts=[a_fact("vulnerability", ["disability"])], message="m9")
    by_email = a_message("email", facts=[a_fact("contact", {"how": "email"})], message="m8")
    for earlier in (ill, by_email):
        await done(actions[KEEP], a_tracker(conversation, earlier))
    text = "No no, it's Margaret who has the dementia, not me. And put that she is 86"
    said, _ = await _says(actions, conversation, AT_SUMMARY, text, "correct")
    assert uttered(said) == [Utter.TAKEN_OUT, Utter.KEPT_WORDS]


@pytest.mark.parametrize(
    ("text", "intent", "asked"),
    [
        ("no that's all wrong", "deny", AT_SUMMARY),
        ("yes that is all correct thank you very much", "affirm", AT_SUMMARY),
        ("who will see what I wrote to you", "ask_privacy", AT_SUMMARY),
        ("the date when it happened", "correct", {"requested_slot": Slot.WHICH}),
        ("he had a limp I think", "tell", {"requested_slot": Slot.REPEATED}),
    ],
)
async def test_nothing_is_said_of_it_where_nothing_is_left_over(
    actions: Actions, conversation: str, text: str, intent: str, asked: dict[str, Any]
) -> None:
    said, _ = await _says(actions, conversation, asked, text, intent)
    assert Utter.KEPT_WORDS not in uttered(said)


async def test_whoever_wants_no_contact_is_not_told_of_a_reader(
    actions: Actions, conversation: str
) -> None:
    refused = {"requested_slot": Slot.CONSENT}
    await _says(actions, conversation, refused, "no", "deny")
    text = "it was my grandmother's ring they took"
    said, _ = await _says(actions, conversation, AT_SUMMARY, text, "correct", message="m2")
    assert Utter.KEPT_WORDS not in uttered(said)


async def test_none_of_it_and_a_correction_are_both_taken(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    baldock = a_fact("place", BALDOCK, "Baldock")
    text = "none. and it wasnt royston, it was Baldock"
    _, after = await _says(actions, conversation, AT_RIGHTS, text, "tell_where", baldock)
    record = await knowledge.assessments.read(conversation)
    assert (record["vulnerability"], record["place"]["as_said"]) == ([], "Baldock")
    assert after[Slot.VULNERABILITY] is not None


async def test_none_of_it_said_a_second_time_is_an_answer(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    said, _ = await _says(actions, conversation, AT_RIGHTS, "i said none of those", "already_told")
    assert (await knowledge.assessments.read(conversation))["vulnerability"] == []
    assert uttered(said) == [Utter.ALREADY_TOLD]


async def test_a_day_put_right_beside_an_answer_is_taken(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    text = "royston. no wait f sake it was weds"
    told = [a_fact("place", ROYSTON, "royston"), a_fact("occurred", WEDNESDAY, "weds")]
    await _says(actions, conversation, {"requested_slot": Slot.WHERE}, text, "tell_where", *told)
    assert (await knowledge.assessments.read(conversation))["occurred"] == WEDNESDAY


async def test_a_kind_of_crime_put_right_with_the_day_is_taken(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    text = "no, it was a robbery and it was on weds"
    told = [a_fact("crime_type", "robbery", "robbery"), a_fact("occurred", WEDNESDAY, "weds")]
    await _says(actions, conversation, AT_SUMMARY, text, "correct", *told)
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], record["occurred"]) == ("robbery", WEDNESDAY)


async def _says(
    actions: Actions,
    conversation: str,
    asked: dict[str, Any],
    text: str,
    intent: str,
    *facts: dict[str, Any],
    message: str = "m1",
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    first = a_message("all of it", facts=TOLD, message="m0")
    _, events = await done(actions[KEEP], a_tracker(conversation, first))
    now = a_message(text, intent, message=message, facts=list(facts))
    before = {**slots(events), **asked}
    said, events = await done(actions[KEEP], a_tracker(conversation, now, **before))
    return said, slots(events)
