"""Writes an ONNX graph by hand: just enough of the format for the risk encoder.

The format is protocol buffers; the field numbers are those of onnx.proto3 (IR version 8).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
IR_VERSION, OPSET = 8, 13
FLOAT, INT, INTS = 1, 2, 7  # kinds of attributes


class Graph:
    """A graph that grows node by node; every method returns the name of its result."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []
        self._inputs: list[bytes] = []
        self._outputs: list[bytes] = []
        self._count = 0

    def given(self, name: str, kind: str, dimensions: Sequence[str]) -> str:
        """An input."""
        self._inputs.append(_value(name, kind, dimensions))
        return name

    def constant(self, value: NDArray[Any]) -> str:
        """A stored array."""
        name = self._name()
        sizes = b"".join(_number(1, size) for size in value.shape)
        kind = _number(2, TYPES[value.dtype.name])
        raw = np.ascontiguousarray(value).tobytes()
        self._tensors.append(sizes + kind + _text(8, name) + _bytes(9, raw))
        return name

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """A node with one result."""
        return self.nodes(operator, 1, *inputs, **attributes)[0]

    def nodes(self, operator: str, results: int, *inputs: str, **attributes: Any) -> list[str]:
        """A node with several results."""
        outputs = [self._name() for _ in range(results)]
        body = b"".join(_text(1, name) for name in inputs)
        body += b"".join(_text(2, name) for name in outputs)
        body += _text(4, operator)
        body += b"".join(_bytes(5, _attribute(*item)) for item in attributes.items())
        self._nodes.append(body)
        return outputs

    def result(self, name: str, value: str, dimensions: Sequence[str]) -> None:
        """Name an output (floats)."""
        self._nodes.append(_text(1, value) + _text(2, name) + _text(4, "Identity"))
        self._outputs.append(_value(name, "float32", dimensions))

    def model(self) -> bytes:
        """The whole as the bytes of an ONNX file."""
        body = b"".join(_bytes(1, node) for node in self._nodes) + _text(2, "risk")
        body += b"".join(_bytes(5, tensor) for tensor in self._tensors)
        body += b"".join(_bytes(11, item) for item in self._inputs)
        body += b"".join(_bytes(12, item) for item in self._outputs)
        opset = _text(1, "") + _number(2, OPSET)
        return _number(1, IR_VERSION) + _bytes(7, body) + _bytes(8, opset)

    def _name(self) -> str:
        self._count += 1
        return f"v{self._count}"


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1  # negative numbers are written in two's complement
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _attribute(name: str, value: float | int | Sequence[int]) -> bytes:
    if isinstance(value, float):
        single = np.float32(value).tobytes()
        return _text(1, name) + _varint(2 << 3 | 5) + single + _number(20, FLOAT)
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, INT)
    return _text(1, name) + b"".join(_number(8, item) for item in value) + _number(20, INTS)


def _value(name: str, kind: str, dimensions: Sequence[str]) -> bytes:
    sizes = b"".join(_bytes(1, _text(2, size)) for size in dimensions)
    tensor = _number(1, TYPES[kind]) + _bytes(2, sizes)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))
