"""All that is learned from examples: what a message means, who writes, when, police or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlu import examples, times, ways
from nlu.embedding import SentenceEmbedding
from nlu.examples import Example
from nlu.facts import crime
from nlu.facts.plain import plain_of
from nlu.meaning import Array, MeaningReader, intent_of
from nlu.mentions import MentionReader

KEPT = "meaning.npz"
UNNAMED = "unnamed"
KINDS: dict[str, type[MeaningReader] | type[MentionReader]] = {
    "MeaningReader": MeaningReader,
    "MentionReader": MentionReader,
}


@dataclass(frozen=True)
class Readers:
    """The classifiers, each learned from its own examples and kept in one file."""

    meaning: MeaningReader
    crime: MeaningReader
    role: MeaningReader
    reported: MeaningReader
    safe: MeaningReader
    repeated: MeaningReader
    vulnerability: MeaningReader
    times: MentionReader
    ways: MentionReader

    @classmethod
    def train(cls, said: Iterable[Example], embedding: SentenceEmbedding) -> Readers:
        """Learn from labelled messages (nlu/en/) and the examples of nlu/examples/."""
        meant = [*said, *examples.answers(), *examples.crimes()]
        given = {
            "meaning": list(map(_intent, meant)),
            "crime": list(examples.of_crime(meant, named_crime)),
            "role": list(examples.of_role(meant)),
            "reported": list(examples.of_reported()),
            "safe": list(examples.of_safety(meant)),
            "repeated": list(examples.of_repetition()),
            "vulnerability": list(examples.of_vulnerability()),
        }
        texts = list({one.text: None for some in given.values() for one in some})
        vectors = dict(zip(texts, embedding.embed_many(texts), strict=True))
        # The learning itself runs outside Python's lock: as many at once as there are processors.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            readers = {name: pool.submit(_trained, some, vectors) for name, some in given.items()}
            learned: dict[str, Any] = {
                "times": times.train(examples.told(), embedding),
                "ways": ways.train(examples.wished(), embedding),
            }
        learned |= {name: reader.result() for name, reader in readers.items()}
        return cls(**learned)

    def save(self, path: Path) -> None:
        """Keep them in one file of plain arrays."""
        arrays: dict[str, NDArray[Any]] = {}
        for field in fields(self):
            kept = getattr(self, field.name).arrays()
            arrays |= {f"{field.name}/{name}": array for name, array in kept.items()}
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> Readers:
        """What `save` kept."""
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        learned: dict[str, Any] = {
            field.name: KINDS[str(field.type)].of_arrays(_of(arrays, field.name))
            for field in fields(cls)
        }
        return cls(**learned)


def named_crime(text: str) -> str:
    """The crime that the words of a text name outright, as the classifier of crimes is told it."""
    hit = crime.named(plain_of(text))
    return hit.group.name if hit else UNNAMED


def _of(arrays: Mapping[str, NDArray[Any]], reader: str) -> dict[str, NDArray[Any]]:
    start = f"{reader}/"
    return {name[len(start) :]: kept for name, kept in arrays.items() if name.startswith(start)}


def _intent(example: Example) -> Example:
    """The example with the label that the classifier of meaning learns."""
    intent = intent_of(example.label)
    label = example.label if intent == examples.TELL else intent
    return Example(example.text, example.question, label)


def _trained(given: Iterable[Example], vectors: Mapping[str, Array]) -> MeaningReader:
    unique = list(dict.fromkeys(given))
    return MeaningReader.train(
        [one.text for one in unique],
        [one.label for one in unique],
        np.stack([vectors[one.text] for one in unique]),
        [one.question for one in unique],
    )
