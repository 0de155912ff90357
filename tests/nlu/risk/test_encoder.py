"""The hand-built graph says what the float weights say."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from nlu.risk.artefact import load_artefact
from nlu.risk.encoder import RiskEncoder
from nlu.risk.encoder_weights import float_weights, load_adapter, padded, token_ids, tokenizer
from nlu.risk.graph import Graph
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.windows import WHOLE, windows

TEXTS = ["my bike was stolen at the station", "he hit me", "is this the police ? i am lost"]


@pytest.fixture(scope="module")
def encoder() -> RiskEncoder:
    return RiskEncoder(load_artefact().encoder)


def test_a_graph_written_by_hand_runs() -> None:
    graph = Graph()
    given = graph.given("x", "float32", ("batch", "width"))
    double = graph.node("MatMul", given, graph.constant(2 * np.eye(3, dtype=np.float32)))
    graph.result("y", graph.node("ReduceMax", double, axes=[-1], keepdims=0), ("batch",))
    session = onnxruntime.InferenceSession(graph.model(), providers=["CPUExecutionProvider"])
    x = np.array([[1, 5, 2], [-1, -2, -3]], np.float32)
    assert session.run(None, {"x": x})[0].tolist() == [10, -2]


def test_it_says_what_the_float_weights_say(encoder: RiskEncoder) -> None:
    tune = pytest.importorskip("nlu.risk.tune")  # TensorFlow stands on the assistant's side only
    float_encoder = tune.Encoder(float_weights())
    float_encoder.resume(load_adapter())
    for text in TEXTS:
        ids, mask = padded([token_ids(tokenizer(), text, None)])
        wanted = float_encoder(ids, mask, 0.0)["disposition"].numpy()
        # int8 and half-precision products part by a little
        assert np.abs(encoder.read([(text, None)]).disposition - wanted).max() < 0.6


def test_texts_read_together_are_read_as_alone(encoder: RiskEncoder) -> None:
    together = encoder.read([(text, None) for text in TEXTS]).disposition
    alone = [encoder.read([(text, None)]).disposition[0] for text in TEXTS]
    # the inputs of a batch share one int8 scale, so that a small difference stays
    assert np.abs(together - np.array(alone)).max() < 0.5


def test_the_question_changes_what_an_answer_means(encoder: RiskEncoder) -> None:
    asked = encoder.read([("no", "safe_now"), ("no", "reported")]).disposition
    assert asked[0].argmax() != 0
    assert asked[1].argmax() == 0


def test_a_long_message_is_read_in_windows_to_its_end() -> None:
    reader = Reader(Normaliser(), Lexicon())
    parts = windows(reader.read("we went to the shop and it was shut . " * WHOLE + "the end"))
    assert len(parts) > 2
    assert parts[-1].endswith("the end")
