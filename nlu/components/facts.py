"""The Rasa component that writes what a message tells: crime, place, time and the like."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.meaning import ODDS
from nlu.components.shared import fact_finder

FACTS = "facts"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent):
    """Writes `facts`: a list of {"name", "value", "as_said"}, each field at most once.

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
                found = fact_finder().find(
                    message.get(TEXT),
                    question=metadata.get("question"),
                    today=_day(metadata.get("sent_at")),
                    odds=message.get(ODDS) or {},
                )
                message.set(FACTS, [fact.as_dict() for fact in found], add_to_output=True)
        return messages


def _day(sent_at: str | None) -> date:
    return datetime.fromisoformat(sent_at).date() if sent_at else date.today()  # noqa: DTZ011
