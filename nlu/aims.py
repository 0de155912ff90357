"""What help a message is after (a lawyer, a lock, someone at court), learned from examples.

Every aim is told with how likely it is; knowledge/directory/aims.py says how surely one must be
told to be gone by, knowledge/directory/aims.csv who gives what help.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from nlu.embedding import SentenceEmbedding, Vectors
from nlu.meaning import MeaningReader

KEPT = "aims.npz"
EXAMPLES = Path(__file__).parent / "examples" / "wishes.yml"
# Who writes and where they live says nothing of what they are after: told with every aim alike.
WHO = ("I'm 70", "man of 34", "woman, 52", "26, female", "I'm a bloke", "my mum is 81",
       "she is 19")  # fmt: skip
TOWNS = ("Ely", "Hitchin", "Watford", "Wisbech", "St Albans", "Peterborough", "Ware", "Huntingdon",
         "Stevenage", "Cambridge", "Hemel", "March", "Royston")  # fmt: skip
GENERAL = "general"  # help after any crime: no aim of its own
LEAST = 0.01  # what is less likely is not worth a word

Aim = tuple[str, float]


class AimReader:
    """Names the aims that a message may have, the likeliest first."""

    def __init__(self, reader: MeaningReader) -> None:
        self._reader = reader

    @classmethod
    def train(cls, embedding: SentenceEmbedding) -> AimReader:
        """Learn the examples of nlu/examples/wishes.yml."""
        said = [pair for at, one in enumerate(examples()) for pair in _with_who(at, *one)]
        texts, aims = [text for text, _ in said], [aim for _, aim in said]
        return cls(MeaningReader.train(texts, aims, embedding.embed_many(texts)))

    @property
    def aims(self) -> list[str]:
        """Every aim it knows."""
        return self._reader.labels

    def read(self, text: str, vector: Vectors) -> list[Aim]:
        """The aims of a message with this embedding, and how likely each is."""
        ranked = self._reader.rank(text, vector)
        return [(one.label, round(one.confidence, 3)) for one in ranked if one.confidence >= LEAST]

    def save(self, path: Path) -> None:
        """Keep it in a file of plain arrays."""
        np.savez(path, **self._reader.arrays())

    @classmethod
    def load(cls, path: Path) -> AimReader:
        """What `save` kept."""
        with np.load(path, allow_pickle=False) as kept:
            return cls(MeaningReader.of_arrays(kept))


def examples() -> Iterator[tuple[str, str]]:
    """Every example with its aim."""
    for aim, texts in yaml.safe_load(EXAMPLES.read_text("utf-8")).items():
        for text in texts.splitlines():
            yield text, aim


def _with_who(number: int, text: str, aim: str) -> Iterator[tuple[str, str]]:
    yield text, aim
    yield f"{text}. {TOWNS[number % len(TOWNS)]}", aim
    yield f"{WHO[number % len(WHO)]}, {text}", aim
