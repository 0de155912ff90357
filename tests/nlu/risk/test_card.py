"""The card describes the code and the data that are here."""

from __future__ import annotations

import time

from nlu.risk.artefact import model_digest, sources_digest, trained_digest
from nlu.risk.card import CARD, PICTURE
from nlu.risk.data import digest
from nlu.risk.encoder_weights import ADAPTER, KNOWN, OF_TALKS
from nlu.risk.train import train


def test_the_card_was_made_from_these_sources() -> None:
    assert f"`{sources_digest()}`" in CARD.read_text("utf-8"), "run python -m nlu.risk evaluate"
    assert PICTURE.exists()


def test_training_again_does_nothing_and_is_quick() -> None:
    assert trained_digest() == model_digest(), "run python -m nlu.risk train"
    started = time.perf_counter()
    assert train() is False
    assert time.perf_counter() - started < 1


def test_the_adapter_is_the_one_that_tuning_wrote() -> None:
    assert KNOWN.read_text("utf-8").strip() == digest([ADAPTER, OF_TALKS]), (
        "run python -m nlu.risk tune"
    )
