"""The last questions: a way that is safe, and one yes for the summary and passing it on."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.closing import next_contact
from actions.names import ActionName, Slot, Utter
from actions.standing import NOT_NEEDED, SAID, SKIPPED
from actions.wording import Wording
from knowledge.assessment.contact import HOW, TIMES, no_contact_told, with_contact
from knowledge.assessment.model import Fact, Status
from knowledge.contact.model import Approach, Way, refusal
from knowledge.opening import Knowledge
from knowledge.retention.model import Kind, rules

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
BURGLED = a_fact("crime_type", "burglary", "burgled")
Slots = dict[str, Any]


@pytest.mark.parametrize("how", ["letter", "phone"])
async def test_a_no_to_being_safe_rules_the_way_out_and_asks_for_another(
    actions: Actions, knowledge: Knowledge, conversation: str, how: str
) -> None:
    before = await _told(actions, conversation, a_fact("contact", {"how": how}))
    asked = {**before, "requested_slot": Slot.CONTACT_SAFE}
    said, after = await _says(actions, conversation, asked, "no", "deny")
    assert uttered(said) == [Utter.NOTED_NOT_SAFE]
    assert after[Slot.CONTACT] is None
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert (contact["how"], contact["avoid"]) == (None, [how])
    put, _ = await done(actions[ActionName.ASK_CONTACT], a_tracker(conversation))
    assert uttered(put) == [Utter.ASK_CONTACT_ELSE]
    assert put[0]["custom"] == {"without": [f"contact={how}"]}


async def test_a_warning_told_at_the_first_question_asks_for_another_way(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    before = await _told(actions, conversation, BURGLED)
    asked = {**before, "requested_slot": Slot.CONTACT}
    opened = a_fact("contact", {"avoid": ["letter"]}, "my mum opens my post")
    said, after = await _says(actions, conversation, asked, "my mum opens my post", "tell", opened)
    assert uttered(said) == [Utter.NOTED_NOT_SAFE]
    assert after[Slot.CONTACT] is None
    put, _ = await done(actions[ActionName.ASK_CONTACT], a_tracker(conversation, **asked))
    assert uttered(put) == [Utter.ASK_CONTACT_ELSE]
    assert put[0]["custom"] == {"without": ["contact=letter"]}


@pytest.mark.parametrize("asked_at", [Slot.CONTACT_SAFE, Slot.CONFIRM_SUMMARY])
async def test_a_warning_that_names_no_way_takes_back_the_one_that_was_told(
    actions: Actions, knowledge: Knowledge, conversation: str, asked_at: Slot
) -> None:
    before = await _told(actions, conversation, a_fact("contact", {"how": "email"}))
    asked = {**before, "requested_slot": asked_at, str(Slot.HOW): "email"}
    seen = a_fact("contact", {"avoid": ["this_way"]}, "she reads them")
    said, after = await _says(actions, conversation, asked, "she reads them first", "tell", seen)
    assert uttered(said) == [Utter.NOTED_NOT_SAFE]
    assert after[Slot.CONTACT] is None
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert (contact["how"], contact["avoid"], contact["safe_times"]) == (None, ["email"], None)


async def test_a_warning_about_no_way_that_was_told_says_nothing(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    seen = a_fact("contact", {"avoid": ["this_way"]}, "she reads them")
    await _told(actions, conversation, BURGLED, seen)
    assert (await knowledge.assessments.read(conversation))["contact"]["avoid"] == []


async def test_what_somebody_needs_is_said_back_and_no_call_is_offered_to_the_deaf(
    actions: Actions, conversation: str
) -> None:
    before = await _told(actions, conversation, BURGLED)
    asked = {**before, "requested_slot": Slot.CONTACT}
    deaf = a_fact("contact", {"adjustments": ["BSL", "text relay"]}, "I'm deaf, I use BSL")
    said, after = await _says(actions, conversation, asked, "I'm deaf, I use BSL", "tell", deaf)
    assert uttered(said) == [Utter.NOTED_ADJUSTMENTS]
    assert "British Sign Language" in said[-1]["needed"]
    assert after[Slot.CONTACT] is None
    put, _ = await done(actions[ActionName.ASK_CONTACT], a_tracker(conversation, **asked))
    assert uttered(put) == [Utter.ASK_CONTACT]
    assert put[0]["custom"] == {"without": ["contact=phone"]}
    shown, _ = await done(actions[ActionName.SUMMARY], a_tracker(conversation))
    assert "What you need: British Sign Language" in shown[0]["summary"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("answer", ["any", "morning", "afternoon", "evening", None])
def test_no_way_is_promised_that_the_gate_refuses_at_every_hour(
    how: str, answer: str | None
) -> None:
    told: dict[str, Any] = {"how": how}
    if answer:
        parts = list(TIMES) if answer == "any" else [answer]
        told |= {"safe_times": answer, "times": parts}
    contact = with_contact(no_contact_told(), told)
    promise, _ = next_contact(contact, Wording.load())
    day = datetime(2026, 11, 24, tzinfo=UTC)
    approach = Approach(way=Way(how), is_a_letter=True)
    refused = {
        refusal(approach, contact, left=False, now=day + timedelta(hours=hour), consented=True)
        for hour in range(24)
    }
    assert (promise is Utter.NEXT_NO_TIME) == (None not in refused)


async def test_the_first_time_every_way_is_offered(actions: Actions, conversation: str) -> None:
    put, _ = await done(actions[ActionName.ASK_CONTACT], a_tracker(conversation))
    assert uttered(put) == [Utter.ASK_CONTACT]


@pytest.mark.parametrize(
    ("role", "crime", "asked"),
    [
        ("victim", "assault", True),
        ("other", "fraud_cyber", True),  # an old mother, a client
        ("witness", "assault", True),
        ("business_contact", "assault", True),  # whoever stood behind the till
        ("business_contact", "burglary", False),
        ("parent_guardian", "theft", False),  # plain already
    ],
)
async def test_more_rights_are_asked_about_where_a_person_was_harmed(
    actions: Actions, conversation: str, *, role: str, crime: str, asked: bool
) -> None:
    after = await _told(actions, conversation, a_fact("role", role), a_fact("crime_type", crime))
    assert after.get(Slot.VULNERABILITY) == (None if asked else NOT_NEEDED)


@pytest.mark.parametrize(
    ("said", "consent", "summary"),
    [
        (("yes", "affirm"), True, SAID),
        (("thats right", "affirm"), None, SAID),
        (("dont pass it on", "correct"), False, SAID),
        (("no", "deny"), None, None),
        (("skip", "skip"), None, SKIPPED),
    ],
)
async def test_one_answer_to_the_summary_and_to_passing_it_on(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    said: tuple[str, str],
    consent: bool | None,
    summary: str | None,
) -> None:
    asked = {**await _at_the_summary(actions, conversation), "requested_slot": _SUMMARY}
    _, after = await _says(actions, conversation, asked, *said)
    assert (await knowledge.assessments.read(conversation))["consent"] is consent
    assert after[Slot.CONFIRM_SUMMARY] == summary
    is_left_open = consent is None and summary != SKIPPED
    assert (after[Slot.CONSENT] is None) == is_left_open


async def test_where_nothing_is_passed_on_only_the_summary_is_asked(
    actions: Actions, conversation: str
) -> None:
    open_ = await _at_the_summary(actions, conversation)
    shown, _ = await done(actions[ActionName.ASK_SUMMARY], a_tracker(conversation, **open_))
    assert uttered(shown) == [Utter.ASK_CONSENT_TO_SUMMARY]
    asked = {**open_, str(Slot.CONSENT): SKIPPED}
    shown, _ = await done(actions[ActionName.ASK_SUMMARY], a_tracker(conversation, **asked))
    assert uttered(shown) == [Utter.ASK_CONFIRM_SUMMARY]


async def test_a_no_to_the_summary_may_be_about_passing_it_on(
    actions: Actions, conversation: str
) -> None:
    before = await _at_the_summary(actions, conversation)
    put, _ = await done(actions[ActionName.ASK_WHICH], a_tracker(conversation, **before))
    assert "consent=no" not in put[0]["custom"]["without"]
    early = {**before, str(Slot.NEEDS): None}
    put, _ = await done(actions[ActionName.ASK_WHICH], a_tracker(conversation, **early))
    assert "consent=no" in put[0]["custom"]["without"]


async def test_no_effect_and_anger_are_met_as_what_they_are(
    actions: Actions, conversation: str
) -> None:
    before = await _told(actions, conversation, BURGLED, a_fact("needs", {"finance_benefits": 1}))
    asked = {**before, "requested_slot": Slot.NEEDS}
    said, _ = await _says(actions, conversation, asked, "no", "deny")
    assert uttered(said) == [Utter.NOTED_NO_EFFECT]
    angry = a_fact("needs", {"outlook_attitudes": 1}, "angry")
    said, _ = await _says(actions, conversation, asked, "i'm angry", "tell_effect", angry)
    assert uttered(said) == [Utter.KIND_ANGRY]
    said, _ = await _says(actions, conversation, asked, "he was angry", "tell_effect", angry)
    assert uttered(said) == [Utter.NOTED_EFFECT]


@pytest.mark.parametrize(
    ("intent", "words"), [("goodbye", Utter.GOODBYE), ("stop", Utter.STOPPED)]
)
async def test_who_leaves_the_questions_is_said_goodbye_to(
    actions: Actions, conversation: str, intent: str, words: Utter
) -> None:
    message = a_message("bye", intent)
    said, _ = await done(actions[ActionName.ASSESSMENT_STOP], a_tracker(conversation, message))
    assert uttered(said) == [words]
    assert said[0]["kept"] == rules()[Kind.ABANDONED].time


@pytest.mark.parametrize(
    "action", [ActionName.ASSESSMENT_STOP, ActionName.ANSWER, ActionName.FEEDBACK]
)
async def test_a_goodbye_after_the_last_question_says_what_its_end_said(
    actions: Actions, knowledge: Knowledge, conversation: str, action: ActionName
) -> None:
    end = Fact(name="status", value=Status.COMPLETED, message="m1", as_said="")
    await knowledge.assessments.keep(conversation, [end])
    message = a_message("bye", "goodbye")
    said, _ = await done(actions[action], a_tracker(conversation, message))
    assert said[0]["kept"] == rules()[Kind.SIGNPOSTING].time


@pytest.mark.parametrize("action", [ActionName.ANSWER, ActionName.FEEDBACK])
async def test_every_goodbye_says_how_long_it_is_kept(
    actions: Actions, conversation: str, action: ActionName
) -> None:
    said, _ = await done(actions[action], a_tracker(conversation, a_message("bye", "goodbye")))
    assert uttered(said) == [Utter.GOODBYE]
    assert said[0]["kept"] == rules()[Kind.ABANDONED].time


@pytest.mark.parametrize(
    ("before", "after"),
    [(Status.IN_PROGRESS, Status.STOPPED), (Status.COMPLETED, Status.COMPLETED)],
)
async def test_what_came_to_its_end_is_not_called_stopped(
    actions: Actions, knowledge: Knowledge, conversation: str, before: Status, after: Status
) -> None:
    at = Fact(name="status", value=before, message="m0", as_said="")
    await knowledge.assessments.keep(conversation, [at])
    await done(
        actions[ActionName.ASSESSMENT_STOP], a_tracker(conversation, a_message("stop", "stop"))
    )
    assert (await knowledge.assessments.read(conversation))["status"] == after


async def test_who_says_goodbye_while_waiting_hears_that_the_place_is_kept(
    actions: Actions, conversation: str
) -> None:
    message = a_message("bye", "goodbye", holder="waiting")
    said, _ = await done(actions[ActionName.COMPANY], a_tracker(conversation, message))
    assert uttered(said) == [Utter.GOODBYE_WAITING]


_SUMMARY = Slot.CONFIRM_SUMMARY


async def _at_the_summary(actions: Actions, conversation: str) -> Slots:
    """The slots where nothing but the summary and passing it on is open."""
    kept = await _told(actions, conversation, BURGLED, a_fact("contact", {"how": "email"}))
    skipped = {str(one): SKIPPED for one in (Slot.SAFE_NOW, Slot.WHEN, Slot.WHERE, Slot.REPORTED,
               Slot.ROLE, Slot.NEEDS, Slot.VULNERABILITY)}  # fmt: skip
    return {**kept, **skipped}


async def _told(actions: Actions, conversation: str, *facts: dict[str, Any]) -> Slots:
    _, events = await done(actions[KEEP], a_tracker(conversation, a_message(facts=list(facts))))
    return dict(slots(events))


_count = iter(range(2, 1000))


async def _says(
    actions: Actions, conversation: str, before: Slots, text: str, intent: str, *facts: Any
) -> tuple[list[dict[str, Any]], Slots]:
    message = a_message(text, intent, message=f"m{next(_count)}", facts=list(facts))
    kept = {str(name): value for name, value in before.items()}
    said, events = await done(actions[KEEP], a_tracker(conversation, message, **kept))
    return said, slots(events)
