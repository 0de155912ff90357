"""Saying honestly whether somebody from the team is there, or hears of it all the same."""

from datetime import timedelta
from enum import StrEnum

from rasa_sdk.executor import CollectingDispatcher

from actions.names import Utter
from actions.tongues import UNDETERMINED, Tongue, say_in
from knowledge.alarms.model import Step
from knowledge.alarms.on_call import OnCall
from knowledge.centres import Centres
from knowledge.clock import LONDON, Clock

NEAR = ("today", "tomorrow")


class Team(StrEnum):
    """What is true of the team now."""

    HERE = "here"
    ON_CALL = "on_call"  # away; somebody is told of an emergency
    AWAY = "away"  # and nobody can be told


class Duty:
    """Whether a co-ordinator is on duty now, and who is on call when none is."""

    def __init__(self, centres: Centres, clock: Clock, on_call: OnCall) -> None:
        self._centres = centres
        self._clock = clock
        self._on_call = on_call

    def hours_in_words(self, county: str | None) -> dict[str, str]:
        """When somebody is there, and how it is now: `hours` and `now` for a sentence."""
        moment = self._clock().astimezone(LONDON)
        return {"hours": self._centres.said(county), "now": self._centres.at(county, moment).words}

    async def in_an_emergency(self, county: str | None) -> Team:
        """Who hears of an emergency in this county now: as the alarm itself will go up."""
        if not self._is_closed(county):
            return Team.HERE
        told = await self._on_call.recipients(Step.NOBODY_ON_DUTY, county)
        return Team.ON_CALL if told else Team.AWAY

    def otherwise(self, county: str | None) -> Team:
        """The same for what is no emergency: nobody is called for it out of hours."""
        return Team.AWAY if self._is_closed(county) else Team.HERE

    def back(self, county: str | None) -> str:
        """When the team is back, in words: `tomorrow at 7 am`, `on Monday at 9 am`."""
        moment = self._clock().astimezone(LONDON)
        words = self._centres.at(county, moment).words.removeprefix("closed, opens ")
        day, _, time = words.partition(" ")
        if day == f"{moment + timedelta(days=1):%A}":
            day = "tomorrow"
        return f"{day if day in NEAR else f'on {day}'} at {time}"

    def say_if_nobody(
        self, dispatcher: CollectingDispatcher, county: str | None, said_in: Tongue | None = None
    ) -> bool:
        """Say so when the centre of this county is closed; whether it is.

        In their language first for whoever is spoken with in it; when they are back, in English.
        """
        if closed := self._is_closed(county):
            if said_in and said_in.code != UNDETERMINED:
                say_in(dispatcher, said_in, said_in.away)
            dispatcher.utter_message(response=Utter.NOBODY_ON_DUTY, back=self.back(county))
        return closed

    def _is_closed(self, county: str | None) -> bool:
        return self._centres.at(county, self._clock().astimezone(LONDON)).open_now is False
