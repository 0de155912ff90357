"""Whether the record may be passed on: a refusal in whatever words is never taken for a yes."""

from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from actions.standing import SAID
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
TOLD = [
    a_fact("safe_now", True),
    a_fact("crime_type", "theft", "they took my bag"),
    a_fact("occurred", {"from": "2026-11-17", "to": "2026-11-17", "as_said": "Tuesday"}),
    a_fact("place", {"as_said": "Royston", "district": "north-hertfordshire"}),
    a_fact("reported", "yes"),
    a_fact("role", "victim"),
    a_fact("needs", {"finance_benefits": 1, "shelter_accommodation": 1}),
    a_fact("vulnerability", []),
    a_fact("contact", {"how": "email"}),
]
WEDNESDAY = a_fact(
    "occurred", {"from": "2026-11-18", "to": "2026-11-18", "as_said": "Wednesday"}, "Wednesday"
)
Answer = tuple[str, str, float]  # the words, and what the understanding takes them for
BARE_NO = ("no", "deny", 0.97)
NEITHER = [
    ("no that would be awkward", "affirm", 0.57),
    ("no it's fine", "affirm", 0.92),
    ("no thank you", "deny", 0.97),
    ("no way", "deny", 0.97),
    ("nah you’re alright", "correct", 0.58),
    ("absolutely not", "correct", 0.89),
    ("god no", "correct", 0.82),
    ("ok no", "affirm", 0.5),
    ("not yet", "correct", 0.81),
    ("yes but not yet", "affirm", 0.9),
    ("it's ok no need", "affirm", 0.5),
    ("that would be awkward", "affirm", 0.9),
    ("yes I'd rather not", "affirm", 0.7),
    ("yes but I don't want him to find out", "affirm", 0.9),
]
NO = [
    ("no don't", "correct", 1.0),
    ("rather you didn't", "correct", 0.89),
    ("yes it's right but don't pass it on", "affirm", 0.66),
    ("no I don't want anyone to contact me", "refuse_person", 0.97),
    ("i don't want anyone to know", "deny", 0.7),
    ("please don't", "deny", 0.97),
]
YES = [
    ("yes", "affirm", 0.97),
    ("that's fine", "affirm", 1.0),
    ("no problem", "affirm", 0.8),
    ("no, you can pass it on", "skip", 0.29),
    ("happy for you to pass it on", "affirm", 0.97),
    ("yes, thanks, I can't do this alone", "affirm", 0.97),
    ("yes please, I have no one else", "affirm", 0.97),
    ("yes but I'd rather my mum didn't know", "correct", 0.92),
    ("yes but don't share it with the police", "correct", 0.9),
    ("crack on", "affirm", 0.9),
]


@pytest.mark.parametrize("answer", NEITHER)
async def test_what_is_neither_is_asked_back_plainly_and_passes_nothing_on(
    actions: Actions, knowledge: Knowledge, conversation: str, answer: Answer
) -> None:
    before = await _at_the_summary(actions, conversation)
    said, after = await _says(actions, conversation, before, answer)
    assert uttered(said) == []
    assert await _consent(knowledge, conversation) is None
    assert (after[Slot.CONFIRM_SUMMARY], after[Slot.CONSENT]) == (None, None)
    assert after[Slot.WHICH] is not None  # nothing was said to be wrong
    put = a_tracker(conversation, _message(answer), **after)
    shown, _ = await done(actions[ActionName.ASK_SUMMARY], put)
    assert uttered(shown) == [Utter.ASK_CONSENT_OR_WRONG]


@pytest.mark.parametrize("answer", NO)
async def test_a_refusal_is_one(
    actions: Actions, knowledge: Knowledge, conversation: str, answer: Answer
) -> None:
    before = await _at_the_summary(actions, conversation)
    await _says(actions, conversation, before, answer)
    assert await _consent(knowledge, conversation) is False


@pytest.mark.parametrize("answer", YES)
async def test_a_yes_in_other_words_is_one(
    actions: Actions, knowledge: Knowledge, conversation: str, answer: Answer
) -> None:
    before = await _at_the_summary(actions, conversation)
    _, after = await _says(actions, conversation, before, answer)
    assert await _consent(knowledge, conversation) is True
    assert after[Slot.CONFIRM_SUMMARY] == SAID


async def test_a_yes_with_a_correction_is_both(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    before = await _at_the_summary(actions, conversation)
    text = "yes pass it on. but it was Wednesday not Tuesday"
    said, _ = await _says(actions, conversation, before, (text, "correct", 1.0), WEDNESDAY)
    assert uttered(said) == [Utter.CHANGED]
    record = await knowledge.assessments.read(conversation)
    assert (record["consent"], record["occurred"]["as_said"]) == (True, "Wednesday")


async def test_what_follows_a_yes_and_has_no_field_is_said_to_be_kept(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    before = await _at_the_summary(actions, conversation)
    text = "yes pass it on. but my dog was hurt as well"
    said, _ = await _says(actions, conversation, before, (text, "correct", 1.0))
    assert uttered(said) == [Utter.KEPT_WORDS]
    assert await _consent(knowledge, conversation) is True


async def test_a_correction_is_no_yes_though_it_opens_like_one(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    before = await _at_the_summary(actions, conversation)
    text = "yes. no wait, it was Wednesday"
    _, after = await _says(actions, conversation, before, (text, "correct", 1.0), WEDNESDAY)
    assert await _consent(knowledge, conversation) is None
    assert after[Slot.CONFIRM_SUMMARY] is None


async def test_a_second_no_asks_what_is_wrong_and_a_third_asks_only_whether_it_may_go_on(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    before = await _at_the_summary(actions, conversation)
    _, after = await _says(actions, conversation, before, BARE_NO)
    _, after = await _says(actions, conversation, {**after, **AT}, BARE_NO, message="m3")
    assert after[Slot.WHICH] is None
    at_which = {**after, "requested_slot": Slot.WHICH}
    _, after = await _says(actions, conversation, at_which, BARE_NO, message="m4")
    assert after[Slot.CONFIRM_SUMMARY] == SAID
    assert after[Slot.CONSENT] is None
    at_consent = {**after, "requested_slot": Slot.CONSENT}
    await _says(actions, conversation, at_consent, NEITHER[1], message="m5")
    assert await _consent(knowledge, conversation) is False


@pytest.mark.parametrize(
    ("answer", "consent"),
    [
        (("no that's awkward", "affirm", 0.57), False),
        (("that's right", "affirm", 0.97), True),
        (("that would be awkward", "affirm", 0.6), None),
        (("go ahead", "affirm", 0.97), True),
    ],
)
async def test_asked_for_nothing_else(
    actions: Actions,
    knowledge: Knowledge,
    conversation: str,
    *,
    answer: Answer,
    consent: bool | None,
) -> None:
    before = await _at_the_summary(actions, conversation)
    asked = {**before, str(Slot.CONFIRM_SUMMARY): SAID, "requested_slot": Slot.CONSENT}
    await _says(actions, conversation, asked, answer)
    assert await _consent(knowledge, conversation) is consent


AT = {"requested_slot": Slot.CONFIRM_SUMMARY}


async def _at_the_summary(actions: Actions, conversation: str) -> dict[str, Any]:
    told = a_message("all of it", facts=TOLD)
    _, events = await done(actions[KEEP], a_tracker(conversation, told))
    return {**slots(events), **AT}


def _message(answer: Answer, **more: Any) -> dict[str, Any]:
    text, intent, sure = answer
    return a_message(text, **{"message": "m2", **more}) | {
        "intent": {"name": intent, "confidence": sure}
    }


async def _says(
    actions: Actions,
    conversation: str,
    before: dict[str, Any],
    answer: Answer,
    *facts: Any,
    message: str = "m2",
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    told = _message(answer, message=message, facts=list(facts))
    said, events = await done(actions[KEEP], a_tracker(conversation, told, **before))
    return said, slots(events)


async def _consent(knowledge: Knowledge, conversation: str) -> Any:
    return (await knowledge.assessments.read(conversation))["consent"]
