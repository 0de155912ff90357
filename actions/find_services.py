"""Help near the person: what is wished for and what was told -> the directory -> cards."""

from collections.abc import Collection, Iterable, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, services_shown, slot, turn_of
from actions.searching import FRESH, MORE, Search, query_of
from knowledge.assessment.model import Record
from knowledge.assessment.operations import Assessments
from knowledge.clock import LONDON, Clock
from knowledge.directory import Found, Query, find, lines
from knowledge.directory.card import card
from knowledge.directory.operations import Directory

SHOWN = 3  # never a wall of links
QUESTION_WHERE = "where"
TRIES_FOR_PLACE = 2
WISHES = frozenset({FRESH, MORE})  # any other intent that leads here answers or narrows

# The first wish of a message that has words of its own decides what is said above the cards.
WISH_WORDS = {
    "no_police": Utter.SERVICES_NO_POLICE,
    "no_phone": Utter.SERVICES_NO_PHONE,
    "no_trace": Utter.SERVICES_NO_TRACE,
    "open_now": Utter.SERVICES_OPEN,
}


class ServiceCards:
    """Shows services of the directory that fit, open now first among equals."""

    def __init__(self, directory: Directory, clock: Clock) -> None:
        self._directory = directory
        self._clock = clock

    def find(self, query: Query, most: int = SHOWN) -> list[Found]:
        """What fits now, best first, at most so many."""
        at = self._clock().astimezone(LONDON)
        return find(self._directory.services(), query, at, most=most)

    def show(self, dispatcher: CollectingDispatcher, record: Record) -> Events:
        """Cards for what a person told us, and the events that let them be asked about later."""
        return self.say(dispatcher, self.find(query_of(record)), Utter.SERVICES)

    def say(
        self, dispatcher: CollectingDispatcher, found: Sequence[Found], words: Utter
    ) -> Events:
        """The first cards under these words, or under the admission that nothing fits."""
        none_fits = bool(found) and found[0].is_fallback
        dispatcher.utter_message(response=Utter.SERVICES_NONE_NEAR if none_fits else words)
        self._cards(dispatcher, found)
        return [SlotSet(Slot.FEEDBACK_DUE, True)]

    def show_lines(self, dispatcher: CollectingDispatcher, categories: Iterable[str]) -> None:
        """Helplines for the first category of risk that has some."""
        at = self._clock().astimezone(LONDON)
        for category in categories:
            if found := lines(self._directory.services(), category, at):
                dispatcher.utter_message(response=Utter.LINES_NOW)
                self._cards(dispatcher, found)
                return

    def show_of(self, dispatcher: CollectingDispatcher, name: str, query: Query) -> None:
        """Cards of one row of the table of lines (knowledge/directory/lines.csv)."""
        at = self._clock().astimezone(LONDON)
        self._cards(dispatcher, lines(self._directory.services(), name, at, query))

    @staticmethod
    def _cards(dispatcher: CollectingDispatcher, found: Sequence[Found]) -> None:
        cards = [card(one) for one in found[:SHOWN]]
        dispatcher.utter_message(json_message={"services": cards})


class FindServices(WaymarkAction):
    """Answers `where can I get help` at any time: with the words, and what is known so far."""

    action = ActionName.FIND_SERVICES

    def __init__(self, assessments: Assessments, cards: ServiceCards) -> None:
        self._assessments = assessments
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Cards for this wish, the next ones for `more`, and once the question where."""
        turn = turn_of(tracker)
        record = await self._assessments.keep(turn.conversation, [])
        search = Search.read(slot(tracker, Slot.SEARCH)).after(turn)
        query = search.query(record)
        events: Events = [SlotSet(Slot.SEARCH, search.kept())]
        known = services_shown(tracker) if turn.intent == MORE and not turn.wishes else ()
        if left := _without(self._cards.find(query, len(known) + SHOWN), known):
            events += self._cards.say(dispatcher, left, _words(turn))
        else:
            dispatcher.utter_message(response=Utter.SERVICES_NO_MORE)
        return events + _ask_where(dispatcher, tracker, query, answered=turn.intent not in WISHES)


def _without(found: Sequence[Found], known: Collection[str]) -> list[Found]:
    return [one for one in found if one.service.id not in known]


def _words(turn: Turn) -> Utter:
    if turn.intent == MORE and not turn.wishes:
        return Utter.SERVICES_MORE
    return next((WISH_WORDS[wish] for wish in turn.wishes if wish in WISH_WORDS), Utter.SERVICES)


def _ask_where(
    dispatcher: CollectingDispatcher, tracker: Tracker, query: Query, *, answered: bool
) -> Events:
    """Ask for the place once, when it is not known and no other question is open.

    It is asked a second time only when the answer was no place that we know.
    """
    tries = int(slot(tracker, Slot.SEARCH_PLACE_TRIES) or 0)
    awaited = bool(slot(tracker, Slot.SEARCH_PLACE_AWAITED))
    enough = TRIES_FOR_PLACE if awaited and answered else 1
    if query.county or tracker.active_loop_name or tries >= enough:
        asked = [SlotSet(Slot.ASKED, None)] if awaited else []
        return [SlotSet(Slot.SEARCH_PLACE_AWAITED, False), *asked]
    again = Utter.SERVICE_ASK_WHERE_AGAIN if awaited else Utter.SERVICE_ASK_WHERE
    dispatcher.utter_message(response=again)
    return [
        SlotSet(Slot.ASKED, QUESTION_WHERE),
        SlotSet(Slot.SEARCH_PLACE_AWAITED, True),
        SlotSet(Slot.SEARCH_PLACE_TRIES, tries + 1),
    ]
