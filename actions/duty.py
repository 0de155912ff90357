"""Saying honestly when nobody from the team is there."""

from rasa_sdk.executor import CollectingDispatcher

from actions.names import Utter
from knowledge.centres import Centres
from knowledge.clock import LONDON, Clock


class Duty:
    """Whether a co-ordinator is on duty now."""

    def __init__(self, centres: Centres, clock: Clock) -> None:
        self._centres = centres
        self._clock = clock

    def hours_in_words(self, county: str | None) -> dict[str, str]:
        """When somebody is there, and how it is now: `hours` and `now` for a sentence."""
        moment = self._clock().astimezone(LONDON)
        return {"hours": self._centres.said(county), "now": self._centres.at(county, moment).words}

    def say_if_nobody(self, dispatcher: CollectingDispatcher, county: str | None) -> bool:
        """Say so when the centre of this county is closed; whether it is."""
        state = self._centres.at(county, self._clock().astimezone(LONDON))
        if state.open_now is False:
            back = state.words.removeprefix("closed, opens ")
            dispatcher.utter_message(response=Utter.NOBODY_ON_DUTY, back=back)
        return state.open_now is False
