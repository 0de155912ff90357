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

from nlu.answers import Answers
from nlu.components.shared import embedding, readers
from nlu.examples import Example
from nlu.readers import KEPT, Readers
from nlu.risk.languages import language
from nlu.understanding import Reading, Understanding

LANGUAGE = "language"
ABOUT = "about"
ASIDE = "aside"
ODDS = "odds"
TELLS_NOTHING = "tells_nothing"
ASKS = "asks"
MENTIONS = "mentions"
RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeaningClassifier(GraphComponent):
    """Learns the labels of nlu/en/; writes `intent`, its ranking, `odds`, and what stands below.

    `language` is the code of a message that is not English, else None.
    `about` is the crime that a search seems to be about, told or not, else None.
    `aside` is the name of a question with an answer of its own (patterns/asides.yml), else None.
    `odds` holds for some facts their values and how sure each is, the surest first. The message's
    metadata may hold `question` (what was being asked); an answer is read with it.
    """

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._readers: Readers | None = None

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
            component._readers = readers(folder / KEPT)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn all examples that have an intent, and those of nlu/examples/."""
        said = [
            Example(item.get(TEXT), None, item.get_full_intent())
            for item in training_data.intent_examples
            if item.get(TEXT)
        ]
        self._readers = Readers.train(said, embedding())
        with self._model_storage.write_to(self._resource) as folder:
            self._readers.save(folder / KEPT)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Name each message's meaning."""
        said = [message for message in messages if message.get(TEXT)]
        if self._readers is not None and said:
            understanding = Understanding(self._readers, embedding(), Answers.load())
            pairs = [(message.get(TEXT), _question(message)) for message in said]
            for message, reading in zip(said, understanding.read(pairs), strict=True):
                _write(message, reading)
                message.set(LANGUAGE, language(message.get(TEXT)), add_to_output=True)
        return messages


def _question(message: Message) -> str | None:
    return (message.get("metadata") or {}).get("question")


def _write(message: Message, reading: Reading) -> None:
    intents = [
        {"name": meaning.label, "confidence": meaning.confidence}
        for meaning in reading.intents[:RANKED]
    ]
    message.set(INTENT, intents[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, intents, add_to_output=True)
    # all of them, as `make understand` has them: what is told at all is their sum
    message.set(ABOUT, reading.about, add_to_output=True)
    message.set(ASIDE, reading.aside, add_to_output=True)
    message.set(ODDS, dict(reading.odds))
    message.set(TELLS_NOTHING, reading.tells_nothing)
    message.set(ASKS, reading.asks)
    message.set(MENTIONS, reading.mentions)
