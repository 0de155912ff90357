"""Questions whose words or choices depend on what was told already."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, WaymarkAction
from actions.names import ActionName, Slot, Utter
from actions.reading import slot, turn_of
from actions.standing import FIELD_OF
from actions.summary import summary
from actions.wording import Wording
from knowledge.assessment.model import Record
from knowledge.assessment.operations import Assessments

MOST_OPTIONS = 5


class AskNeeds(WaymarkAction):
    """The open question about effects, with the categories that are still open."""

    action = ActionName.ASK_NEEDS

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask; several can be picked at once, and none that was told already."""
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        told = [f"needs={need}" for need, value in record["needs"].items() if value]
        dispatcher.utter_message(
            response=Utter.ASK_NEEDS, json_message={"several": "needs", "without": told}
        )
        return []


class AskVulnerability(WaymarkAction):
    """What may give somebody more rights; several can be picked at once."""

    action = ActionName.ASK_VULNERABILITY

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, with the reason why."""
        dispatcher.utter_message(
            response=Utter.ASK_VULNERABILITY, json_message={"several": "vulnerability"}
        )
        return []


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
    """The short summary, to check and to correct in place."""

    action = ActionName.ASK_SUMMARY

    def __init__(self, assessments: Assessments, wording: Wording) -> None:
        self._assessments = assessments
        self._wording = wording

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Read back what is recorded and ask whether it is right."""
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        supposed = slot(tracker, Slot.SUPPOSED)
        words = summary(record, slot(tracker, Slot.WHO) or "", self._wording, supposed)
        dispatcher.utter_message(response=Utter.ASK_CONFIRM_SUMMARY, summary=words)
        return []


class AskWhich(WaymarkAction):
    """Which part of the record is wrong."""

    action = ActionName.ASK_WHICH

    def __init__(self, assessments: Assessments) -> None:
        self._assessments = assessments

    async def do(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Offer the parts that were told."""
        record = await self._assessments.keep(turn_of(tracker).conversation, [])
        dispatcher.utter_message(
            response=Utter.ASK_WHICH,
            json_message={"without": _not_told(record, slot(tracker, Slot.SUPPOSED) or {})},
        )
        return []


def _not_told(record: Record, supposed: dict[str, Any]) -> list[str]:
    return [
        f"which={question.removeprefix('assessment_')}"
        for question, name in FIELD_OF.items()
        if name not in record["told"] and name not in supposed
    ]
