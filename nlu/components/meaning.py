"""The Rasa component that names a message's intent and the crime it tells of."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.shared import embedding
from nlu.meaning import ASK_PERSON, Meaning, MeaningReader, clauses_of

CRIMES = "crimes"
KEPT = "meaning.npz"
RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(GraphComponent):
    """Learns the labels of nlu/en/ and writes `intent`, `intent_ranking` and `crimes`.

    `crimes` holds (crime type, probability among all labels), the likeliest first.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._reader: MeaningReader | None = None

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
            component._reader = MeaningReader.load(folder / KEPT)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn all examples that have an intent."""
        examples = [item for item in training_data.intent_examples if item.get(TEXT)]
        labels = [item.get_full_intent() for item in examples]
        self._reader = MeaningReader.train(
            [item.get(TEXT) for item in examples], labels, embedding()
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._reader.save(folder / KEPT)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Name each message's meaning."""
        for message in messages:
            if message.get(TEXT) and self._reader is not None:
                self._read(message, self._reader)
        return messages

    def _read(self, message: Message, reader: MeaningReader) -> None:
        text = message.get(TEXT)
        whole, *clauses = embedding().embed([text, *clauses_of(text)])
        ranked = reader.rank(whole)
        if reader.asks_for_person(clauses):
            ranked.insert(0, Meaning(ASK_PERSON, 1.0))
        intents = [
            {"name": meaning.label, "confidence": meaning.confidence}
            for meaning in reader.intents(ranked)
        ]
        crimes = [
            (meaning.label.partition("/")[2], meaning.confidence)
            for meaning in ranked
            if meaning.intent == "tell"
        ]
        message.set(INTENT, intents[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, intents[:RANKED], add_to_output=True)
        message.set(CRIMES, crimes[:RANKED])
