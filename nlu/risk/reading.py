"""A message as sentences of plain words, each word with its place in what was written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from nlu.risk.normalise import Normaliser, Word
from nlu.risk.rulebook import Lexicon

ENDS = frozenset(".!?\n")
LONGEST = 60  # words; a breathless message is cut so that far-apart words do not meet in one rule


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words, ready for the rules."""

    words: tuple[Word, ...]
    end: str = ""  # the mark it ends with, if any

    @cached_property
    def plain(self) -> list[str]:
        """The words alone."""
        return [word.text for word in self.words]

    @cached_property
    def text(self) -> str:
        """The sentence as plain text, for the model."""
        return " ".join(self.plain).replace("_", " ")

    @property
    def marked(self) -> str:
        """The sentence as plain text with its mark: a question is no report."""
        return f"{self.text} {self.end}".rstrip()


@dataclass(frozen=True)
class Reading:
    """A message that was read to its end."""

    original: str
    sentences: tuple[Sentence, ...]

    def quote(self, sentence: int, start: int, end: int) -> str:
        """What the person wrote for words [start, end) of a sentence."""
        words = self.sentences[sentence].words[start:end]
        return self.original[words[0].start : words[-1].end] if words else ""

    @cached_property
    def text(self) -> str:
        """The whole message in plain words."""
        return " ".join(sentence.marked for sentence in self.sentences)

    @cached_property
    def size(self) -> int:
        """How many words it has."""
        return sum(len(sentence.words) for sentence in self.sentences)


class Reader:
    """Reads messages: normalises, joins compounds, parts sentences."""

    def __init__(self, normaliser: Normaliser, lexicon: Lexicon) -> None:
        self._normaliser, self._lexicon = normaliser, lexicon

    def read(self, text: str) -> Reading:
        """The message as sentences of plain words."""
        sentences: list[Sentence] = []
        current: list[Word] = []
        for word in self._compounds(self._normaliser.words(text)):
            ended = word.text[0] in ENDS
            if ended or len(current) >= LONGEST:
                end = word.text[0].replace("\n", ".") if ended else ""
                sentences += [Sentence(tuple(current), end)] if current else []
                current = []
            if not ended:
                current.append(word)
        sentences += [Sentence(tuple(current))] if current else []
        return Reading(text, tuple(sentences))

    def _compounds(self, words: list[Word]) -> list[Word]:
        out: list[Word] = []
        at = 0
        for text, size in self._lexicon.join([word.text for word in words]):
            out.append(Word(text, words[at].start, words[at + size - 1].end))
            at += size
        return out
