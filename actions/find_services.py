"""Help near the person: the record of what was told -> the directory -> cards."""

from collections.abc import Iterable, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Utter
from actions.reading import turn_of
from knowledge.assessment.model import Record
from knowledge.assessment.operations import Assessments
from knowledge.clock import LONDON, Clock
from knowledge.directory import Channel, Found, Query, Service, find, lines

SHOWN = 3  # never a wall of links


class ServiceCards:
    """Shows services of the directory that fit, open now first among equals."""

    def __init__(self, services: Sequence[Service], clock: Clock) -> None:
        self._services = services
        self._clock = clock

    def show(self, dispatcher: CollectingDispatcher, record: Record) -> None:
        """Cards for what a person told us."""
        found = find(self._services, query_of(record), self._clock().astimezone(LONDON))
        none_fits = bool(found) and found[0].is_fallback
        dispatcher.utter_message(
            response=Utter.SERVICES_NONE_NEAR if none_fits else Utter.SERVICES
        )
        self._cards(dispatcher, found)

    def show_lines(self, dispatcher: CollectingDispatcher, categories: Iterable[str]) -> None:
        """Helplines for the first category of risk that has some."""
        at = self._clock().astimezone(LONDON)
        for category in categories:
            if found := lines(self._services, category, at):
                dispatcher.utter_message(response=Utter.LINES_NOW)
                self._cards(dispatcher, found)
                return

    def show_of(self, dispatcher: CollectingDispatcher, name: str, query: Query) -> None:
        """Cards of one row of the table of lines (knowledge/directory/lines.csv)."""
        at = self._clock().astimezone(LONDON)
        self._cards(dispatcher, lines(self._services, name, at, query))

    @staticmethod
    def _cards(dispatcher: CollectingDispatcher, found: Sequence[Found]) -> None:
        cards = [card(one) for one in found[:SHOWN]]
        dispatcher.utter_message(json_message={"services": cards})


class FindServices(WaymarkAction):
    """Answers `where can I get help` at any time, with what is known so far."""

    action = ActionName.FIND_SERVICES

    def __init__(self, assessments: Assessments, cards: ServiceCards) -> None:
        self._assessments = assessments
        self._cards = cards

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Cards for the record as it stands."""
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        self._cards.show(dispatcher, record)
        return []


def query_of(record: Record) -> Query:
    """What to look for: the heaviest need, the crime, the place."""
    place = record["place"] or {}
    needs = [(level, name) for name, level in record["needs"].items() if level]
    return Query(
        need=max(needs, key=lambda need: need[0])[1] if needs else None,
        crime_type=record["crime_type"],
        district=place.get("district"),
        county=place.get("county"),
        unreported_only=record["reported"] in ("no", "does_not_want"),
    )


def card(found: Found) -> dict[str, Any]:
    """A service as a person sees it: who, why, how to reach it, when."""
    return {
        "id": found.service.id,
        "name": found.service.name,
        "why": found.why,
        **_ways(found.reach.channels),
        "beside": _ways(found.reach.beside),
        "hours": found.hours_in_words,
        "open_now": found.open_now,
    }


def _ways(channels: Iterable[Channel]) -> dict[str, str]:
    ways: dict[str, str] = {}
    for channel in channels:
        ways.setdefault("url" if channel.kind == "web" else channel.kind, channel.value)
    return ways
