"""What was told is kept before anything else, and never asked twice."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from actions.standing import NOT_NEEDED, SAID, SKIPPED
from knowledge.assessment.model import NEEDS
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
LAST_TUESDAY = {"from": "2026-11-17", "to": "2026-11-17", "as_said": "last tuesday"}
LAST_WEEK = {"from": "2026-11-16", "to": "2026-11-22", "as_said": "last week"}
STEVENAGE = {"as_said": "Stevenage", "district": "stevenage", "county": "hertfordshire"}
BURGLED = [
    a_fact("crime_type", "burglary", "burgled"),
    a_fact("occurred", LAST_TUESDAY, "last tuesday"),
    a_fact("place", STEVENAGE, "Stevenage"),
]


def _day(day: str, as_said: str) -> dict[str, str]:
    return {"from": day, "to": day, "as_said": as_said}


CHOSEN: list[tuple[dict[str, str], str, Any]] = [
    ({"name": "safe_now", "value": "yes"}, "safe_now", True),
    ({"name": "safe_now", "value": "no"}, "safe_now", False),
    ({"name": "when", "value": "today"}, "occurred", _day("2026-11-24", "today")),
    ({"name": "when", "value": "yesterday"}, "occurred", _day("2026-11-23", "yesterday")),
    ({"name": "when", "value": "last_week"}, "occurred", LAST_WEEK),
    ({"name": "reported", "value": "does_not_want"}, "reported", "does_not_want"),
    ({"name": "needs", "value": "none"}, "needs", dict.fromkeys(NEEDS, 0)),
]


async def test_everything_told_in_one_message_is_kept_with_its_origin(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    record = await knowledge.assessments.read(conversation)
    assert (record["crime_type"], record["place"]) == ("burglary", STEVENAGE)
    assert record["told"]["occurred"] == {"message": "m1", "as_said": "last tuesday"}


async def test_what_was_kept_is_a_slot_and_not_asked(actions: Actions, conversation: str) -> None:
    _, events = await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    assert slots(events)[Slot.CRIME_TYPE] == "burglary"
    assert slots(events)[Slot.WHERE] == STEVENAGE
    assert slots(events)[Slot.SAFE_NOW] is None
    assert slots(events)[Slot.KEPT_MESSAGE] == "m1"


async def test_it_says_what_it_noted_and_marks_the_turn(
    actions: Actions, conversation: str
) -> None:
    said, _ = await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    assert uttered(said) == [Utter.KIND_BURGLARY, Utter.NOTED_PLACE_AND_TIME]
    assert {"kept": "m1"} in [one.get("custom") for one in said]


async def test_who_writes_for_another_hears_a_kind_word_before_it_is_told_what_happened(
    actions: Actions, conversation: str
) -> None:
    neighbour = a_message("im her neighbour", "tell_role", facts=[a_fact("role", "other")])
    said, _ = await done(actions[KEEP], a_tracker(conversation, neighbour))
    assert uttered(said) == [Utter.KIND_WORRIED]


async def test_the_same_message_again_says_nothing(actions: Actions, conversation: str) -> None:
    kept = {Slot.KEPT_MESSAGE: "m1", Slot.CRIME_TYPE: "burglary"}
    tracker = a_tracker(conversation, a_message(facts=BURGLED), **kept)
    said, events = await done(actions[KEEP], tracker)
    assert said == []
    assert slots(events)[Slot.CRIME_TYPE] == "burglary"


@pytest.mark.parametrize(("choice", "field", "kept"), CHOSEN)
async def test_a_choice_is_an_answer(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    choice: dict[str, str],
    field: str,
    kept: Any,
) -> None:
    await done(actions[KEEP], a_tracker(conversation, a_message("I do", choice=choice)))
    record = await knowledge.assessments.read(conversation)
    assert record[field] == kept
    assert record["told"][field]["as_said"] == "I do"


@pytest.mark.parametrize(
    ("name", "value"), [("safe_now", "perhaps"), ("when", "never"), ("needs", "money"), ("x", "y")]
)
async def test_a_choice_that_answers_nothing_keeps_nothing(
    actions: Actions, knowledge: Knowledge, conversation: str, name: str, value: str
) -> None:
    choice = {"name": name, "value": value}
    await done(actions[KEEP], a_tracker(conversation, a_message(choice=choice)))
    assert (await knowledge.assessments.read(conversation))["told"] == {}


async def test_no_is_an_answer_that_the_form_does_not_ask_again(
    actions: Actions, conversation: str
) -> None:
    choice = {"name": "safe_now", "value": "no"}
    message = a_message("No", "choose", choice=choice)
    tracker = a_tracker(conversation, message, requested_slot=Slot.SAFE_NOW)
    _, events = await done(actions[KEEP], tracker)
    assert slots(events)[Slot.SAFE_NOW]


@pytest.mark.parametrize(
    ("intent", "misses", "value", "left"),
    [
        ("skip", 0, SKIPPED, 0),
        ("not_sure", 0, SKIPPED, 0),
        ("tell", 0, None, 1),
        ("tell", 1, SKIPPED, 0),
        ("find_services", 1, None, 1),
    ],
)
async def test_a_question_is_asked_twice_at_most(
    actions: Actions, conversation: str, intent: str, misses: int, value: str | None, left: int
) -> None:
    message = a_message("er", intent)
    asked = {"requested_slot": Slot.WHEN, "misses": misses}
    _, events = await done(actions[KEEP], a_tracker(conversation, message, **asked))
    assert slots(events)[Slot.WHEN] == value
    assert slots(events)[Slot.MISSES] == left


@pytest.mark.parametrize(
    "message",
    [
        a_message(facts=BURGLED, risk={"disposition": "emergency", "categories": ["x"]}),
        a_message(facts=BURGLED, holder="waiting"),
    ],
)
async def test_in_danger_or_while_waiting_facts_are_kept_without_a_word(
    actions: Actions, knowledge: Knowledge, conversation: str, message: dict[str, Any]
) -> None:
    said, _ = await done(actions[KEEP], a_tracker(conversation, message))
    assert uttered(said) == []
    assert (await knowledge.assessments.read(conversation))["crime_type"] == "burglary"


async def test_several_effects_are_one_answer_and_the_rest_has_none(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    choice = {"name": "needs", "value": "finance_benefits,social_interaction"}
    await done(actions[KEEP], a_tracker(conversation, a_message("Money", choice=choice)))
    needs = (await knowledge.assessments.read(conversation))["needs"]
    assert (needs["finance_benefits"], needs["social_interaction"]) == (1, 1)
    assert needs["drugs_alcohol"] == 0


async def test_going_back_opens_the_question_before_and_keeps_its_answer(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    asked = {"requested_slot": Slot.REPORTED, Slot.PATH: [Slot.WHEN, Slot.WHERE]}
    back = a_message("go back", "go_back", message="m2")
    said, events = await done(actions[KEEP], a_tracker(conversation, back, **asked))
    assert uttered(said) == [Utter.BACK_TO]
    assert slots(events)[Slot.WHERE] is None
    left = {"requested_slot": Slot.WHERE, Slot.AGAIN: Slot.WHERE, Slot.PATH: [Slot.WHEN]}
    skip = a_message("skip", "skip", message="m3")
    _, events = await done(actions[KEEP], a_tracker(conversation, skip, **left))
    assert slots(events)[Slot.WHERE] == STEVENAGE


async def test_a_correction_is_said_back(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    hatfield = {"as_said": "Hatfield", "district": "welwyn-hatfield", "county": "hertfordshire"}
    facts = [a_fact("place", hatfield, "Hatfield"), a_fact("reported", "no", "no")]
    message = a_message("no sorry I meant Hatfield", "correct", facts=facts, message="m2")
    said, _ = await done(actions[KEEP], a_tracker(conversation, message))
    record = await knowledge.assessments.read(conversation)
    assert (record["place"], record["reported"]) == (hatfield, None)
    assert [one.get("what") for one in said if one.get("response") == Utter.CHANGED] == [
        "Hatfield"
    ]


async def test_what_is_said_in_passing_changes_nothing_told(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    elsewhere = {"as_said": "Ely", "district": "east-cambridgeshire", "county": "cambridgeshire"}
    facts = [a_fact("place", elsewhere, "Ely")]
    message = a_message("my sister in Ely is upset", "tell_effect", facts=facts, message="m2")
    await done(actions[KEEP], a_tracker(conversation, message))
    assert (await knowledge.assessments.read(conversation))["place"] == STEVENAGE


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("my house was burgled", "victim"),
        ("somebody burgled the neighbours", None),
        ("my son was burgled", None),
        ("our shop was burgled", None),
        ("I saw them burgle my street", None),
    ],
)
async def test_the_role_is_taken_from_words_only_where_it_is_plain(
    actions: Actions, knowledge: Knowledge, conversation: str, text: str, role: str | None
) -> None:
    facts = [a_fact("crime_type", "burglary", "burgled")]
    await done(actions[KEEP], a_tracker(conversation, a_message(text, facts=facts)))
    assert (await knowledge.assessments.read(conversation))["role"] == role


async def test_what_is_unclear_is_asked_about_once(actions: Actions, conversation: str) -> None:
    town = a_fact("place", STEVENAGE, "March")
    month = a_fact("occurred", LAST_TUESDAY, "March")
    doubt = {"name": "place_or_time", "as_said": "March", "options": [month, town]}
    message = a_message("it was March", "tell", unclear=[doubt])
    _, events = await done(actions[KEEP], a_tracker(conversation, message))
    assert slots(events)[Slot.CLARIFY] is None
    asked = {"requested_slot": Slot.CLARIFY, Slot.UNCLEAR: doubt}
    chosen = a_message(
        "The town", "choose", choice={"name": "clarify", "value": "1"}, message="m2"
    )
    _, events = await done(actions[KEEP], a_tracker(conversation, chosen, **asked))
    assert slots(events)[Slot.WHERE] == STEVENAGE
    assert slots(events)[Slot.CLARIFY] is not None
    assert slots(events)[Slot.CLEARED] == ["place_or_time"]


async def test_any_words_about_being_safe_to_reach_are_kept(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    asked = {"requested_slot": Slot.CONTACT_SAFE}
    words = "only when he is at work, he reads my post"
    await done(actions[KEEP], a_tracker(conversation, a_message(words, "tell"), **asked))
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert (contact["safe_times"], contact["safe_to_leave_message"]) == (words, False)


async def test_a_story_of_an_unsure_crime_is_not_asked_for_again_and_the_summary_confirms_it(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    told = a_message("he keeps on at me", supposed=[a_fact("crime_type", "harassment")])
    _, events = await done(actions[KEEP], a_tracker(conversation, told))
    assert slots(events)[Slot.CRIME_TYPE] == SAID
    assert (await knowledge.assessments.read(conversation))["crime_type"] is None

    asked = {"requested_slot": Slot.CONFIRM_SUMMARY, Slot.SUPPOSED: slots(events)[Slot.SUPPOSED]}
    shown, _ = await done(actions[ActionName.ASK_SUMMARY], a_tracker(conversation, told, **asked))
    assert "harassment, I think" in shown[0]["summary"]

    right = a_message("yes", "affirm", message="m2")
    await done(actions[KEEP], a_tracker(conversation, right, **asked))
    record = await knowledge.assessments.read(conversation)
    assert record["crime_type"] == "harassment"
    assert record["told"]["crime_type"] == {"message": "m1", "as_said": "in her words"}


async def test_what_we_think_holds_not_without_a_yes(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    thought = {"crime_type": {**a_fact("crime_type", "theft"), "message": "m1"}}
    asked = {"requested_slot": Slot.CONFIRM_SUMMARY, Slot.SUPPOSED: thought}
    no = a_message("no", "deny", message="m2")
    await done(actions[KEEP], a_tracker(conversation, no, **asked))
    assert (await knowledge.assessments.read(conversation))["crime_type"] is None


async def test_the_bereaved_are_not_asked_whether_the_police_know(
    actions: Actions, conversation: str
) -> None:
    told = a_message(facts=[a_fact("crime_type", "homicide_bereavement")])
    _, events = await done(actions[KEEP], a_tracker(conversation, told))
    assert slots(events)[Slot.REPORTED] == NOT_NEEDED
