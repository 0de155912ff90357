"""Another language: a person with an interpreter is offered, asked for, and 999 named in it."""

from typing import Any

import pytest

from actions.languages import FORM, OFFERED
from actions.names import ActionName, Slot, Utter
from knowledge.assessment.model import FIELDS
from knowledge.conversations.model import Priority, Reader
from knowledge.opening import Knowledge

from .builders import a_message, a_tracker, done, slots, uttered
from .conftest import Actions

LANGUAGE, SAFETY, COMPANY = ActionName.LANGUAGE, ActionName.SAFETY, ActionName.COMPANY


async def test_a_person_with_an_interpreter_is_offered_in_the_language(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    said, events = await done(actions[LANGUAGE], _in_polish(conversation))
    assert "przez tłumacza" in said[0]["text"]
    assert [button["payload"] for button in said[0]["buttons"]] == ["ask_person", "carry_on"]
    assert said[1]["custom"] == {"language": "pl"}
    assert slots(events) == {Slot.LANGUAGE: "pl", Slot.ASKED: OFFERED}
    assert await _hand_offs(knowledge, conversation) == []


@pytest.mark.parametrize("text", ["tak", "Tak, proszę!", "yes"])
async def test_a_yes_asks_for_one_and_names_the_language(
    actions: Actions, knowledge: Knowledge, conversation: str, text: str
) -> None:
    intent = "affirm" if text == "yes" else "off_topic"
    tracker = a_tracker(conversation, a_message(text, intent), language="pl", asked=OFFERED)
    said, _ = await done(actions[LANGUAGE], tracker)
    assert "z tłumaczem" in said[0]["text"]
    (asked,) = await _hand_offs(knowledge, conversation)
    assert asked["priority"] == Priority.NORMAL
    assert asked["reasons"] == ["asked_for_person", "needs_interpreter"]
    assert asked["evidence"] == [{"text": "Polish", "by": "language:pl", "score": None}]


async def test_who_writes_on_in_it_is_taken_to_want_one(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[LANGUAGE], _in_polish(conversation, language="pl", asked=OFFERED))
    assert len(await _hand_offs(knowledge, conversation)) == 1


@pytest.mark.parametrize("text", ["nie", "Nie, dziękuję"])
async def test_a_no_asks_for_nobody(
    actions: Actions, knowledge: Knowledge, conversation: str, text: str
) -> None:
    tracker = a_tracker(conversation, a_message(text, "deny"), language="pl", asked=OFFERED)
    said, events = await done(actions[LANGUAGE], tracker)
    assert await _hand_offs(knowledge, conversation) == []
    assert slots(events)[Slot.ASKED] is None
    assert (uttered(said), len(said)) == ([Utter.IN_ENGLISH], 1)  # and the offer not again
    assert [one["name"] for one in events if one["event"] == "followup"] == [FORM]


async def test_the_language_is_noted_in_the_record(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await done(actions[LANGUAGE], _in_polish(conversation))
    noted = (await knowledge.assessments.read(conversation))["contact"]["language"]
    assert noted == ("pl" if "contact" in FIELDS else None)


async def test_a_language_without_a_name_is_not_guessed(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    tracker = a_tracker(conversation, a_message("ကူညီပါ", "ask_language", language="und"))
    said, _ = await done(actions[LANGUAGE], tracker)
    assert "someone who speaks your language" in said[0]["text"]
    assert [one for one in said if one.get("custom")] == []
    assert (await knowledge.assessments.read(conversation))["contact"]["language"] is None


async def test_a_person_asked_for_with_the_button_brings_the_interpreter(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    message = a_message("Tak, proszę", "ask_person", choice={"name": "x", "value": "y"})
    tracker = a_tracker(conversation, message, language="pl")
    said, _ = await done(actions[ActionName.HAND_OFF], tracker)
    assert "z tłumaczem" in said[0]["text"]
    assert "needs_interpreter" in (await _hand_offs(knowledge, conversation))[0]["reasons"]


@pytest.mark.parametrize(("disposition", "words"), [("emergency", "55"), ("urgent", "Urdu")])
async def test_danger_is_answered_in_the_language_with_999(
    actions: Actions, conversation: str, disposition: str, words: str
) -> None:
    risk = {"disposition": disposition, "categories": ["immediate_danger"]}
    message = a_message("میرا شوہر مجھے مارتا ہے", "ask_language", risk=risk, language="ur")
    said, events = await done(actions[SAFETY], a_tracker(conversation, message))
    assert "999" in said[0]["text"]
    assert words in said[0]["text"]
    assert Utter.EMERGENCY not in uttered(said)
    assert slots(events)[Slot.LANGUAGE] == "ur"


async def test_a_cry_too_short_to_tell_is_answered_in_its_language(
    actions: Actions, conversation: str
) -> None:
    evidence = [{"text": "ratunku", "by": "rule:pl_words", "score": None}]
    risk = {"disposition": "emergency", "categories": [], "evidence": evidence}
    tracker = a_tracker(conversation, a_message("ratunku", "off_topic", risk=risk))
    said, _ = await done(actions[SAFETY], tracker)
    assert "zadzwoń pod 999" in said[0]["text"]


async def test_danger_told_in_english_is_answered_in_english(
    actions: Actions, conversation: str
) -> None:
    risk = {"disposition": "emergency", "categories": ["immediate_danger"]}
    message = a_message("he is at the door with a knife", risk=risk)
    said, _ = await done(actions[SAFETY], a_tracker(conversation, message, language="pl"))
    assert uttered(said)[0] == Utter.EMERGENCY


async def test_while_waiting_company_is_kept_in_the_language(
    actions: Actions, conversation: str
) -> None:
    tracker = _in_polish(conversation, language="pl")
    said, _ = await done(actions[COMPANY], tracker)
    assert "Twoja wiadomość jest zapisana" in said[0]["text"]


def _in_polish(conversation: str, **kept: Any) -> dict[str, Any]:
    message = a_message("proszę o pomoc, nie wiem co robić", "ask_language", language="pl")
    return a_tracker(conversation, message, **kept)


async def _hand_offs(knowledge: Knowledge, conversation: str) -> list[dict[str, Any]]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return [dict(entry.details) for entry in thread if entry.kind == "hand_off"]
