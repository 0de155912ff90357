"""The sentence encoder's float weights, and the small adapter that was tuned for risk.

The encoder is all-MiniLM-L6-v2 as the project pins it. The adapter (`data/adapter.npz`) holds
low-rank changes of every weight matrix and the heads that read the last layer; `tune.py` makes it.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlu.packages import TOKENIZER_FILE, WEIGHTS_FILE, package_file
from nlu.risk.questions import ASKED

Floats = NDArray[np.float32]
Weights = dict[str, Floats]

ADAPTER = Path(__file__).parent / "data" / "adapter.npz"
KNOWN = ADAPTER.with_name("adapter.digest")  # of the adapter that tuning wrote last
LAYERS, HEADS = 6, 12
LONGEST = 256  # tokens
SCALE = 2.0  # of the low-rank change
MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def float_weights() -> Weights:
    """The weights by name, from the safetensors file of the installed package."""
    raw = package_file(*WEIGHTS_FILE).read_bytes()
    size = struct.unpack("<Q", raw[:8])[0]
    entries = json.loads(raw[8 : 8 + size])
    body = memoryview(raw)[8 + size :]
    out = {}
    for name, entry in entries.items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            out[name] = np.frombuffer(body[start:end], np.float32).reshape(entry["shape"])
    return out


def matrices() -> list[str]:
    """The names of all weight matrices that the adapter changes."""
    return [f"encoder.layer.{layer}.{name}" for layer in range(LAYERS) for name in MATRICES]


def adapted(weights: Weights, adapter: Weights) -> Weights:
    """The weights with the adapter's changes worked in."""
    out = dict(weights)
    for name in matrices():
        change = adapter[f"{name}.up"] @ adapter[f"{name}.down"]
        out[f"{name}.weight"] = weights[f"{name}.weight"] + SCALE * change
    return out


def load_adapter(path: Path = ADAPTER) -> Weights:
    """The tuned adapter and heads."""
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def tokenizer() -> Tokenizer:
    """The encoder's tokenizer, without padding."""
    made = Tokenizer.from_file(str(package_file(*TOKENIZER_FILE)))
    made.no_padding()
    made.enable_truncation(LONGEST)
    return made


def token_ids(made: Tokenizer, text: str, question: str | None) -> list[int]:
    """The tokens of a text, after the words of its question if there was one."""
    asked = ASKED.get(question or "")
    ids: list[int] = (made.encode(asked, text) if asked else made.encode(text)).ids
    return ids


def padded(rows: list[list[int]]) -> tuple[NDArray[np.int64], Floats]:
    """Token rows as one array, and a mask of what is no padding."""
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    mask = np.zeros(ids.shape, dtype=np.float32)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    return ids, mask
