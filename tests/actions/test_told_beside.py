"""What a message tells beside its words: its language, and what a trial implies."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from actions.standing import SAID
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
BURGLED = [a_fact("crime_type", "burglary", "burgled")]


@pytest.mark.parametrize("disposition", ["none", "urgent"])
async def test_the_language_somebody_writes_in_is_noted_also_in_danger(
    actions: Actions, knowledge: Knowledge, conversation: str, disposition: str
) -> None:
    message = a_message(
        "boje sie mojego meza", language="pl", risk={"disposition": disposition}, holder="waiting"
    )
    replies, _ = await done(actions[KEEP], a_tracker(conversation, message))
    assert Utter.NOTED_CONTACT not in uttered(replies)
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert (contact["language"], contact["how"]) == ("pl", None)


async def test_what_a_trial_implies_is_read_back_and_not_asked(
    actions: Actions, conversation: str
) -> None:
    implied = a_fact("reported", "yes", "the trial")
    message = a_message(facts=BURGLED, supposed=[implied])
    _, events = await done(actions[KEEP], a_tracker(conversation, message))
    assert slots(events)[Slot.REPORTED] == SAID
    tracker = a_tracker(conversation, **{str(Slot.SUPPOSED): slots(events)[Slot.SUPPOSED]})
    replies, _ = await done(actions[ActionName.ASK_SUMMARY], tracker)
    assert "The police: they know" in str(replies)


THOUGHT = [a_fact("safe_now", True, "I am alright"), a_fact("repeated", False, "never"),
           a_fact("vulnerability", ["disability"], "my stick")]  # fmt: skip
UNASKED = (Slot.SAFE_NOW, Slot.REPEATED, Slot.VULNERABILITY)
NOT_AGAIN = [a_fact("crime_type", "harassment", "letters")]


async def test_what_only_sounds_so_is_read_back_and_not_asked(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    message = a_message(facts=NOT_AGAIN, supposed=THOUGHT)
    replies, events = await done(actions[KEEP], a_tracker(conversation, message))
    assert Utter.THOUGHT_SAFE in uttered(replies)  # who is not must hear how to say so
    assert {slots(events)[one] for one in UNASKED} == {SAID}
    assert (await knowledge.assessments.read(conversation))["safe_now"] is None
    tracker = a_tracker(conversation, **{str(Slot.SUPPOSED): slots(events)[Slot.SUPPOSED]})
    replies, _ = await done(actions[ActionName.ASK_SUMMARY], tracker)
    for words in ("Right now: safe, I think", "first time, I think", "I think"):
        assert words in str(replies)


async def test_nobody_who_may_be_at_risk_is_taken_to_be_safe(
    actions: Actions, conversation: str
) -> None:
    risk = {"disposition": "urgent"}
    message = a_message(facts=NOT_AGAIN, supposed=THOUGHT, risk=risk)
    replies, events = await done(actions[KEEP], a_tracker(conversation, message))
    assert Utter.THOUGHT_SAFE not in uttered(replies)
    assert "safe_now" not in (slots(events).get(Slot.SUPPOSED) or {})


async def test_who_says_that_they_are_not_safe_after_all_is_heard(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    _, events = await done(
        actions[KEEP], a_tracker(conversation, a_message(facts=NOT_AGAIN, supposed=THOUGHT))
    )
    known = {str(name): value for name, value in slots(events).items()}
    not_safe = [a_fact("safe_now", False, "not safe")]
    message = a_message("no, I am not safe", "deny", facts=not_safe, message="m2")
    replies, _ = await done(actions[KEEP], a_tracker(conversation, message, **known))
    assert (await knowledge.assessments.read(conversation))["safe_now"] is False
    assert Utter.THOUGHT_SAFE not in uttered(replies)


PLACE = {"as_said": "Chatteris", "district": "fenland", "county": "cambridgeshire"}
CHATTERIS = a_fact("place", PLACE)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        (a_message("Chatteris", "tell_where", facts=[CHATTERIS]), None),
        (a_message("burgled in Chatteris", "tell", facts=[*BURGLED, CHATTERIS]), "Chatteris"),
    ],
)
async def test_where_somebody_is_who_looks_for_help_is_not_where_it_happened(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    message: dict[str, Any],
    kept: str | None,
) -> None:
    awaited = {str(Slot.SEARCH_PLACE_AWAITED): True}
    replies, _ = await done(actions[KEEP], a_tracker(conversation, message, **awaited))
    record = await knowledge.assessments.read(conversation)
    assert (record["place"] or {}).get("as_said") == kept
    assert ("Chatteris" in str(replies)) == bool(kept)


async def test_a_bare_yes_to_a_safe_way_reads_as_one(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    message = a_message("yes", "affirm")
    asked = {str(Slot.REQUESTED): str(Slot.CONTACT_SAFE)}
    await done(actions[KEEP], a_tracker(conversation, message, **asked))
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert contact["safe_times"] == "safe, as told"


WEDNESDAY = {"from": "2026-11-18", "to": "2026-11-18", "as_said": "wednesday"}
TUESDAY = {"from": "2026-11-17", "to": "2026-11-17", "as_said": "tuesday"}


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        ("outside the station. sorry it was tuesday", "occurred", (WEDNESDAY, TUESDAY, TUESDAY)),
        ("no it wasn't wednesday, it was tuesday", "occurred", (WEDNESDAY, TUESDAY, TUESDAY)),
        ("I'm worn out. I got the day wrong, tuesday", "occurred", (WEDNESDAY, TUESDAY, TUESDAY)),
        ("I'm worn out since tuesday", "occurred", (WEDNESDAY, TUESDAY, WEDNESDAY)),
        ("I'm slow, sorry. They came tuesday", "occurred", (WEDNESDAY, TUESDAY, WEDNESDAY)),
        ("ignore that ref, it's 35/2/26", "crime_reference", ("35/1/26", "35/2/26", "35/2/26")),
        ("there is a ref 35/2/26 too", "crime_reference", ("35/1/26", "35/2/26", "35/1/26")),
    ],
)
async def test_what_is_put_right_beside_another_answer_holds(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    text: str,
    name: str,
    values: tuple[Any, Any, Any],
) -> None:
    told, now, kept = values
    said = now["as_said"] if isinstance(now, dict) else now
    first = a_message("wednesday", "tell", facts=[a_fact(name, told)], message="m0")
    await done(actions[KEEP], a_tracker(conversation, first))
    later = a_message(text, "tell_effect", facts=[a_fact(name, now, said)])
    asked = {str(Slot.REQUESTED): str(Slot.NEEDS)}
    await done(actions[KEEP], a_tracker(conversation, later, **asked))
    assert (await knowledge.assessments.read(conversation))[name] == kept


@pytest.mark.parametrize(
    ("role", "crime", "voice"),
    [
        ("bereaved_relative", "homicide_bereavement", "bereaved"),
        (None, "road_collision_bereavement", "bereaved"),
        ("parent_guardian", "theft", "child"),
        ("other", "fraud_cyber", "other"),
        ("business_contact", "burglary", "business"),
        ("witness", "assault", "witness"),
        ("victim", "theft", "you"),
    ],
)
async def test_after_a_death_the_place_and_the_time_are_not_read_back(
    actions: Actions, conversation: str, role: str | None, crime: str, voice: str
) -> None:
    ely = {"as_said": "Ely", "district": "east-cambridgeshire", "county": "cambridgeshire"}
    facts = [a_fact("crime_type", crime), a_fact("place", ely)]
    facts += [a_fact("role", role)] if role else []
    said, events = await done(actions[KEEP], a_tracker(conversation, a_message(facts=facts)))
    assert slots(events)[Slot.VOICE] == voice
    assert (Utter.NOTED_PLACE in uttered(said)) == (voice != "bereaved")


@pytest.mark.parametrize(
    ("asked", "reference", "words"),
    [
        (Slot.REPORTED, False, [Utter.NOTED_REPORTED_YES]),
        (Slot.REPORTED, True, [Utter.NOTED_REFERENCE]),
        (Slot.WHEN, False, [Utter.NOTED_BESIDE, "utter_explain_when"]),
    ],
)
async def test_a_crime_number_is_invited_once_the_police_know_and_thanked_for(
    actions: Actions, conversation: str, *, asked: Slot, reference: bool, words: list[Utter]
) -> None:
    facts = [a_fact("reported", "yes", "they know")]
    facts += [a_fact("crime_reference", "41/1234567/26")] if reference else []
    message = a_message("they know", "tell_reported", facts=facts)
    said, _ = await done(actions[KEEP], a_tracker(conversation, message, requested_slot=asked))
    assert uttered(said) == words


async def test_whoever_says_they_are_under_18_is_asked_in_simpler_words(
    actions: Actions, conversation: str
) -> None:
    told = a_message(facts=[a_fact("crime_type", "assault"), a_fact("under_18", True)])
    _, events = await done(actions[KEEP], a_tracker(conversation, told))
    assert slots(events)[Slot.VOICE] == "young"
