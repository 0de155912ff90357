"""The Rasa component that marks every message with the recogniser's answer."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.shared import recogniser

RISK = "risk"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RiskMarker(GraphComponent):
    """Writes `risk`: {"disposition", "categories", "evidence"} (nlu/risk/)."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        """The component; the recogniser is trained on its own."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark each message."""
        for message in messages:
            metadata = message.get("metadata") or {}
            risk = (
                metadata.get(RISK)
                or recogniser()
                .recognise(
                    message.get(TEXT) or "", metadata.get("question"), metadata.get("shown") or ()
                )
                .as_dict()
            )
            message.set(RISK, risk, add_to_output=True)
        return messages
