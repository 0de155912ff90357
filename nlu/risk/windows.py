"""Parts a long message into windows, so that one sentence is not drowned by a hundred others."""

from __future__ import annotations

from nlu.risk.reading import Reading

WHOLE = 110  # words up to which a message is one window
WINDOW = 55  # words after which a window ends with its sentence
SHARED = 25  # words up to which two windows share a sentence: it may need its neighbour


def windows(reading: Reading) -> list[str]:
    """The texts that the model reads: the whole of a short message, else overlapping windows."""
    if reading.size <= WHOLE:
        return [reading.text]
    out: list[str] = []
    current: list[str] = []
    for sentence in (part for item in reading.sentences for part in _parts(item.marked)):
        current.append(sentence)
        if _words(current) >= WINDOW:
            out.append(" ".join(current))
            current = current[-1:] if _words(current[-1:]) < SHARED else []
    if current and (len(current) > 1 or not out or current[0] not in out[-1]):
        out.append(" ".join(current))
    return out


def _words(sentences: list[str]) -> int:
    return sum(len(sentence.split()) for sentence in sentences)


def _parts(sentence: str) -> list[str]:
    """A breathless sentence in pieces."""
    words = sentence.split()
    return [" ".join(words[at : at + WINDOW]) for at in range(0, len(words), WINDOW)]
