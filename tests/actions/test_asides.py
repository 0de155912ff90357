"""Short true answers from data, places outside, young people, and patience."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from actions.__main__ import build_actions
from actions.closing import FORM
from actions.fallback import misses_in
from actions.names import ActionName, Slot, Utter
from knowledge.figures import figures, load
from knowledge.opening import Knowledge
from tests.fakes import HandClock
from tests.house import domain

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

ANSWER, OUTSIDE, YOUNG = ActionName.ANSWER, ActionName.OUTSIDE, ActionName.UNDER_18
FALLBACK = ActionName.FALLBACK
THEFT = a_fact("crime_type", "theft")
LUTON = a_fact("place", {"as_said": "Luton", "district": None, "county": None})
QUESTIONS = sorted(name for name, action in domain.asides().items() if action == ANSWER)


@pytest.mark.parametrize("intent", QUESTIONS)
async def test_an_answer_has_all_the_values_that_its_sentence_needs(
    actions: Actions, conversation: str, intent: str
) -> None:
    said, _ = await done(actions[ANSWER], a_tracker(conversation, a_message("?", intent)))
    (words,) = [one for one in said if one.get("response") == f"utter_{intent}"]
    texts = [v["text"] for name, v in domain.responses() if name == f"utter_{intent}"]
    assert texts
    assert not any("{" in text.format(**words) for text in texts)


@pytest.mark.parametrize(
    ("at", "now"),
    [("10:40", "open now until 10 pm"), ("23:30", "closed, opens Wednesday 7 am")],
)
async def test_hours_are_those_of_the_centre_at_this_moment(
    knowledge: Knowledge, conversation: str, at: str, now: str
) -> None:
    assert isinstance(knowledge.clock, HandClock)
    knowledge.clock.now = datetime.fromisoformat(f"2026-11-24T{at}").replace(tzinfo=UTC)
    actions = {action.action: action for action in build_actions(knowledge)}
    said, _ = await done(actions[ANSWER], a_tracker(conversation, a_message("?", "ask_hours")))
    assert (said[0]["hours"], said[0]["now"]) == ("every day, 7 am to 10 pm", now)


@pytest.mark.parametrize(
    ("intent", "service"),
    [
        ("ask_compensation", "nat-cica"),
        ("ask_complain", "nat-phso"),
        ("ask_anonymous", "nat-crimestoppers"),
        ("ask_restorative_justice", "nat-whyme"),
    ],
)
async def test_numbers_come_from_the_directory(
    actions: Actions, conversation: str, intent: str, service: str
) -> None:
    said, _ = await done(actions[ANSWER], a_tracker(conversation, a_message("?", intent)))
    assert service in [card["id"] for card in _cards(said)]


@pytest.mark.parametrize("response", [name for name in Utter if name.startswith("utter_aside_")])
async def test_a_precise_question_has_its_own_answer_with_all_its_values(
    actions: Actions, conversation: str, response: Utter
) -> None:
    aside = response.removeprefix("utter_aside_")
    said, _ = await done(actions[ANSWER], _asked(conversation, "ask_privacy", aside=aside))
    words, *more = [one for one in said if one.get("response")]
    assert words["response"] == response
    doubts = response == Utter.ASIDE_RIGHT_PLACE
    assert [one["response"] for one in more] == [Utter.WHAT_HAPPENED] * doubts
    texts = [v["text"] for name, v in domain.responses() if name == response]
    assert not any("{" in text.format(**words) for text in texts)


@pytest.mark.parametrize(
    ("message", "more", "said"),
    [
        # the first message: what the welcome asked is still open
        (a_message("?", "ask_privacy"), {"heard": 1}, [Utter.WHAT_HAPPENED]),
        (a_message("?", "ask_privacy"), {"heard": 2}, []),
        (a_message("?", "ask_leave"), {"heard": 1}, []),
        # whoever doubts that they may tell it is invited to, also later
        (a_message("?", "ask_privacy", aside="right_place"), {"heard": 3}, [Utter.WHAT_HAPPENED]),
        (a_message("?", "ask_privacy", aside="right_place"), {"told": "theft"}, []),
        (a_message("?", "ask_privacy", aside="right_place"), {"form": "assessment_form"}, []),
        (a_message("?", "ask_privacy", aside="right_place", holder="waiting"), {}, []),
        (a_message("?", "tell", aside="right_place"), {"heard": 1}, []),  # the form comes next
        # what was offered last stands, so that a yes to it is one
        (a_message("?", "ask_rights"), {"asked": "offer_human"}, [Utter.OFFER_HUMAN]),
        (a_message("?", "goodbye"), {"asked": "offer_human"}, []),
        # what happened was told in the same message: the questions begin
        (a_message("?", "ask_rights", facts=[THEFT]), {"heard": 1}, [FORM]),
        (a_message("?", "ask_rights", facts=[THEFT]), {"heard": 4}, []),
    ],
)
async def test_after_an_answer_what_was_open_is_put_again(
    actions: Actions,
    conversation: str,
    message: dict[str, Any],
    more: dict[str, Any],
    said: list[str],
) -> None:
    standing = {Slot.ASKED: more.get("asked"), Slot.CRIME_TYPE: more.get("told")}
    tracker = a_tracker(conversation, message, **standing)
    tracker["events"] = [_heard("ask_privacy")] * more.get("heard", 0)
    tracker["active_loop"] = {"name": more["form"]} if "form" in more else {}
    replies, events = await done(actions[ANSWER], tracker)
    begun = [one["name"] for one in events if one["event"] == "followup"]
    assert [*uttered(replies)[1:], *begun] == said


@pytest.mark.parametrize(
    ("aside", "services"),
    [
        ("money_back", {"nat-159", "nat-report-fraud", "nat-fos"}),
        ("legal_matters", {"nat-citizens", "nat-cla"}),
        ("taken_down", {"nat-revenge-porn", "nat-childline"}),
        ("made_to_go_to_court", {"nat-witness-service"}),
        ("report_without_telephone", {"nat-101"}),
        ("who_finds_out", set()),
    ],
)
async def test_a_precise_answer_names_who_helps_with_it(
    actions: Actions, conversation: str, aside: str, services: set[str]
) -> None:
    said, _ = await done(actions[ANSWER], _asked(conversation, "ask_rights", aside=aside))
    assert {card["id"] for card in _cards(said)} == services


async def test_a_young_person_is_not_sent_to_a_line_for_adults(
    actions: Actions, conversation: str
) -> None:
    tracker = _asked(conversation, "ask_reporting", aside="taken_down")
    tracker["slots"] = {Slot.VOICE: "young"}
    said, _ = await done(actions[ANSWER], tracker)
    assert [card["id"] for card in _cards(said)] == ["nat-childline"]


@pytest.mark.parametrize(
    ("before", "text", "responses"),
    [
        ("he posted a photo of me", "how do i get it deleted", [Utter.ASIDE_TAKEN_DOWN]),
        ("he posted a photo of me", "delete what i told you", []),
        ("they stole my bike", "how do i get it deleted", []),
    ],
)
async def test_it_may_be_a_picture_that_shall_be_deleted(
    actions: Actions, conversation: str, before: str, text: str, responses: list[Utter]
) -> None:
    tracker = a_tracker(conversation, a_message(text, "ask_delete"))
    tracker["events"] = [_heard("tell") | {"text": before}]
    said, _ = await done(actions[ANSWER], tracker)
    assert uttered(said) == [*responses, Utter.ASK_DELETE]


async def test_outside_the_counties_help_for_everybody_is_shown_once(
    actions: Actions, conversation: str
) -> None:
    message = a_message("in Luton", facts=[LUTON])
    said, events = await done(actions[OUTSIDE], a_tracker(conversation, message))
    assert (uttered(said), said[0]["place"]) == ([Utter.OUTSIDE], "Luton")
    assert {card["id"] for card in _cards(said)} == {"nat-victim-support", "nat-vwi"}
    again, _ = await done(actions[OUTSIDE], a_tracker(conversation, message, **slots(events)))
    assert again == []


async def test_who_is_under_18_gets_childline_and_a_person_on_offer(
    actions: Actions, conversation: str
) -> None:
    message = a_message("im 15 and they took my bike", facts=[a_fact("under_18", True)])
    said, events = await done(actions[YOUNG], a_tracker(conversation, message))
    assert uttered(said) == [Utter.UNDER_18]
    assert _cards(said)[0]["name"] == "Childline"
    again, _ = await done(actions[YOUNG], a_tracker(conversation, message, **slots(events)))
    assert again == []
    outright = a_tracker(conversation, a_message("i am a child", "under_18"), young=True)
    assert uttered((await done(actions[YOUNG], outright))[0]) == [Utter.UNDER_18]


@pytest.mark.parametrize(
    ("heard", "response"),
    [
        (["nlu_fallback"], Utter.NOT_FOLLOWED),
        (["off_topic"], Utter.OFF_TOPIC),
        (["rude"], Utter.RUDE),
        (["off_topic", "nlu_fallback"], Utter.NOT_FOLLOWED_AGAIN),
        (["off_topic", "ask_robot", "rude"], Utter.NOT_FOLLOWED_AGAIN),
        (["rude", "rude", "rude"], Utter.NOT_FOLLOWED_STILL),
        (["rude", "tell", "rude"], Utter.RUDE),
        (["skip"], Utter.TAKE_YOUR_TIME),
    ],
)
async def test_after_two_tries_a_person_is_offered(
    actions: Actions, conversation: str, heard: list[str], response: Utter
) -> None:
    tracker = a_tracker(conversation, a_message("asdf", heard[-1]))
    tracker["events"] = [_heard(intent) for intent in heard]
    said, events = await done(actions[FALLBACK], tracker)
    assert (uttered(said), slots(events)) == ([response], {Slot.MISSES: 0})


async def test_six_in_a_row_are_never_answered_the_same_twice(
    actions: Actions, conversation: str
) -> None:
    answers = []
    for tries in range(1, 7):
        tracker = a_tracker(conversation, a_message("asdf", "nlu_fallback"))
        tracker["events"] = [_heard("nlu_fallback")] * tries
        answers += uttered((await done(actions[FALLBACK], tracker))[0])
    assert all(one != other for one, other in pairwise(answers))


def test_a_message_that_tells_something_was_followed() -> None:
    told = {"event": "user", "parse_data": {"intent": {"name": "off_topic"}, "facts": [LUTON]}}
    assert misses_in([_heard("rude"), told]) == 0


def test_figures_have_a_source_and_a_day_to_look_again() -> None:
    for name, figure in load().items():
        assert figure.source, name
        assert figure.checked < figure.review_by, name
    assert set(figures()) == set(load())


def _heard(intent: str) -> dict[str, Any]:
    return {"event": "user", "parse_data": {"intent": {"name": intent, "confidence": 0.9}}}


def _asked(conversation: str, intent: str, **more: Any) -> dict[str, Any]:
    return a_tracker(conversation, a_message("?", intent, **more))


def _cards(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [card for one in said for card in (one.get("custom") or {}).get("services", [])]
