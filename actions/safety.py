"""What is said first when a message carries risk. The alarm itself is raised by reception."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.duty import Duty, Team
from actions.find_services import ServiceCards
from actions.meant import says_not_safe
from actions.names import ActionName, Slot, Utter
from actions.reading import Turn, county_of, language_of, slot, turn_of
from actions.tongues import Tongue, say_in, tongue
from knowledge.directory import Query
from knowledge.directory.person import read

# The first of a message's categories that has words of its own decides which are said.
# All of these begin with 999 and how to reach it without speaking: somebody may be near.
ATTACK_WORDS = {
    "domestic_abuse": Utter.EMERGENCY_DOMESTIC_ABUSE,
    "sexual_violence": Utter.EMERGENCY_SEXUAL_VIOLENCE,
    "stalking_harassment": Utter.EMERGENCY_STALKING,
    "honour_based_abuse": Utter.EMERGENCY_HONOUR,
    "modern_slavery": Utter.EMERGENCY_SLAVERY,
    "threat_to_life": Utter.EMERGENCY_THREAT,
    "vulnerable_adult": Utter.EMERGENCY_VULNERABLE_ADULT,
    "hate_crime": Utter.EMERGENCY_HATE,
}
EMERGENCY_WORDS = {
    "suicide_self_harm": Utter.EMERGENCY_SUICIDE,
    "child_at_risk": Utter.EMERGENCY_CHILD,
    **ATTACK_WORDS,
    "mental_health_crisis": Utter.EMERGENCY_CRISIS,
    "harm_to_others": Utter.EMERGENCY_HARM,
}
URGENT_WORDS = {
    "suicide_self_harm": Utter.URGENT_SUICIDE,
    "domestic_abuse": Utter.URGENT_DOMESTIC_ABUSE,
    "sexual_violence": Utter.URGENT_SEXUAL_VIOLENCE,
    "child_at_risk": Utter.URGENT_CHILD,
    "stalking_harassment": Utter.URGENT_STALKING,
    "honour_based_abuse": Utter.URGENT_HONOUR,
    "modern_slavery": Utter.URGENT_SLAVERY,
    "vulnerable_adult": Utter.URGENT_VULNERABLE_ADULT,
    "threat_to_life": Utter.URGENT_THREAT,
    "hate_crime": Utter.URGENT_HATE,
    "mental_health_crisis": Utter.URGENT_CRISIS,
    "harm_to_others": Utter.URGENT_HARM,
}
# What is true of the team comes after the first words.
EMERGENCY_TEAM = {
    Team.HERE: Utter.EMERGENCY_TOLD,
    Team.ON_CALL: Utter.EMERGENCY_ON_CALL,
    Team.AWAY: Utter.EMERGENCY_NOBODY,
}
QUIET_TEAM = {
    Team.HERE: Utter.QUIET,
    Team.ON_CALL: Utter.QUIET_ON_CALL,
    Team.AWAY: Utter.QUIET_NOBODY,
}
# Said to whoever lived through it: who lost somebody by it hears the words for anything.
OF_THE_HURT = frozenset(
    {Utter.EMERGENCY_DOMESTIC_ABUSE, Utter.EMERGENCY_SEXUAL_VIOLENCE}
    | {Utter.URGENT_DOMESTIC_ABUSE, Utter.URGENT_SEXUAL_VIOLENCE}
)
URGENT_TEAM = {Team.HERE: Utter.URGENT_ASKED, Team.AWAY: Utter.URGENT_NOBODY}
# Whoever was held by it must see a doctor, at any age.
NECK = re.compile(r"\b(?:neck|throat|strangl\w*|chok\w*|breathe)\b", re.IGNORECASE)
AT_HOME = "domestic_abuse"
DESPAIR = "suicide_self_harm"
SAFE_NOW = "safe_now"
SAFE_TO_WRITE = "safe_to_write"  # a question of its own: a yes to it says nothing of being safe
FALSE_ALARM = "false_alarm"  # the choice by which the questions go on after an alarm
_WELL = r"(?:safe|fine|ok(?:ay)?|all ?right)\b"
_VERY = r"(?: (?:all|quite|perfectly|really|totally|very|both|still|honestly|completely))*"
NO_DANGER = re.compile(
    r"\b(?:not|no ?one|nobody|never|no|isn't|aren't|wasn't) (?:\w+ ){0,3}?"
    r"(?:danger|emergency|at risk)\b"
    r"|\bfalse alarm\b|\b(?:don'?t|do not) need (?:an? |the |any )?(?:emergency|999|ambulance)\b"
    rf"|\b(?:i'?m|i am|(?:we|they)(?:'?re| are)|(?:he|she)(?:'?s| is)){_VERY} {_WELL}"
    rf"|\bit(?:'?s| is){_VERY} safe\b|^\W*(?:yes|yeah|yep|yh|ye|yup)?\W*(?:quite |all )?safe\b"
    r"|\bcarry on\b|\bgo on with\b|\b(?:go back to|get on with) the questions\b"
    r"|\b(?:can|could|shall|let'?s|please)(?: \w+){0,2} (?:go on|continue)\b"
    r"|\b(?:got|read|took|understood) (?:\w+ ){0,3}wrong\b|\bmis(?:read|under\w+|took)\b"
    r"|\bover ?react\w*",
    re.IGNORECASE,
)
NOT_SAFE_AFTER_ALL = re.compile(
    rf"\b(?:not|never|isn'?t|aren'?t|no longer|hardly) (?:\w+ )?{_WELL}|\bunsafe\b"
    r"|\b(?:can'?t|cannot|can not|won'?t|don'?t want to|not) (?:\w+ ){0,2}(?:go|carry) on\b",
    re.IGNORECASE,
)
ANYONE = "anyone"  # lines for whatever happened
YOUNG, BEREAVED = "young", "bereaved"  # voices (actions/voice.py)


class Safety(WaymarkAction):
    """999 first in an emergency; the questions end; help that is open now."""

    action = ActionName.SAFETY

    def __init__(self, cards: ServiceCards, duty: Duty) -> None:
        self._cards = cards
        self._duty = duty

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the words of the level and the category, and close any open question."""
        turn = turn_of(tracker)
        times = int(slot(tracker, Slot.SAFETY_TIMES) or 0)
        quiet = bool(slot(tracker, Slot.SAFETY_QUIET))
        starts_quiet = turn.watched and not quiet and not language_of(tracker)
        if starts_quiet:
            await self._quiet_words(dispatcher, turn, tracker)
        elif quiet or (times and turn.holder == "waiting"):
            self._again(dispatcher, turn, tracker)
        else:
            await self._first_words(dispatcher, turn, tracker)
        return [
            ActiveLoop(None),
            SlotSet(Slot.REQUESTED, None),
            SlotSet(Slot.ASKED, SAFE_NOW if starts_quiet else SAFE_TO_WRITE),
            SlotSet(Slot.SEARCH_PLACE_AWAITED, False),  # what is answered next is not a place
            SlotSet(Slot.SAFETY_RESUMED, None),
            SlotSet(Slot.SAFETY_TIMES, times + 1),
            SlotSet(Slot.SAFETY_QUIET, quiet or starts_quiet),
            SlotSet(Slot.LANGUAGE, language_of(tracker)),
        ]

    async def _quiet_words(
        self, dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker
    ) -> None:
        """Few words, and a question that yes or no answers: somebody else may be reading."""
        county = county_of(tracker)
        team = await self._team(turn, county)
        dispatcher.utter_message(response=QUIET_TEAM[team], back=self._duty.back(county))

    @staticmethod
    def _again(dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker) -> None:
        """Short words for somebody who may not be able to read or write much now."""
        emergency = turn.disposition == "emergency"
        if language := language_of(tracker):
            said_in = tongue(language)
            say_in(dispatcher, said_in, said_in.emergency if emergency else said_in.waiting)
        else:
            again = Utter.EMERGENCY_AGAIN if emergency else Utter.URGENT_AGAIN
            without = [FALSE_ALARM] if slot(tracker, Slot.SAFETY_QUIET) else []
            dispatcher.utter_message(response=again, json_message={"without": without})

    async def _first_words(
        self, dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker
    ) -> None:
        emergency, county = turn.disposition == "emergency", county_of(tracker)
        team = await self._team(turn, county)
        if language := language_of(tracker):
            _in_their_language(dispatcher, tongue(language), emergency, team)
        else:
            bereaved = slot(tracker, Slot.VOICE) == BEREAVED
            words = words_for(turn, young=_is_young(turn, tracker), bereaved=bereaved)
            dispatcher.utter_message(response=words)
        if not (language and team is Team.HERE):  # their own words said it already
            of_the_team = EMERGENCY_TEAM if emergency else URGENT_TEAM
            dispatcher.utter_message(response=of_the_team[team], back=self._duty.back(county))
        if team is Team.AWAY or not emergency:
            self._show_lines(dispatcher, turn, tracker)
        if language:
            say_in(dispatcher, tongue(language), tongue(language).keep_writing)
        elif not emergency:
            dispatcher.utter_message(response=Utter.URGENT_COMPANY)
        elif team is Team.AWAY:
            dispatcher.utter_message(response=Utter.EMERGENCY_COMPANY)

    async def _team(self, turn: Turn, county: str | None) -> Team:
        if turn.disposition == "emergency":
            return await self._duty.in_an_emergency(county)
        return self._duty.otherwise(county)

    def _show_lines(self, dispatcher: CollectingDispatcher, turn: Turn, tracker: Tracker) -> None:
        """Lines for what a message tells; whoever is under 18 gets those that are for them."""
        if _is_young(turn, tracker):
            dispatcher.utter_message(response=Utter.LINES_NOW)
            self._cards.show_of(dispatcher, "children", Query(audience=frozenset({"child"})))
        else:
            self._cards.show_lines(dispatcher, (*_lines_for(turn), ANYONE))


def _in_their_language(
    dispatcher: CollectingDispatcher, said_in: Tongue, emergency: bool, team: Team
) -> None:
    say_in(dispatcher, said_in, said_in.danger(emergency, told=team is Team.HERE))
    if team is not Team.HERE:  # when they are back follows in English
        say_in(dispatcher, said_in, said_in.away)


def _lines_for(turn: Turn) -> tuple[str, ...]:
    """The rows of lines for the categories; a man hurt at home is shown those for men."""
    men = read(Query(text=turn.text)).genders == {"man"}
    return tuple(f"{one}_men" if men and one == AT_HOME else one for one in turn.categories)


def _is_young(turn: Turn, tracker: Tracker) -> bool:
    """Whether somebody under 18 writes, by what they told now or before."""
    now = any(fact["name"] == "under_18" and fact["value"] for fact in turn.facts)
    return now or slot(tracker, Slot.VOICE) == YOUNG or bool(slot(tracker, Slot.YOUNG))


def is_not_safe_to_write(turn: Turn, tracker: Tracker) -> bool:
    """Whether somebody answers in English that it is not safe to keep writing."""
    asked = slot(tracker, Slot.ASKED) == SAFE_TO_WRITE
    return asked and says_not_safe(turn) and not says_no_danger(turn)


def says_no_danger(turn: Turn) -> bool:
    """Whether somebody says that they are in no danger, or wants the questions to go on."""
    said = turn.text.replace("\u2019", "'")
    if NOT_SAFE_AFTER_ALL.search(said):
        return False
    return turn.intent in (FALSE_ALARM, "carry_on") or bool(NO_DANGER.search(said))


def words_for(turn: Turn, *, young: bool = False, bereaved: bool = False) -> Utter:
    """The first words for a message's level and categories, the surest category first.

    What is said of a partner's violence is not for the ``young`` who are hit by others, nor what
    is said to the hurt for the ``bereaved``. What is only guessed is answered by words that fit
    whatever it is, unless it may be despair. Each has its variants for whoever else writes.
    """
    if turn.guessed and turn.categories[:1] != (DESPAIR,):
        return Utter.URGENT if turn.disposition != "emergency" else Utter.EMERGENCY
    near = turn.categories[:1] == ("immediate_danger",)
    if turn.disposition != "emergency":
        # who is surely not safe is not answered by a guess at what else it may be
        words, other = {} if near else URGENT_WORDS, Utter.URGENT
    elif near:
        words, other = ATTACK_WORDS, Utter.EMERGENCY
    else:
        words, other = EMERGENCY_WORDS, Utter.EMERGENCY
    said = next((words[name] for name in turn.categories if name in words), other)
    if bereaved and said in OF_THE_HURT:
        return other
    of_a_partner = said is Utter.URGENT_DOMESTIC_ABUSE and not NECK.search(turn.text)
    return Utter.URGENT_CHILD if young and of_a_partner else said
