"""What each action says and does."""

from pathlib import Path
from typing import Any

import pytest

from actions.names import ActionName, Slot, Utter
from actions.safety import URGENT_WORDS
from knowledge.assessment.model import Fact
from knowledge.conversations.model import Holder, Priority, Reader
from knowledge.opening import Knowledge
from tests.fakes import danger

from .builders import a_message, a_tracker, done, slots, uttered
from .conftest import Actions

STEVENAGE = {"as_said": "Stevenage", "district": "stevenage", "county": "hertfordshire"}
NO_QUESTION = {Slot.REQUESTED: None, Slot.ASKED: None}
SAFE_TO_WRITE = {Slot.REQUESTED: None, Slot.ASKED: "safe_to_write"}


def test_every_action_has_one_maker(actions: Actions) -> None:
    assert set(actions) == set(ActionName)
    assert {action.name() for action in actions.values()} == {str(name) for name in ActionName}


async def test_in_an_emergency_999_comes_first_and_the_questions_end(
    actions: Actions, conversation: str
) -> None:
    said, events = await done(actions[ActionName.SAFETY], _risk(conversation, "emergency"))
    assert uttered(said) == [Utter.EMERGENCY, Utter.EMERGENCY_TOLD]
    assert {"event": "active_loop", "name": None, "timestamp": None} in events
    assert SAFE_TO_WRITE.items() <= slots(events).items()


@pytest.mark.parametrize(
    ("category", "first"),
    [("suicide_self_harm", Utter.URGENT_SUICIDE), ("domestic_abuse", Utter.URGENT_DOMESTIC_ABUSE)],
)
async def test_when_it_is_urgent_lines_that_are_open_are_shown(
    actions: Actions, conversation: str, category: str, first: Utter
) -> None:
    tracker = _risk(conversation, "urgent", category)
    said, _ = await done(actions[ActionName.SAFETY], tracker)
    assert uttered(said) == [first, Utter.URGENT_ASKED, Utter.LINES_NOW, Utter.URGENT_COMPANY]
    assert 1 <= len(_cards(said)) <= 3
    assert _cards(said)[0]["open_now"] is True


def test_every_kind_of_urgent_risk_has_words_of_its_own() -> None:
    # danger now is an emergency; as a hint it gets the words for anything
    named = {path.stem for path in Path("nlu/risk/rules").glob("*.yml")} - {"immediate_danger"}
    assert set(URGENT_WORDS) == named
    assert len(set(URGENT_WORDS.values())) == len(named)


async def test_whoever_is_under_18_gets_the_lines_for_them(
    actions: Actions, conversation: str
) -> None:
    tracker = _risk(conversation, "urgent", "domestic_abuse")
    tracker["slots"][Slot.VOICE] = "young"
    said, _ = await done(actions[ActionName.SAFETY], tracker)
    assert "nat-childline" in {one["id"] for one in _cards(said)}


async def test_somebody_who_is_watched_gets_few_words_and_a_yes_or_no_question(
    actions: Actions, conversation: str
) -> None:
    watched = _risk(conversation, "urgent", "domestic_abuse")
    watched["latest_message"]["risk"]["evidence"] = [{"text": "he is here", "by": "rule:watched"}]
    said, events = await done(actions[ActionName.SAFETY], watched)
    assert uttered(said) == [Utter.QUIET]
    assert {Slot.ASKED: "safe_now", Slot.SAFETY_QUIET: True}.items() <= slots(events).items()


@pytest.mark.parametrize(
    ("disposition", "words"),
    [("urgent", Utter.URGENT_AGAIN), ("emergency", Utter.EMERGENCY_AGAIN)],
)
async def test_quiet_stays_quiet(
    actions: Actions, conversation: str, disposition: str, words: Utter
) -> None:
    tracker = _risk(conversation, disposition)
    tracker["slots"] = {Slot.SAFETY_QUIET: True}
    said, _ = await done(actions[ActionName.SAFETY], tracker)
    kept_company, _ = await done(
        actions[ActionName.COMPANY], a_tracker(conversation, safety_quiet=True)
    )
    assert (uttered(said), uttered(kept_company)) == ([words], [Utter.COMPANY_SHORT])


@pytest.mark.parametrize("intent", ["ask_leave", "ask_delete"])
async def test_whoever_is_watched_and_wants_to_be_gone_hears_how(
    actions: Actions, conversation: str, intent: str
) -> None:
    heard = a_message("how do i get rid of this", intent, message="m2", holder="waiting")
    tracker = a_tracker(conversation, heard, safety_quiet=True)
    said, after = await done(actions[ActionName.COMPANY], tracker)
    assert uttered(said) == [Utter.NOT_SAFE_TO_WRITE]
    assert slots(after)[Slot.SAFETY_QUIET]


async def test_asking_for_a_person_tells_the_team_first(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    said, events = await done(actions[ActionName.HAND_OFF], a_tracker(conversation))
    state, _ = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert (state.holder, state.priority) == (Holder.WAITING, Priority.NORMAL)
    assert state.reasons == ("asked_for_person",)
    assert uttered(said) == [Utter.ASKED_FOR_PERSON]
    assert NO_QUESTION.items() <= slots(events).items()


async def test_asking_for_a_person_never_lowers_an_alarm(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await knowledge.conversations.hand_off(conversation, danger(1))
    await done(actions[ActionName.HAND_OFF], a_tracker(conversation))
    (item,) = await knowledge.conversations.queue()
    assert item.state.priority is Priority.EMERGENCY


async def test_while_a_person_is_awaited_the_long_words_come_once(
    actions: Actions, conversation: str
) -> None:
    company = actions[ActionName.COMPANY]
    said, events = await done(company, a_tracker(conversation))
    again, _ = await done(company, a_tracker(conversation, asked=slots(events)[Slot.ASKED]))
    assert (uttered(said), uttered(again)) == ([Utter.COMPANY], [Utter.COMPANY_SHORT])


@pytest.mark.parametrize("disposition", ["emergency", "urgent"])
@pytest.mark.parametrize(
    ("answer", "intent", "words"),
    [
        ("no", "deny", Utter.NOT_SAFE_TO_WRITE),
        ("its not safe", "tell", Utter.NOT_SAFE_TO_WRITE),
        ("yes", "affirm", Utter.COMPANY_SAFE),
        ("no one else can see it", "deny", Utter.COMPANY),
    ],
)
async def test_whoever_cannot_write_safely_is_not_told_to_go_on(
    actions: Actions, conversation: str, disposition: str, answer: str, intent: str, words: Utter
) -> None:
    _, events = await done(actions[ActionName.SAFETY], _risk(conversation, disposition))
    heard = a_message(answer, intent, message="m2", holder="waiting")
    said, after = await done(
        actions[ActionName.COMPANY], a_tracker(conversation, heard, **slots(events))
    )
    assert uttered(said) == [words]
    assert bool(slots(after)[Slot.SAFETY_QUIET]) == (words == Utter.NOT_SAFE_TO_WRITE)


async def test_a_yes_that_it_is_safe_to_write_says_nothing_of_being_safe(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    _, events = await done(actions[ActionName.SAFETY], _risk(conversation, "emergency"))
    heard = a_message("yes", "affirm", message="m2", holder="waiting")
    await done(actions[ActionName.KEEP], a_tracker(conversation, heard, **slots(events)))
    assert (await knowledge.assessments.read(conversation))["safe_now"] is None


@pytest.mark.parametrize(
    ("intent", "words", "next_action"),
    [("affirm", [], "assessment_form"), ("deny", [Utter.STOPPED], None)],
)
async def test_after_a_false_alarm_a_typed_yes_goes_on_and_a_no_does_not(
    actions: Actions, conversation: str, intent: str, words: list[Utter], next_action: str | None
) -> None:
    alarm = a_message("it was a film", "false_alarm", holder="waiting")
    _, events = await done(actions[ActionName.COMPANY], a_tracker(conversation, alarm))
    answer = a_message("ok", intent, message="m2", holder="waiting")
    said, after = await done(
        actions[ActionName.SHORT_ANSWER], a_tracker(conversation, answer, **slots(events))
    )
    assert uttered(said) == words
    followed = [one["name"] for one in after if one["event"] == "followup"]
    assert followed == ([next_action] if next_action else [])


async def test_at_the_end_there_is_help_that_fits_and_the_offer_of_a_person(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await _told(knowledge, conversation, crime_type="burglary", place=STEVENAGE)
    said, events = await done(actions[ActionName.ASSESSMENT_CLOSE], a_tracker(conversation))
    assert uttered(said) == [
        Utter.ASSESSMENT_DONE,
        Utter.NEXT_NO_CONTACT,
        Utter.COME_BACK_HINT,
        Utter.SERVICES,
        Utter.OFFER_HUMAN,
    ]
    assert _cards(said)[0]["id"] == "herts-beacon"
    assert slots(events) == {Slot.FEEDBACK_DUE: True, Slot.ASKED: "offer_human"}
    assert (await knowledge.assessments.read(conversation))["status"] == "completed"


async def test_help_can_be_asked_for_at_any_time(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await _told(knowledge, conversation, crime_type="burglary", place=STEVENAGE)
    said, _ = await done(actions[ActionName.FIND_SERVICES], a_tracker(conversation))
    cards = _cards(said)
    assert 2 <= len(cards) <= 3
    assert all(card["name"] and (card.get("phone") or card.get("url")) for card in cards)


async def test_what_editors_change_is_what_people_are_shown(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    await knowledge.directory.seed()
    await knowledge.editing.correct("herts-beacon", {"name": "Beacon, renamed"}, "Edith")
    await _told(knowledge, conversation, crime_type="burglary", place=STEVENAGE)
    said, _ = await done(actions[ActionName.FIND_SERVICES], a_tracker(conversation))
    assert "Beacon, renamed" in [card["name"] for card in _cards(said)]


async def test_help_is_named_even_when_nothing_is_known(
    actions: Actions, conversation: str
) -> None:
    said, _ = await done(actions[ActionName.FIND_SERVICES], a_tracker(conversation))
    assert _cards(said)


def _risk(conversation: str, disposition: str, *categories: str) -> dict[str, Any]:
    risk = {"disposition": disposition, "categories": list(categories or ("immediate_danger",))}
    return a_tracker(conversation, a_message(risk=risk))


def _cards(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [card for one in said for card in (one.get("custom") or {}).get("services", [])]


async def _told(knowledge: Knowledge, conversation: str, **facts: Any) -> None:
    told = [
        Fact(name=name, value=value, message="m1", as_said=name) for name, value in facts.items()
    ]
    await knowledge.assessments.keep(conversation, told)
