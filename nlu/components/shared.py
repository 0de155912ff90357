"""What several components use and one process needs once."""

from functools import cache

from knowledge.places import Gazetteer
from nlu.embedding import Remembering, SentenceEmbedding
from nlu.facts import FactFinder
from nlu.risk import Recogniser


@cache
def embedding() -> SentenceEmbedding:
    """The sentence embedding."""
    return Remembering.installed()


@cache
def recogniser() -> Recogniser:
    """The recogniser of risk."""
    return Recogniser.load(embedding=embedding())


@cache
def fact_finder() -> FactFinder:
    """The finder of facts."""
    return FactFinder(Gazetteer.load())
