"""What several components use and one process needs once."""

import hashlib
from functools import cache
from pathlib import Path

from knowledge.places import Gazetteer
from nlu.embedding import Remembering, SentenceEmbedding
from nlu.facts import FactFinder
from nlu.readers import Readers
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


def readers(path: Path) -> Readers:
    """What `Readers.save` kept in a file; a file with the same content is opened once."""
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    if content not in _opened:
        _opened.clear()  # a process answers by one model
        _opened[content] = Readers.load(path)
        _opened[content].meaning.words  # noqa: B018  (made once, before the engines divide)
    return _opened[content]


_opened: dict[str, Readers] = {}
