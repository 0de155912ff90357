"""The sentence encoder's float weights, and the small adapter that was tuned for risk.

The encoder is all-MiniLM-L6-v2 as the project pins it. An adapter holds low-rank changes of every
weight matrix and the heads that read the last layer; `tune.py` makes both: one for messages alone
(`data/adapter.npz`), one for messages with what was told before (`data/adapter_talks.npz`).
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from nlu.packages import TOKENIZER_FILE, WEIGHTS_FILE, package_file
from nlu.risk.questions import ASKED

Floats = NDArray[np.float32]
Weights = dict[str, Floats]

ADAPTER = Path(__file__).parent / "data" / "adapter.npz"
OF_TALKS = ADAPTER.with_name("adapter_talks.npz")
KNOWN = ADAPTER.with_name("adapter.digest")  # of the adapters that tuning wrote last
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


@dataclass(frozen=True)
class Row:
    """A text as tokens: its question and itself, which are judged, then what was told before."""

    ids: list[int]
    judged: int  # so many of them, from the first on

    def upto(self, longest: int) -> Row:
        """The row without what is over this length."""
        return Row(self.ids[:longest], min(self.judged, longest))


def token_row(made: Tokenizer, text: str, question: str | None, earlier: str = "") -> Row:
    """The tokens of a text, between the words of its question and what was told before, if any."""
    asked = ASKED.get(question or "")
    ids: list[int] = (made.encode(asked, text) if asked else made.encode(text)).ids
    before: list[int] = made.encode(earlier).ids[1:] if earlier else []
    return Row([*ids, *before], len(ids))


def padded(rows: list[Row]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Token rows as one array, a mask of what is no padding, and one of what is judged."""
    ids = np.zeros((len(rows), max(len(row.ids) for row in rows)), dtype=np.int64)
    mask, judged = (np.zeros(ids.shape, dtype=np.float32) for _ in range(2))
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = row.ids
        mask[at, : len(row.ids)] = 1
        judged[at, : row.judged] = 1
    return ids, mask, judged
