"""What help a message is after (a lawyer, a lock, someone at court), learned from examples.

A linear reader over the sentence embedding. Aims that nothing tells surely are not told:
who helps after any crime is then the answer, and what the words of a wish name outright still
counts (knowledge/directory/topics.csv). knowledge/directory/aims.csv says who gives what help.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from nlu.embedding import SentenceEmbedding

Array = NDArray[np.float32]

KEPT = "aims.npz"
EXAMPLES = Path(__file__).parent / "examples" / "wishes.yml"
# Who writes and where they live says nothing of what they are after: told with every aim alike.
WHO = ("I'm 70", "man of 34", "woman, 52", "26, female", "I'm a bloke", "my mum is 81",
       "she is 19")  # fmt: skip
TOWNS = ("Ely", "Hitchin", "Watford", "Wisbech", "St Albans", "Peterborough", "Ware", "Huntingdon",
         "Stevenage", "Cambridge", "Hemel", "March", "Royston")  # fmt: skip
GENERAL = "general"  # help after any crime: no aim of its own
LOOSENESS = 20.0
STEPS = 1000
# Chosen on wishes of the development sets (tests/knowledge/directory).
SURE = 0.35


class AimReader:
    """Names the one aim of a message that is surer than ``SURE``, if there is one."""

    def __init__(self, aims: Sequence[str], weights: Array, bias: Array) -> None:
        self.aims = list(aims)
        self._weights = weights
        self._bias = bias

    @classmethod
    def train(cls, embedding: SentenceEmbedding) -> AimReader:
        """Learn the examples of nlu/examples/wishes.yml."""
        said = [pair for at, one in enumerate(examples()) for pair in _with_who(at, *one)]
        model = LogisticRegression(C=LOOSENESS, max_iter=STEPS)
        model.fit(embedding.embed([text for text, _ in said]), [aim for _, aim in said])
        weights, bias = model.coef_.astype(np.float32), model.intercept_.astype(np.float32)
        return cls([str(aim) for aim in model.classes_], weights, bias)

    def read(self, vector: Array) -> tuple[str, ...]:
        """The aim of the message with this embedding; empty when none is sure."""
        odds = self.odds(vector)
        best = int(odds.argmax())
        is_told = odds[best] >= SURE and self.aims[best] != GENERAL
        return (self.aims[best],) if is_told else ()

    def odds(self, vector: Array) -> Array:
        """How likely each of ``aims`` is."""
        scores = self._weights @ vector + self._bias
        odds: Array = np.exp(scores - scores.max())
        odds /= odds.sum()
        return odds

    def save(self, path: Path) -> None:
        """Keep it in a file of plain arrays."""
        np.savez(path, aims=np.array(self.aims), weights=self._weights, bias=self._bias)

    @classmethod
    def load(cls, path: Path) -> AimReader:
        """What `save` kept."""
        with np.load(path, allow_pickle=False) as kept:
            aims = [str(aim) for aim in kept["aims"]]
            return cls(aims, kept["weights"], kept["bias"])


def examples() -> Iterator[tuple[str, str]]:
    """Every example with its aim."""
    for aim, texts in yaml.safe_load(EXAMPLES.read_text("utf-8")).items():
        for text in texts.splitlines():
            yield text, aim


def _with_who(number: int, text: str, aim: str) -> Iterator[tuple[str, str]]:
    yield text, aim
    yield f"{text}. {TOWNS[number % len(TOWNS)]}", aim
    yield f"{WHO[number % len(WHO)]}, {text}", aim
