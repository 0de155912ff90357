"""The sentence embedding: near in meaning is near in the vectors, alone and in company."""

from __future__ import annotations

import numpy as np
import pytest

from nlu.embedding import Remembering, SentenceEmbedding

NEAR = [
    ("my house was burgled", "somebody broke into our home"),
    ("i feel scared at night", "i am afraid when it is dark"),
    ("where can i find a solicitor", "who gives legal advice"),
]


@pytest.fixture(scope="module")
def embedding() -> SentenceEmbedding:
    return SentenceEmbedding.installed()


def test_what_means_the_same_is_nearest(embedding: SentenceEmbedding) -> None:
    ones, others = (embedding.embed([pair[at] for pair in NEAR]) for at in (0, 1))
    assert (ones @ others.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_text_reads_the_same_alone_and_among_longer_ones(embedding: SentenceEmbedding) -> None:
    alone = embedding.embed(["he followed me home"])[0]
    among = embedding.embed(["he followed me home", "and then he waited " * 12])[0]
    assert float(alone @ among) == pytest.approx(1.0, abs=1e-4)


def test_remembering_changes_nothing(embedding: SentenceEmbedding) -> None:
    remembering = Remembering.installed()
    for text in ("one text", "one text", "another", ""):
        again = remembering.embed([text])
        assert np.array_equal(again, embedding.embed([text]))
        again[:] = 0  # what a reader does to its copy is its own affair
