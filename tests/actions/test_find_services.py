"""Help at any time: what the words ask for, the next ones, the place, and whether it helped."""

from typing import Any

import pytest

from actions.base import Events
from actions.names import ActionName, Slot, Utter
from knowledge.assessment.model import Fact
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, slots, uttered
from .conftest import Actions

STEVENAGE = {"as_said": "Stevenage", "district": "stevenage", "county": "hertfordshire"}
WATFORD = {"as_said": "Watford", "district": "watford", "county": "hertfordshire"}
Said = list[dict[str, Any]]


class Talk:
    """A person who looks for help, with what Waymark keeps between their messages."""

    def __init__(self, actions: Actions, conversation: str) -> None:
        self._actions = actions
        self._conversation = conversation
        self.kept: dict[str, Any] = {}
        self.events: Events = []

    async def says(
        self, text: str, intent: str = "find_services", *wishes: str, **more: Any
    ) -> Said:
        """What is said to a message with these wishes in it."""
        entities = [{"entity": "help_wish", "value": wish} for wish in wishes]
        message = a_message(text, intent, entities=entities, **more)
        tracker = a_tracker(self._conversation, message, **self.kept)
        tracker["events"] = self.events
        said, events = await done(self._actions[ActionName.FIND_SERVICES], tracker)
        self.kept |= slots(events)
        self.events += [{"event": "bot", "data": {"custom": one.get("custom")}} for one in said]
        return said


@pytest.fixture
def talk(actions: Actions, conversation: str) -> Talk:
    return Talk(actions, conversation)


async def test_who_it_is_for_is_read_in_the_words(talk: Talk) -> None:
    said = await talk.says("is there anyone for men", facts=[a_fact("place", WATFORD)])
    assert uttered(said) == [Utter.SERVICES]
    assert _ids(said)[0] == "nat-mensadvice"


async def test_a_place_named_in_the_message_is_where_it_looks(
    talk: Talk, knowledge: Knowledge, conversation: str
) -> None:
    told = Fact(name="place", value=STEVENAGE, message="m0", as_said="Stevenage")
    await knowledge.assessments.keep(conversation, [told])
    needs = a_fact("needs", {"shelter_accommodation": 1})
    said = await talk.says("a lock, in Watford", facts=[needs, a_fact("place", WATFORD)])
    assert "dist-watford" in _ids(said)
    assert "dist-stevenage" not in _ids(said)


async def test_a_place_that_is_only_named_is_where_it_looks(talk: Talk) -> None:
    said = await talk.says("a new lock for my nan who lives in Watford")
    assert "dist-watford" in _ids(said)
    assert Utter.SERVICE_ASK_WHERE not in uttered(said)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("who makes the yobs on our green stop? Ramsey", "cambs-hub"),
        ("the door is smashed, who fits locks. march cambs", "cambs-hub"),
        ("we lost our home in the fire. March, Cambridgeshire", "dist-fenland"),
    ],
)
async def test_a_town_at_the_end_is_where_it_looks(talk: Talk, text: str, first: str) -> None:
    said = await talk.says(text, facts=[a_fact("crime_type", "asb")])
    assert _ids(said)[0] == first


async def test_a_search_goes_by_what_it_seems_to_be_about(talk: Talk) -> None:
    said = await talk.says("could I get some advice in Ely", about="stalking")
    assert _ids(said)[0] == "nat-stalking"


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ([a_fact("crime_type", "sexual_offence")], "nat-rasasc"),
        ([a_fact("crime_type", "child_abuse"), a_fact("under_18", True)], "nat-childline"),
        ([a_fact("crime_type", "child_abuse"), a_fact("role", "parent_guardian")],
         "herts-children"),
    ],
)  # fmt: skip
async def test_what_a_wish_tells_counts_though_nothing_is_kept_of_it(
    talk: Talk, told: list[dict[str, Any]], first: str
) -> None:
    said = await talk.says("who can help", facts=[*told, a_fact("place", WATFORD)])
    assert _ids(said)[0] == first


async def test_who_told_nobody_gets_nobody_who_needs_a_report(talk: Talk) -> None:
    told = [a_fact("crime_type", "hate_crime"), a_fact("place", WATFORD)]
    assert "nat-true-vision" in _ids(await talk.says("who can help to report it", facts=told))
    told = [*told, a_fact("reported", "does_not_want")]
    assert "nat-true-vision" not in _ids(await talk.says("who can help", facts=told))


async def test_more_gives_the_next_ones_until_there_are_none(talk: Talk) -> None:
    seen = _ids(await talk.says("debt", facts=[a_fact("place", WATFORD)]))
    while (said := await talk.says("more", "more_services")) and _ids(said):
        assert uttered(said) == [Utter.SERVICES_MORE]
        assert not set(seen) & set(_ids(said))
        seen += _ids(said)
    assert uttered(said) == [Utter.SERVICES_NO_MORE]
    assert len(seen) > 3


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("no_police", Utter.SERVICES_NO_POLICE),
        ("no_phone", Utter.SERVICES_NO_PHONE),
        ("no_trace", Utter.SERVICES_NO_TRACE),
        ("open_now", Utter.SERVICES_OPEN),
    ],
)
async def test_a_wish_is_answered_in_words(talk: Talk, wish: str, words: Utter) -> None:
    said = await talk.says("...", "tell_reported", wish)
    assert uttered(said)[0] == words
    assert _cards(said)


async def test_without_a_phone_holds_for_every_later_search(talk: Talk) -> None:
    await talk.says("i can't talk on the phone", "tell_contact", "no_phone")
    for text in ("help with debts", "help near me", "somewhere for my daughter"):
        cards = _cards(await talk.says(text))
        assert cards
        assert all("phone" not in card for card in cards)


async def test_open_now_narrows_one_search_and_not_the_next(talk: Talk) -> None:
    await talk.says("counselling", facts=[a_fact("place", WATFORD)])
    narrow = _cards(await talk.says("anything open now", "more_services", "open_now"))
    assert all(card["open_now"] for card in narrow)
    wide = _cards(await talk.says("is there support for women who are stalked"))
    assert not all(card["open_now"] for card in wide)


async def test_the_place_is_asked_for_once_and_again_only_after_an_answer(talk: Talk) -> None:
    assert uttered(await talk.says("help"))[-1] == Utter.SERVICE_ASK_WHERE
    assert talk.kept[Slot.ASKED] == "where"
    assert Utter.SERVICE_ASK_WHERE not in uttered(await talk.says("more", "more_services"))


async def test_a_place_that_is_not_known_is_asked_again_once(talk: Talk) -> None:
    await talk.says("help")
    assert uttered(await talk.says("SG8", "tell_where"))[-1] == Utter.SERVICE_ASK_WHERE_AGAIN
    said = uttered(await talk.says("dunno", "tell_where"))
    assert not {Utter.SERVICE_ASK_WHERE, Utter.SERVICE_ASK_WHERE_AGAIN} & set(said)
    assert talk.kept[Slot.SEARCH_PLACE_AWAITED] is False
    assert talk.kept[Slot.ASKED] is None


async def test_inside_the_questions_the_place_is_left_to_them(
    actions: Actions, conversation: str
) -> None:
    tracker = a_tracker(conversation, a_message("help", "find_services"))
    tracker["active_loop"] = {"name": "assessment_form"}
    said, _ = await done(actions[ActionName.FIND_SERVICES], tracker)
    assert Utter.SERVICE_ASK_WHERE not in uttered(said)


async def test_whether_it_helped_is_asked_once_and_politely(
    actions: Actions, conversation: str
) -> None:
    tracker = a_tracker(conversation, a_message("thanks", "thank"), feedback_due=True)
    said, events = await done(actions[ActionName.FEEDBACK], tracker)
    assert uttered(said) == [Utter.THANK, Utter.ASK_FEEDBACK]
    assert slots(events) == {Slot.FEEDBACK_DUE: False, Slot.ASKED: "feedback"}


@pytest.mark.parametrize("shown", [["urgent"], ["emergency"], ["none", "emergency"]])
async def test_after_a_risk_nobody_is_asked(
    actions: Actions, conversation: str, shown: list[str]
) -> None:
    message = a_message("bye", "goodbye")
    message["metadata"]["shown"] = shown
    said, events = await done(actions[ActionName.FEEDBACK], a_tracker(conversation, message))
    assert uttered(said) == [Utter.GOODBYE]
    assert Slot.ASKED not in slots(events)


async def test_while_the_team_is_here_nobody_is_asked(actions: Actions, conversation: str) -> None:
    message = a_message("thanks", "thank", holder="coordinator")
    said, _ = await done(actions[ActionName.FEEDBACK], a_tracker(conversation, message))
    assert uttered(said) == [Utter.THANK]


def _cards(said: Said) -> list[dict[str, Any]]:
    return [card for one in said for card in (one.get("custom") or {}).get("services", [])]


def _ids(said: Said) -> list[str]:
    return [card["id"] for card in _cards(said)]
