"""The hand-built graph says what the float weights say."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from nlu.risk.artefact import load_artefact
from nlu.risk.encoder import Heard, RiskEncoder, in_steps
from nlu.risk.encoder_weights import float_weights, load_adapter, padded, token_row, tokenizer
from nlu.risk.graph import Graph
from nlu.risk.normalise import Normaliser
from nlu.risk.reading import Reader
from nlu.risk.rulebook import Lexicon
from nlu.risk.windows import WHOLE, windows

HEARD = [
    Heard("my bike was stolen at the station"),
    Heard("he hit me"),
    Heard("is this the police ? i am lost", "welcome"),
    Heard("he is downstairs", "safe_now", "my grandson fitted a new lock after the burglary"),
]


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


def test_two_products_fit_into_the_16_bits_of_older_processors() -> None:
    weight = np.random.default_rng(7).normal(size=(384, 64)).astype(np.float32)
    steps, scale = in_steps(weight)
    assert 2 * 255 * np.abs(steps.astype(int)).max() <= np.iinfo(np.int16).max
    assert (np.abs(steps * scale - weight) <= scale / 2 + 1e-6).all()


def test_it_says_what_the_float_weights_say(encoder: RiskEncoder) -> None:
    tune = pytest.importorskip("nlu.risk.tune")  # TensorFlow stands on the assistant's side only
    float_encoder = tune.Encoder(float_weights())
    float_encoder.resume(load_adapter())
    for heard in HEARD:
        wanted = float_encoder(*padded([token_row(tokenizer(), *heard)]), 0.0)["disposition"]
        # int8 and half-precision products part by a little
        assert np.abs(encoder.read([heard]).disposition - wanted.numpy()).max() < 0.3


def test_texts_read_together_are_read_as_alone(encoder: RiskEncoder) -> None:
    together = encoder.read(HEARD).disposition
    alone = [encoder.read([heard]).disposition[0] for heard in HEARD]
    assert np.abs(together - np.array(alone)).max() < 0.01


def test_the_question_changes_what_an_answer_means(encoder: RiskEncoder) -> None:
    asked = encoder.read([Heard("no", "safe_now"), Heard("no", "reported")]).disposition
    assert asked[0].argmax() != 0
    assert asked[1].argmax() == 0


def test_a_long_message_is_read_in_windows_to_its_end() -> None:
    reader = Reader(Normaliser(), Lexicon())
    parts = windows(reader.read("we went to the shop and it was shut . " * WHOLE + "the end"))
    assert len(parts) > 2
    assert parts[-1].endswith("the end")
