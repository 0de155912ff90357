"""Encoders at work: int8 graphs for onnxruntime, built from the float weights.

One pass gives what the tuned heads say of a text: its disposition and its kinds of risk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from nlu.risk.encoder_weights import (
    ADAPTER,
    HEADS,
    LAYERS,
    Floats,
    Row,
    Weights,
    adapted,
    float_weights,
    load_adapter,
    padded,
    token_row,
    tokenizer,
)
from nlu.risk.graph import Graph

UINT8, FLOAT = 2, 1  # kinds of onnx.proto3
ZERO = 128  # of the inputs, which the products take as unsigned
STEPS = 63  # of a weight to either side: 7 bits


class Heard(NamedTuple):
    """What the encoder is to read: a text, the question it answers, what was told before."""

    text: str
    question: str | None = None
    earlier: str = ""


@dataclass(frozen=True)
class Said:
    """What the encoder says of some texts, one row each."""

    disposition: Floats  # scores of none, urgent, emergency
    kinds: Floats  # a score a category, in the order of CATEGORIES


class RiskEncoder:
    """Reads texts, each with what surrounds it; on one thread unless told otherwise."""

    def __init__(self, model: bytes | Path, threads: int = 1) -> None:
        """Open a graph; from a file it takes half of the memory that it takes from bytes."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            model if isinstance(model, bytes) else str(model),
            options,
            providers=["CPUExecutionProvider"],
        )
        self._tokenizer = tokenizer()

    def read(self, texts: Sequence[Heard]) -> Said:
        """What the encoder says of each text."""
        # one by one: together they take as long
        outputs = [self._run([token_row(self._tokenizer, *heard)]) for heard in texts]
        return Said(*(np.concatenate(column) for column in zip(*outputs)))  # noqa: B905

    def _run(self, rows: list[Row]) -> list[Floats]:
        names = ("ids", "mask", "judged")
        given = dict(zip(names, padded(rows)))  # noqa: B905 - three of each
        out: list[Floats] = self._session.run(None, given)
        return out


def build(adapter_file: Path = ADAPTER) -> bytes:
    """The graph of the installed encoder with a kept adapter, as an ONNX file."""
    plain, adapter = float_weights(), load_adapter(adapter_file)
    graph = Graph()
    ids = graph.given("ids", "int64", ("batch", "tokens"))
    mask = graph.given("mask", "float32", ("batch", "tokens"))
    shape = Shape(graph, mask, graph.given("judged", "float32", ("batch", "tokens")))
    start = embedded(graph, plain, ids)
    tuned = Layers(graph, adapted(plain, adapter), shape).run(start)
    pooled = graph.node("Concat", shape.mean(tuned), shape.highest(tuned), axis=-1)
    for name in ("disposition", "kinds"):
        head = graph.constant(adapter[f"head.{name}.weight"])
        bias = graph.constant(adapter[f"head.{name}.bias"])
        said = graph.node("Add", graph.node("MatMul", pooled, head), bias)
        graph.result(name, said, ("batch", name))
    return graph.model()


class Shape:
    """The masks (no padding; what is judged) in the forms that layers and heads need."""

    def __init__(self, graph: Graph, mask: str, judged: str) -> None:
        self._graph = graph
        self.shown = graph.node("Unsqueeze", judged, graph.constant(np.array([2])))
        both = graph.node("Unsqueeze", mask, graph.constant(np.array([1, 2])))
        one = graph.constant(np.array(1, np.float32))
        far = graph.constant(np.array(-1e9, np.float32))
        self.hidden = graph.node("Mul", graph.node("Sub", one, both), far)
        low = graph.constant(np.array(-1e4, np.float32))
        self._low = graph.node("Mul", graph.node("Sub", one, self.shown), low)
        self._count = graph.node(
            "ReduceSum", self.shown, graph.constant(np.array([1])), keepdims=0
        )

    def mean(self, states: str) -> str:
        """The mean over the tokens that are judged."""
        graph = self._graph
        total = graph.node(
            "ReduceSum",
            graph.node("Mul", states, self.shown),
            graph.constant(np.array([1])),
            keepdims=0,
        )
        return graph.node("Div", total, self._count)

    def highest(self, states: str) -> str:
        """The highest value over the tokens that are judged."""
        shown = self._graph.node("Add", states, self._low)
        return self._graph.node("ReduceMax", shown, axes=[1], keepdims=0)


class Layers:
    """The encoder's layers with one set of weights.

    Products are made of int8: weights with a scale for each output, inputs with one for each
    token. One scale for a whole text, by its largest value, put twice as much noise between what
    is said and what the float weights say.
    """

    def __init__(self, graph: Graph, weights: Weights, shape: Shape) -> None:
        self._graph, self._weights, self._hidden = graph, weights, shape.hidden

    def run(self, states: str) -> str:
        """All layers, one after another."""
        for layer in range(LAYERS):
            states = self._layer(states, f"encoder.layer.{layer}.")
        return states

    def _layer(self, states: str, prefix: str) -> str:
        graph = self._graph
        query, key, value = self._looks(states, f"{prefix}attention.self.")
        width = graph.constant(np.array((384 / HEADS) ** -0.5, np.float32))
        scores = graph.node("Mul", graph.node("MatMul", query, key), width)
        looked = graph.node("Softmax", graph.node("Add", scores, self._hidden), axis=-1)
        looked = graph.node("MatMul", looked, value)
        looked = graph.node("Transpose", looked, perm=[0, 2, 1, 3])
        looked = graph.node("Reshape", looked, graph.constant(np.array([0, 0, 384])))
        out = self._dense(looked, f"{prefix}attention.output.dense")
        states = _norm(
            graph, self._weights, graph.node("Add", states, out), f"{prefix}attention.output."
        )
        inner = _gelu(graph, self._dense(states, f"{prefix}intermediate.dense"))
        out = self._dense(inner, f"{prefix}output.dense")
        return _norm(graph, self._weights, graph.node("Add", states, out), f"{prefix}output.")

    def _looks(self, states: str, prefix: str) -> tuple[str, str, str]:
        """Queries, keys and values, of one product, in heads; keys turned to meet the queries."""
        graph, names = self._graph, ("query", "key", "value")
        weight = np.concatenate([self._weights[f"{prefix}{name}.weight"] for name in names])
        bias = np.concatenate([self._weights[f"{prefix}{name}.bias"] for name in names])
        query, key, value = graph.nodes("Split", 3, self._product(states, weight, bias), axis=-1)
        return self._heads(query), self._heads(key, [0, 2, 3, 1]), self._heads(value)

    def _heads(self, states: str, order: Sequence[int] = (0, 2, 1, 3)) -> str:
        graph = self._graph
        sizes = graph.constant(np.array([0, 0, HEADS, -1]))
        return graph.node("Transpose", graph.node("Reshape", states, sizes), perm=list(order))

    def _dense(self, states: str, name: str) -> str:
        return self._product(
            states, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        )

    def _product(self, states: str, weight: Floats, bias: Floats) -> str:
        graph = self._graph
        largest = graph.node("ReduceMax", graph.node("Abs", states), axes=[-1], keepdims=1)
        some = graph.node("Max", largest, graph.constant(np.array(1e-9, np.float32)))
        size = graph.node("Div", some, graph.constant(np.array(127, np.float32)))
        steps = graph.node("Round", graph.node("Div", states, size))
        shifted = graph.node("Add", steps, graph.constant(np.array(ZERO, np.float32)))
        stored, scale = in_steps(weight.T)
        product = graph.node(
            "MatMulInteger",
            graph.node("Cast", shifted, to=UINT8),
            graph.constant(stored),
            graph.constant(np.array(ZERO, np.uint8)),
            graph.constant(np.array(0, np.int8)),
        )
        by_token = graph.node("Mul", graph.node("Cast", product, to=FLOAT), size)
        out = graph.node("Mul", by_token, graph.constant(scale))
        return graph.node("Add", out, graph.constant(bias))


def in_steps(weight: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights (a column an output) in whole steps of -63 to 63, and how large a step is.

    Processors without instructions for products of int8 (VNNI) add two products with inputs of up
    to 255 in 16 bits: more steps would run over there, and a message be read otherwise than
    elsewhere.
    """
    scale = np.maximum(np.abs(weight).max(axis=0), 1e-9) / STEPS
    return np.round(weight / scale).astype(np.int8), scale.astype(np.float32)


def embedded(graph: Graph, weights: Weights, ids: str) -> str:
    """Words and places as the first states."""
    named = "embeddings.{}.weight".format
    words = weights[named("word_embeddings")]
    scale = np.abs(words).max(axis=1, keepdims=True) / 127
    rows = graph.constant(np.round(words / np.maximum(scale, 1e-9)).astype(np.int8))
    found = graph.node("Cast", graph.node("Gather", rows, ids), to=1)
    found = graph.node(
        "Mul", found, graph.node("Gather", graph.constant(scale.astype(np.float32)), ids)
    )
    places = weights[named("position_embeddings")] + weights[named("token_type_embeddings")][0]
    size = graph.node("Gather", graph.node("Shape", ids), graph.constant(np.array([1])))
    upto = graph.node(
        "Slice", graph.constant(places), graph.constant(np.array([0])), size,
        graph.constant(np.array([0])),
    )  # fmt: skip
    return _norm(graph, weights, graph.node("Add", found, upto), "embeddings.")


def _norm(graph: Graph, weights: Weights, states: str, prefix: str) -> str:
    """Layer normalisation."""
    mean = graph.node("ReduceMean", states, axes=[-1], keepdims=1)
    off = graph.node("Sub", states, mean)
    square = graph.node("Pow", off, graph.constant(np.array(2, np.float32)))
    spread = graph.node("ReduceMean", square, axes=[-1], keepdims=1)
    tiny = graph.constant(np.array(1e-12, np.float32))
    scaled = graph.node("Div", off, graph.node("Sqrt", graph.node("Add", spread, tiny)))
    gain = graph.constant(weights[f"{prefix}LayerNorm.weight"])
    shift = graph.constant(weights[f"{prefix}LayerNorm.bias"])
    return graph.node("Add", graph.node("Mul", scaled, gain), shift)


def _gelu(graph: Graph, states: str) -> str:
    """x / 2 * (1 + erf(x / sqrt 2)), in the order that onnxruntime fuses."""
    root = graph.constant(np.array(2**0.5, np.float32))
    one, half = (graph.constant(np.array(value, np.float32)) for value in (1, 0.5))
    curve = graph.node("Add", graph.node("Erf", graph.node("Div", states, root)), one)
    return graph.node("Mul", graph.node("Mul", states, curve), half)
