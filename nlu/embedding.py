"""Sentence embeddings from an ONNX encoder and its tokenizer, on one thread, without a network.

The general door is `SentenceEmbedding(model, tokenizer)`: any encoder whose first output holds
one vector per token. `SentenceEmbedding.installed()` opens the model that the project pins.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from nlu.packages import TOKENIZER_FILE, package_file

Vectors = NDArray[np.float32]

MAX_TOKENS = 128
BATCH = 32
REMEMBERED = 3  # texts: a message, its last clause, and what was said before


class Tokens(NamedTuple):
    """What an encoder makes of a text: a vector for each token, and where it stands in the text.

    ``places`` holds (start, end) for each; marks of the encoder's own are empty.
    """

    vectors: Vectors
    places: list[tuple[int, int]]


class SentenceEmbedding:
    """Turns texts into unit vectors whose dot product says how near they are in meaning."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self.dimension: int = self._mean_of_tokens([""]).shape[-1]

    @classmethod
    def installed(cls) -> SentenceEmbedding:
        """The pinned model of this project (all-MiniLM-L6-v2, int8), its digest checked."""
        from nlu.sentence_graph import build  # made of parts of the recogniser, which needs this

        with NamedTemporaryFile(suffix=".onnx") as file:
            file.write(build())  # from a file it takes half of the memory that it takes from bytes
            file.flush()
            return cls(Path(file.name), package_file(*TOKENIZER_FILE))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in order: an array of (texts, dimension)."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for part in _batches(texts):
            out[part] = self._mean_of_tokens([texts[at] for at in part])
        return out

    def tokens(self, text: str) -> Tokens:
        """Each token of a text as the encoder sees it among the others."""
        vectors, encodings, _ = self._encoded([text])
        return Tokens(vectors[0], encodings[0].offsets)

    def embed_many(self, texts: Sequence[str]) -> Vectors:
        """The same as `embed`, with as many batches at once as there are processors."""
        parts = _batches(texts)
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            means = pool.map(lambda part: self._mean_of_tokens([texts[at] for at in part]), parts)
            for part, mean in zip(parts, means):  # noqa: B905 - same length
                out[part] = mean
        return out

    def words(self) -> frozenset[str]:
        """The whole words of the tokenizer's vocabulary: a list of ordinary English words."""
        return frozenset(
            word for word in self._tokenizer.get_vocab() if word.isalpha() and len(word) > 1
        )

    def _mean_of_tokens(self, texts: list[str]) -> Vectors:
        tokens, _, mask = self._encoded(texts)
        return _unit_mean(tokens, mask)

    def _encoded(self, texts: list[str]) -> tuple[Vectors, list[Encoding], NDArray[np.int64]]:
        # half of a pair of UTF-16, cut off somewhere on its way, is no text to the tokenizer
        whole = [text.encode("utf-8", "replace").decode() for text in texts]
        encodings = self._tokenizer.encode_batch(whole)
        ids = np.array([item.ids for item in encodings], dtype=np.int64)
        mask = np.array([item.attention_mask for item in encodings], dtype=np.int64)
        feeds = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {name: value for name, value in feeds.items() if name in self._inputs}
        return self._session.run(None, wanted)[0], encodings, mask


def _unit_mean(tokens: Vectors, mask: NDArray[np.int64]) -> Vectors:
    weights = mask[:, :, None].astype(np.float32)
    means = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
    unit: Vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return unit


def _batches(texts: Sequence[str]) -> list[list[int]]:
    """Like lengths share a batch, so that a short text is not padded to a long one."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


class Remembering(SentenceEmbedding):
    """Knows the last texts that it was given alone: several readers ask for the same message's."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        super().__init__(model, tokenizer)
        self._known: dict[str, Tokens] = {}

    def tokens(self, text: str) -> Tokens:
        """Each token of a text as the encoder sees it among the others."""
        if text not in self._known:
            while len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[text] = super().tokens(text)
        return self._known[text]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text, in order: an array of (texts, dimension)."""
        if len(texts) != 1:
            return super().embed(texts)
        vectors = self.tokens(texts[0]).vectors[None]
        return _unit_mean(vectors, np.ones(vectors.shape[:2], dtype=np.int64))
