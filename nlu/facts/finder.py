"""All readers of facts behind one door."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.places import Gazetteer
from nlu.facts import answers, crime, effects, reported, role, when
from nlu.facts.model import Fact


class FactFinder:
    """Reads every field of the assessment that a message tells."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(
        self,
        text: str,
        *,
        question: str | None = None,
        today: date,
        crimes: Sequence[tuple[str, float]] = (),
    ) -> tuple[Fact, ...]:
        """The facts of a message, each field at most once.

        ``question`` is what was being asked, if anything; ``today`` the day against which
        words like `yesterday` are read; ``crimes`` what the classifier thinks, likeliest first.
        """
        readers = (
            crime.read(text, question, crimes),
            when.read(text, today),
            self._place(text, question),
            reported.read(text, question),
            role.read(text, question),
            answers.safe_now(text, question),
            effects.read(text, question),
        )
        return tuple(fact for fact in readers if fact is not None)

    def _place(self, text: str, question: str | None) -> Fact | None:
        mentions = self._gazetteer.mentions(text)
        if question == "where" and not mentions:
            answer = self._gazetteer.resolve(text)
            return _place_fact(answer, text) if answer.place else None
        for mention in mentions:
            if mention.resolution.place:
                return _place_fact(mention.resolution, mention.as_said)
        return None


def _place_fact(resolution, as_said: str) -> Fact:  # type: ignore[no-untyped-def]
    place = resolution.place
    value = {"as_said": as_said, "district": place.district, "county": place.county}
    return Fact("place", value, as_said)
