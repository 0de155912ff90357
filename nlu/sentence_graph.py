"""The sentence encoder as an int8 graph for onnxruntime, made from the float weights.

The graph of a package whose weights alone are int8 turns them into floats when it is loaded, and
reads 42 MB of them for each message. Here products are made of int8: a quarter of the memory to
read, in less than half of the time. The inputs are scaled token by token, not all by the largest
of a text: what the vectors then lose (cosine to those of the floats 0.997 on average, 0.993 with
one scale a text) is noise that the classifiers are trained with.
"""

from __future__ import annotations

from nlu.packages import WEIGHTS_FILE, WEIGHTS_SHA256, check_digest, package_file
from nlu.risk.encoder import FLOAT, Layers, Shape, embedded
from nlu.risk.encoder_weights import float_weights
from nlu.risk.graph import Graph


def build() -> bytes:
    """An ONNX file: tokens and mask in, a vector for each token out."""
    check_digest(package_file(*WEIGHTS_FILE), WEIGHTS_SHA256)
    weights, graph = float_weights(), Graph()
    ids = graph.given("input_ids", "int64", ("batch", "tokens"))
    mask = graph.given("attention_mask", "int64", ("batch", "tokens"))
    shown = graph.node("Cast", mask, to=FLOAT)
    shape = Shape(graph, shown, shown)
    states = Layers(graph, weights, shape).run(embedded(graph, weights, ids))
    graph.result("states", states, ("batch", "tokens", "width"))
    return graph.model()
