"""What stands in the record and is said not to be so is taken out, and that is said."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
SEXUAL = a_fact("crime_type", "sexual_offence", "all of it")
HOME = a_fact("needs", {"shelter_accommodation": 1, "finance_benefits": 2})
ILL = a_fact("vulnerability", ["disability", "afraid"])
TOLD = [
    a_fact("crime_type", "theft", "they took my bag"),
    a_fact("also", ["sexual_offence", "harassment"]),
    a_fact("role", "victim"),
    HOME,
    ILL,
]
AT_SUMMARY = {"requested_slot": Slot.CONFIRM_SUMMARY}
Row = tuple[str, str, list[dict[str, Any]], dict[str, Any], str]
TAKEN: list[Row] = [
    (
        "no!! nothing sexual happened. why does it say that. take it out",
        "correct",
        [],
        {"also": ["harassment"]},
        "sexual harm",
    ),
    (
        "nothing sexual happened, take it out",
        "tell",
        [SEXUAL],  # as the sound of the message has it
        {"crime_type": "theft", "also": ["harassment"]},
        "sexual harm",
    ),
    (
        "there was no harassment. why does it say that. take it out",
        "ask_repeat",
        [],
        {"also": ["sexual_offence"]},
        "harassment",
    ),
    (
        "i never said harassment",
        "correct",
        [a_fact("crime_type", "harassment")],
        {"crime_type": "theft", "also": ["sexual_offence"]},
        "harassment",
    ),
    (
        "it wasn’t a theft",
        "correct",
        [],
        {"crime_type": "sexual_offence", "also": ["harassment"]},
        "a theft",
    ),
    (
        "home is ok, i have home",
        "affirm",
        [],
        {"needs": {"shelter_accommodation": 0, "finance_benefits": 2}},
        "home",
    ),
    (
        "take out the bit about money",
        "correct",
        [],
        {"needs": {"shelter_accommodation": 1, "finance_benefits": 0}},
        "money",
    ),
    (
        "remove the disability, I’m not disabled",
        "tell",
        [],
        {"vulnerability": ["afraid"]},
        "an illness or a disability",
    ),
    (
        "No no, it’s Margaret who has the dementia, not me",
        "correct",
        [],
        {"vulnerability": ["afraid"]},
        "an illness or a disability",
    ),
]
STAYS = [
    ("he says it wasn't harassment", "tell"),
    ("they told me it's not sexual", "tell"),
    ("it was not only harassment", "correct"),
    ("i don't know if it's not harassment", "correct"),
    ("is it not harassment?", "ask_rights"),
    ("he never said sorry for the harassment", "tell"),
    ("there's no money left and I can't go home", "tell_effect"),
    ("he took money out of my account", "tell"),
]


@pytest.mark.parametrize("row", TAKEN)
async def test_at_the_summary_it_is_taken_out(
    actions: Actions, knowledge: Knowledge, conversation: str, row: Row
) -> None:
    text, intent, facts, kept, words = row
    said, after = await _says(actions, conversation, AT_SUMMARY, text, intent, *facts)
    taken = [one for one in said if one.get("response") == Utter.TAKEN_OUT]
    assert [one["what"] for one in taken] == [words]
    record = await knowledge.assessments.read(conversation)
    for name, value in kept.items():
        held = record[name]
        if isinstance(value, dict):
            held = {need: held[need] for need in value}
        assert held == value
    assert record["consent"] is None
    assert after[Slot.CONFIRM_SUMMARY] is None  # read back once more


@pytest.mark.parametrize(("text", "intent"), STAYS)
@pytest.mark.parametrize("asked", [AT_SUMMARY, {}])
async def test_what_is_no_denial_of_ones_own_takes_nothing_out(
    actions: Actions, knowledge: Knowledge, conversation: str, *, text: str, intent: str,
    asked: dict[str, Any],
) -> None:  # fmt: skip
    said, _ = await _says(actions, conversation, asked, text, intent)
    assert Utter.TAKEN_OUT not in uttered(said)
    record = await knowledge.assessments.read(conversation)
    assert record["also"] == ["sexual_offence", "harassment"]
    assert record["needs"]["finance_benefits"] == 2


async def test_a_story_tells_what_did_not_happen_and_takes_nothing_out(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await _says(actions, conversation, {}, "nothing sexual, he only shouted", "tell")
    assert "sexual_offence" in (await knowledge.assessments.read(conversation))["also"]


async def test_a_message_of_danger_takes_nothing_out(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    risk = {"risk": {"disposition": "urgent", "categories": ["sexual_violence"]}}
    text = "nothing sexual happened, take it out"
    await _says(actions, conversation, AT_SUMMARY, text, "correct", **risk)
    assert "sexual_offence" in (await knowledge.assessments.read(conversation))["also"]


async def test_the_only_crime_that_was_noted_is_asked_for_again(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    first = a_message("all of it", facts=[SEXUAL], message="m0")
    _, events = await done(actions[KEEP], a_tracker(conversation, first))
    text = "there was nothing sexual"
    now = a_message(text, "correct", message="m1")
    put = {**slots(events), **AT_SUMMARY}
    said, events = await done(actions[KEEP], a_tracker(conversation, now, **put))
    assert uttered(said) == [Utter.TAKEN_OUT]
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], "crime_type" in record["told"]) == (None, False)
    assert slots(events)[Slot.CRIME_TYPE] is None


@pytest.mark.parametrize(
    ("text", "consent"), [("home is ok", None), ("yes, but home is ok", True)]
)
async def test_what_takes_something_out_is_no_yes_unless_it_says_one(
    actions: Actions, knowledge: Knowledge, conversation: str, text: str, consent: bool | None
) -> None:
    by_email = [a_fact("contact", {"how": "email"})]
    email = a_message("email", "tell_contact", facts=by_email, message="m9")
    await done(actions[KEEP], a_tracker(conversation, email))
    await _says(actions, conversation, AT_SUMMARY, text, "affirm")
    record = await knowledge.assessments.read(conversation)
    assert (record["needs"]["shelter_accommodation"], record["consent"]) == (0, consent)


async def test_one_crime_denied_and_another_named_changes_it(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    robbed = a_fact("crime_type", "robbery", "it was a robbery")
    text = "it wasn't a theft it was a robbery"
    await _says(actions, conversation, AT_SUMMARY, text, "correct", robbed)
    record = await knowledge.assessments.read(conversation)
    assert record["crime_type"] == "robbery"


@pytest.mark.parametrize(
    ("role", "text", "ticked"),
    [
        ("victim", "my wife has dementia", None),
        ("victim", "I have dementia and so has my wife", ["disability"]),
        ("other", "my wife has dementia", ["disability"]),
    ],
)
async def test_an_illness_of_somebody_else_is_not_the_writers_own(
    actions: Actions, knowledge: Knowledge, conversation: str, *, role: str, text: str,
    ticked: list[str] | None,
) -> None:  # fmt: skip
    first = a_message("all of it", facts=[a_fact("role", role), TOLD[0]], message="m0")
    _, events = await done(actions[KEEP], a_tracker(conversation, first))
    asked = {**slots(events), "requested_slot": Slot.VULNERABILITY}
    now = a_message(text, "affirm", message="m1")
    said, events = await done(actions[KEEP], a_tracker(conversation, now, **asked))
    assert (await knowledge.assessments.read(conversation))["vulnerability"] == ticked
    assert slots(events)[Slot.VULNERABILITY] is not None  # not asked again
    assert (Utter.KEPT_WORDS in uttered(said)) == (ticked is None)


async def _says(
    actions: Actions,
    conversation: str,
    asked: dict[str, Any],
    text: str,
    intent: str,
    *facts: dict[str, Any],
    **more: Any,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    first = a_message("all of it", facts=TOLD, message="m0")
    _, events = await done(actions[KEEP], a_tracker(conversation, first))
    before = {**slots(events), **asked}
    now = a_message(text, intent, message="m1", facts=list(facts), **more)
    said, events = await done(actions[KEEP], a_tracker(conversation, now, **before))
    return said, slots(events)
