"""The Rasa component that writes what a message tells: crime, place, time and the like."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.meaning import ASKS, MENTIONS, ODDS, TELLS_NOTHING
from nlu.components.shared import fact_finder
from nlu.facts import Reading, help_wanted

FACTS = "facts"
WISH = "help_wish"  # an entity, because rules may ask for one (bot/rules/find_services.yml)
UNCLEAR = "unclear"
SUPPOSED = "supposed"
NOT_KEPT = frozenset({"age"})  # whether somebody is under 18 is enough


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent):
    """Writes `facts`: a list of {"name", "value", "as_said"}, each field at most once.

    Wishes about how help must come (`no_phone`, `open_now`) become entities called `help_wish`.
    Beside them `unclear`: {"name", "as_said", "options": [facts]}, of which one holds; ask.
    And `supposed`: facts told but not surely understood; they are confirmed, not asked for.

    The message's metadata may hold `question` (what was being asked) and `sent_at` (ISO 8601),
    against which days such as `last tuesday` are read.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        """The component; it has nothing to learn."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the facts of each message."""
        for message in messages:
            if message.get(TEXT):
                metadata = message.get("metadata") or {}
                found = _read(message, metadata)
                facts = [fact.as_dict() for fact in found.facts if fact.name not in NOT_KEPT]
                message.set(FACTS, facts, add_to_output=True)
                unclear = [doubt.as_dict() for doubt in found.unclear]
                message.set(UNCLEAR, unclear, add_to_output=True)
                supposed = [fact.as_dict() for fact in found.supposed]
                message.set(SUPPOSED, supposed, add_to_output=True)
                message.set(ENTITIES, _wishes(message.get(TEXT)), add_to_output=True)
        return messages


def _read(message: Message, metadata: dict[str, Any]) -> Reading:
    if message.get(TELLS_NOTHING):
        return Reading(())
    return fact_finder().read(
        message.get(TEXT),
        question=metadata.get("question"),
        today=_day(metadata.get("sent_at")),
        odds=message.get(ODDS) or {},
        asks=bool(message.get(ASKS)),
        mentions=message.get(MENTIONS),
    )


def _wishes(text: str) -> list[dict[str, Any]]:
    return [
        {"entity": WISH, "value": wish.name, "start": wish.start, "end": wish.end}
        for wish in help_wanted.read(text)
    ]


def _day(sent_at: str | None) -> date:
    return datetime.fromisoformat(sent_at).date() if sent_at else date.today()  # noqa: DTZ011
