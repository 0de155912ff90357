"""The sentence encoder as an int8 graph for onnxruntime, made from the float weights.

The graph of a package whose weights alone are int8 turns them into floats when it is loaded, and
reads 42 MB of them for each message. Here products are made of int8: a quarter of the memory to
read, in less than half of the time. The inputs are scaled token by token, not all by the largest
of a text: what the vectors then lose (cosine to those of the floats 0.997 on average, 0.993 with
one scale a text) is noise that the classifiers are trained with.
"""

from __future__ import annotations

import numpy as np

from nlu.packages import WEIGHTS_FILE, WEIGHTS_SHA256, check_digest, package_file
from nlu.risk.encoder import Layers, Shape, embedded
from nlu.risk.encoder_weights import Floats, Weights, float_weights
from nlu.risk.graph import Graph

UINT8, FLOAT = 2, 1  # kinds of onnx.proto3
ZERO = 128  # of the inputs, which the products take as unsigned


def build() -> bytes:
    """An ONNX file: tokens and mask in, a vector for each token out."""
    check_digest(package_file(*WEIGHTS_FILE), WEIGHTS_SHA256)
    weights, graph = float_weights(), Graph()
    ids = graph.given("input_ids", "int64", ("batch", "tokens"))
    mask = graph.given("attention_mask", "int64", ("batch", "tokens"))
    shown = graph.node("Cast", mask, to=FLOAT)
    shape = Shape(graph, shown, shown)
    states = ByToken(graph, weights, shape).run(embedded(graph, weights, ids))
    graph.result("states", states, ("batch", "tokens", "width"))
    return graph.model()


class ByToken(Layers):
    """The layers with a scale for each token; one product makes query, key and value."""

    def __init__(self, graph: Graph, weights: Weights, shape: Shape) -> None:
        super().__init__(graph, weights, shape)
        self._made: dict[str, str] = {}

    def _layer(self, states: str, prefix: str) -> str:
        names = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
        weight = np.concatenate([self._weights[f"{name}.weight"] for name in names])
        bias = np.concatenate([self._weights[f"{name}.bias"] for name in names])
        parts = self._graph.nodes("Split", 3, self._product(states, weight, bias), axis=-1)
        self._made.update(zip(names, parts))  # noqa: B905
        return super()._layer(states, prefix)

    def _dense(self, states: str, name: str) -> str:
        if name in self._made:
            return self._made[name]
        weights = self._weights
        return self._product(states, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def _product(self, states: str, weight: Floats, bias: Floats) -> str:
        graph = self._graph
        largest = graph.node("ReduceMax", graph.node("Abs", states), axes=[-1], keepdims=1)
        some = graph.node("Max", largest, graph.constant(np.array(1e-9, np.float32)))
        size = graph.node("Div", some, graph.constant(np.array(127, np.float32)))
        steps = graph.node("Round", graph.node("Div", states, size))
        shifted = graph.node("Add", steps, graph.constant(np.array(ZERO, np.float32)))
        scale = np.maximum(np.abs(weight.T).max(axis=0), 1e-9) / 127
        product = graph.node(
            "MatMulInteger",
            graph.node("Cast", shifted, to=UINT8),
            graph.constant(np.round(weight.T / scale).astype(np.int8)),
            graph.constant(np.array(ZERO, np.uint8)),
            graph.constant(np.array(0, np.int8)),
        )
        by_token = graph.node("Mul", graph.node("Cast", product, to=FLOAT), size)
        out = graph.node("Mul", by_token, graph.constant(scale.astype(np.float32)))
        return graph.node("Add", out, graph.constant(bias))
