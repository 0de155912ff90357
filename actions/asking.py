"""Questions whose words or choices depend on what was told already."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.agreeing import is_unsure
from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import consent_is_open, slot, turn_of
from actions.standing import FIELD_OF, QUESTIONS, Course
from actions.summary import picked_words, summary
from actions.wording import Wording
from knowledge.assessment.contact import HOW, Contact
from knowledge.assessment.model import Record
from knowledge.assessment.operations import Assessments

MOST_OPTIONS = 5
CANNOT_HEAR = frozenset({"text_relay", "BSL"})


class AskNeeds(WaymarkAction):
    """The open question about effects, with the categories that are still open."""

    action = ActionName.ASK_NEEDS

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask; several can be picked at once, and none that was told already.

        Put once more, all can be picked: what is picked then takes the place of what was told.
        """
        turn = turn_of(tracker)
        record = await self._assessments.keep(turn.conversation, [])
        if turn.again is Slot.NEEDS and "needs" in record["told"]:
            words = "; ".join(picked_words(record, "needs", self._wording))
            _ask_afresh(dispatcher, Utter.ASK_NEEDS_AGAIN, "needs", words)
            return []
        told = [f"needs={need}" for need, value in record["needs"].items() if value]
        dispatcher.utter_message(
            response=Utter.ASK_NEEDS, json_message={"several": "needs", "without": told}
        )
        return []


class AskVulnerability(WaymarkAction):
    """What may give somebody more rights; several can be picked at once."""

    action = ActionName.ASK_VULNERABILITY

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, with the reason why; whether it goes on is not asked of whoever told that."""
        turn = turn_of(tracker)
        record = await self._assessments.keep(turn.conversation, [])
        if turn.again is Slot.VULNERABILITY and "vulnerability" in record["told"]:
            words = "; ".join(picked_words(record, "vulnerability", self._wording))
            _ask_afresh(dispatcher, Utter.ASK_VULNERABILITY_AGAIN, "vulnerability", words)
            return []
        told = ["vulnerability=targeted"] if record["repeated"] is not None else []
        dispatcher.utter_message(
            response=Utter.ASK_VULNERABILITY,
            json_message={"several": "vulnerability", "without": told},
        )
        return []


def _ask_afresh(dispatcher: CollectingDispatcher, response: Utter, field: str, noted: str) -> None:
    dispatcher.utter_message(response=response, noted=noted, json_message={"several": field})


class AskContact(WaymarkAction):
    """How a co-ordinator may get in touch, without the ways that are not safe."""

    action = ActionName.ASK_CONTACT

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask; where a way that was wished for is not safe after all, ask for another one."""
        turn = turn_of(tracker)
        contact = (await self._assessments.keep(turn.conversation, []))["contact"]
        was_asked = contact["wanted"] or turn.asked is Slot.CONTACT
        another = was_asked and contact["how"] is None and bool({*contact["avoid"]} & {*HOW})
        dispatcher.utter_message(
            response=Utter.ASK_CONTACT_ELSE if another else Utter.ASK_CONTACT,
            json_message={"without": [f"contact={way}" for way in _ruled_out(contact)]},
        )
        return []


def _ruled_out(contact: Contact) -> list[str]:
    """What is not safe; nor is a call offered to somebody who can't hear it."""
    no_call = CANNOT_HEAR & {*contact["adjustments"]} and "phone" not in contact["avoid"]
    return [*contact["avoid"], *(["phone"] if no_call else [])]


class AskClarify(WaymarkAction):
    """Words that may mean several things are asked about, never guessed."""

    action = ActionName.ASK_CLARIFY

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask which is meant, with what it may be."""
        unclear = slot(tracker, Slot.UNCLEAR) or {"as_said": "", "options": []}
        buttons = [
            {"title": self._title(option), "payload": f"clarify={number}"}
            for number, option in enumerate(unclear["options"][:MOST_OPTIONS])
        ]
        dispatcher.utter_message(
            response=Utter.ASK_CLARIFY, words=unclear["as_said"], buttons=buttons
        )
        return []

    def _title(self, option: dict[str, Any]) -> str:
        value = option["value"]
        if option["name"] == "occurred":
            return self._wording.of("clarify", "time").format(value["as_said"])
        said, district = value["as_said"], (value.get("district") or "").replace("-", " ").title()
        same = district.casefold() == said.casefold()
        return said if same or not district else f"{said} ({district})"


class AskSummary(WaymarkAction):
    """The short summary, to check and to correct in place, and whether it may be passed on."""

    action = ActionName.ASK_SUMMARY

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Read back what is recorded; one yes says that it is right and may be passed on.

        What was answered by neither a yes nor a plain no is asked back in other words.
        """
        if is_unsure(turn_of(tracker)) and slot(tracker, Slot.MISSES):
            dispatcher.utter_message(response=Utter.ASK_CONSENT_OR_WRONG)
            return []
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        supposed = slot(tracker, Slot.SUPPOSED)
        words = summary(record, slot(tracker, Slot.WHO) or "", self._wording, supposed)
        both = consent_is_open(tracker)
        asked = Utter.ASK_CONSENT_TO_SUMMARY if both else Utter.ASK_CONFIRM_SUMMARY
        dispatcher.utter_message(response=asked, summary=words)
        return []


class AskWhich(WaymarkAction):
    """Which part of the record is wrong."""

    action = ActionName.ASK_WHICH

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Offer the parts that were told."""
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        without = _not_told(record, slot(tracker, Slot.SUPPOSED) or {})
        if not (consent_is_open(tracker) and _only_summary_is_left(tracker)):
            without.append("consent=no")
        dispatcher.utter_message(response=Utter.ASK_WHICH, json_message={"without": without})
        return []


def _only_summary_is_left(tracker: Tracker) -> bool:
    return Course({one: slot(tracker, one) for one in QUESTIONS}).is_at_its_end()


def _not_told(record: Record, supposed: dict[str, Any]) -> list[str]:
    return [
        f"which={question.removeprefix('assessment_')}"
        for question, name in FIELD_OF.items()
        if name not in record["told"] and name not in supposed
    ]
