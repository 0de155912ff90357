"""The Rasa component that tells what help a search is after."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.aims import KEPT, AimReader
from nlu.components.shared import embedding
from nlu.wish import implies, may_imply

AIMS = "aims"
FIND_SERVICES = "find_services"
SEARCHES = frozenset({FIND_SERVICES, "more_services"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class AimFinder(GraphComponent):
    """Learns nlu/examples/wishes.yml; writes the likely `aims` of messages that search."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._reader: AimReader | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        """A component that has learned nothing yet."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> GraphComponent:
        """The component as it was trained."""
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._reader = AimReader.load(folder / KEPT)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the examples of wishes; the other training data tell nothing of them."""
        with self._model_storage.write_to(self._resource) as folder:
            AimReader.train(embedding()).save(folder / KEPT)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Write what help each search may be after; a telling that implies a wish becomes one."""
        for message in messages:
            if self._reader is not None and message.get(TEXT):
                _write(message, self._reader)
        return messages


def _write(message: Message, reader: AimReader) -> None:
    text, intent = message.get(TEXT), (message.get(INTENT) or {}).get("name") or ""
    question = (message.get("metadata") or {}).get("question")
    is_telling = may_imply(intent, question)
    if intent not in SEARCHES and not is_telling:
        return
    aims = reader.read(text, embedding().embed([text])[0])
    if is_telling and not implies(aims):
        return
    if is_telling:
        wish = {"name": FIND_SERVICES, "confidence": aims[0][1]}
        message.set(INTENT, wish, add_to_output=True)
        ranking = [wish, *(message.get(INTENT_RANKING_KEY) or ())]
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(AIMS, [list(aim) for aim in aims], add_to_output=True)
