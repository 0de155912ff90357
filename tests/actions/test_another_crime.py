"""A crime told beside the first is kept, shown, and asked about never."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
BURGLED = a_fact("crime_type", "burglary", "burgled")
SCAMMED = a_fact("crime_type", "fraud_cyber", "scammed me")
AT_SUMMARY = {"requested_slot": Slot.CONFIRM_SUMMARY}
AGAIN = {"requested_slot": Slot.CRIME_TYPE, str(Slot.AGAIN): Slot.CRIME_TYPE}


LATER: list[tuple[dict[str, Any], dict[str, Any], tuple[str, list[str]]]] = [
    (
        a_message("somebody scammed me too", "tell", facts=[SCAMMED]),
        {},
        ("burglary", ["fraud_cyber"]),
    ),
    (
        a_message("yes, they also scammed me", "tell", facts=[SCAMMED]),
        AT_SUMMARY,
        ("burglary", ["fraud_cyber"]),
    ),
    (a_message("no, I was scammed", "correct", facts=[SCAMMED]), AT_SUMMARY, ("fraud_cyber", [])),
    (
        a_message("they took my laptop", "tell", facts=[a_fact("crime_type", "theft")]),
        {},
        ("burglary", []),
    ),
    (a_message("it was odd", "tell", facts=[a_fact("crime_type", "other")]), {}, ("burglary", [])),
    (a_message("who helps after a scam", "find_services", facts=[SCAMMED]), {}, ("burglary", [])),
]


@pytest.mark.parametrize(("message", "asked", "kept"), LATER)
async def test_told_later_it_stands_beside_the_first(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    message: dict[str, Any],
    asked: dict[str, Any],
    kept: tuple[str, list[str]],
) -> None:
    first = a_message("burgled", facts=[BURGLED], message="m0")
    await done(actions[KEEP], a_tracker(conversation, first))
    await done(actions[KEEP], a_tracker(conversation, message, **asked))
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], record["also"]) == kept
    origin = {"message": "m1", "as_said": "scammed me"} if kept[1] else None
    assert record["told"].get("also") == origin


async def test_told_in_one_message_both_are_kept_shown_and_never_asked(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    both = a_message(facts=[BURGLED, a_fact("also", ["fraud_cyber"], "burgled")])
    said, events = await done(actions[KEEP], a_tracker(conversation, both))
    assert uttered(said) == [Utter.KIND_BURGLARY]
    assert slots(events)[Slot.CRIME_TYPE] == "burglary"
    assert (await knowledge.assessments.read(conversation))["also"] == ["fraud_cyber"]
    shown, _ = await done(actions[ActionName.ASK_SUMMARY], a_tracker(conversation))
    assert "• What happened: a break-in\n• Told as well: a scam or fraud" in str(
        shown[0]["summary"]
    )


async def test_what_happened_told_again_takes_the_place_of_both(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    both = a_message(facts=[BURGLED, a_fact("also", ["fraud_cyber"])], message="m0")
    await done(actions[KEEP], a_tracker(conversation, both))
    put_right = a_message("only a theft", "tell", facts=[a_fact("crime_type", "theft")])
    put_right["metadata"]["question"] = "crime_type"
    await done(actions[KEEP], a_tracker(conversation, put_right, **AGAIN))
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], record["also"]) == ("theft", [])


async def test_whoever_names_two_to_put_one_right_tells_one(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    two = [a_fact("crime_type", "robbery"), a_fact("also", ["burglary"])]
    message = a_message("you put burglary but it was a robbery", "correct", facts=two)
    await done(actions[KEEP], a_tracker(conversation, message))
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], record["also"]) == ("robbery", [])
