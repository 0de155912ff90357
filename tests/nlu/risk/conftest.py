"""The trained recogniser, once for all tests of this room."""

from __future__ import annotations

import pytest

from nlu.embedding import SentenceEmbedding
from nlu.risk import Recogniser


@pytest.fixture(scope="session")
def embedding() -> SentenceEmbedding:
    return SentenceEmbedding.installed()


@pytest.fixture(scope="session")
def rules_only(embedding: SentenceEmbedding) -> Recogniser:
    made = Recogniser(embedding, None)
    made.recognise("he hit me")  # the first look is slow, as `load` knows: late counts as urgent
    return made


@pytest.fixture(scope="session")
def recogniser() -> Recogniser:
    return Recogniser.load()
