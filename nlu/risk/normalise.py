"""Undoes how a message hides or bends its words, keeping the way back to what was written.

Unicode tricks, zero-width characters, letters of other scripts, spaced letters (`k i l l`),
leetspeak, masks (`r*pe`), text-speak, contractions, emoji, stretched and misspelt danger words.
The tables are in `spelling.yml`. A slash payload is text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

SPELLING = Path(__file__).with_name("spelling.yml")
INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Co", "Cs"}
QUOTES = dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc", "'")
MASK = "*#_•·"
MARKS = "@$!|€£*#_•·"
# a word may hold digits, apostrophes and masks; sentence marks stand alone
TOKEN = re.compile(
    r"[^\W_](?:[\w@$|€£*#•·]|'(?=\w)|[!](?=[^\W\d_]))*|[.!?\n]+|[,;:]|(?<=\s)-+(?=\s)"
)
# "2nd", "4pm", "9mm", "a1": digits that mean digits
MEASURE = re.compile(
    r"\d+(st|nd|rd|th|[ap]m|[bdghkmpx]|[mck][mgl]|ft|yrs?|hrs?|mins?)|[ab]\d+|m\d\d"
)
SPACED = re.compile(r"(?<![^\W_])(?:[^\W_][ .\-_*/|,]{1,2}){3,}[^\W_](?![^\W_])")


@dataclass(frozen=True)
class Word:
    """One plain lower-case word or mark, and the stretch of the original it stands for."""

    text: str
    start: int
    end: int


class Normaliser:
    """Turns a message into plain words. `known` are ordinary words that are never corrected."""

    def __init__(self, known: frozenset[str] = frozenset()) -> None:
        tables: dict[str, Any] = yaml.load(
            SPELLING.read_text("utf-8"),
            Loader=yaml.BaseLoader,  # noqa: S506 - strings only
        )
        self._text_speak: dict[str, str] = tables["text_speak"]
        self._contractions: dict[str, str] = tables["contractions"]
        self._emoji: dict[str, str] = tables["emoji"]
        self._lookalikes: dict[str, str] = tables["lookalikes"]
        self._leet = str.maketrans({str(k): v for k, v in tables["leet"].items()})
        self._danger = frozenset(tables["danger_words"])
        self._danger_list = sorted(self._danger)
        self._known = known | self._danger | {*self._text_speak, *tables["keep"]}
        self._plain = lru_cache(maxsize=20_000)(self._plain_of)

    def words(self, text: str) -> list[Word]:
        """The plain words of a message, each with its place in the original."""
        clean, places = self._characters(text)
        clean, places = self._close_up(clean, places)
        return list(self._joined(self._tokens(clean, places)))

    def _characters(self, text: str) -> tuple[str, list[int]]:
        """Lower-case compatible characters without invisible ones, and where each came from."""
        if text.isascii():
            return text.lower().replace("`", "'"), list(range(len(text)))
        out: list[str] = []
        places: list[int] = []
        for at, raw in enumerate(text):
            for char in self._character(raw):
                out.append(char)
                places.append(at)
        return "".join(out), places

    def _character(self, raw: str) -> str:
        if raw in self._emoji:
            return f" {self._emoji[raw]} "
        if raw in QUOTES:
            return "'"
        if raw in "\n\t\r":
            return raw
        kept = unicodedata.normalize("NFKD", raw).casefold()
        return "".join(c for c in kept if unicodedata.category(c) not in INVISIBLE)

    def _close_up(self, text: str, places: list[int]) -> tuple[str, list[int]]:
        """Join letters written one by one, where they spell something."""
        if not SPACED.search(text):
            return text, places
        out: list[str] = []
        kept: list[int] = []
        last = 0
        for match in SPACED.finditer(text):
            letters = [at for at in range(*match.span()) if text[at].isalnum()]
            spelt = self._split("".join(text[at] for at in letters).translate(self._leet))
            if not spelt:
                continue
            out.append(text[last : match.start()] + " ")
            kept += [*places[last : match.start()], places[match.start()]]
            at = 0
            for word in spelt:
                out.append(word + " ")
                kept += [places[i] for i in letters[at : at + len(word)]]
                at += len(word)
                kept.append(places[letters[at - 1]])
            last = match.end()
        out.append(text[last:])
        return "".join(out), kept + places[last:]

    def _split(self, letters: str) -> list[str]:
        """The fewest known words that spell these letters; empty when there are none."""
        best: list[list[str] | None] = [[], *[None] * len(letters)]
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - 14), end):
                word, before = letters[start:end], best[start]
                if before is None or not (word in self._known or word in ("i", "a")):
                    continue
                if best[end] is None or len(before) + 1 < len(best[end] or ()):
                    best[end] = [*before, word]
        return best[-1] or []

    def _tokens(self, text: str, places: list[int]) -> Iterator[Word]:
        for match in TOKEN.finditer(text):
            start, end = places[match.start()], places[match.end() - 1] + 1
            for plain in self._plain(match.group()):
                yield Word(plain, start, end)

    def _joined(self, words: Iterator[Word]) -> Iterator[Word]:
        """Put broken danger words together again: `su icide`."""
        before: Word | None = None
        for word in words:
            if before and self._broken(before.text, word.text):
                before = Word(before.text + word.text, before.start, word.end)
                continue
            if before:
                yield before
            before = word
        if before:
            yield before

    def _broken(self, left: str, right: str) -> bool:
        if left + right not in self._danger or len(left + right) < 4:
            return False
        return left not in self._known or right not in self._known

    def _plain_of(self, token: str) -> tuple[str, ...]:
        token = token.strip("_'").rstrip("|")
        if not token or not token[0].isalnum():
            return (token[:1],) if token else ()
        bare = token.replace("'", "")
        if bare in self._text_speak:
            return tuple(self._text_speak[bare].split())
        if "'" in token:
            return self._contracted(token)
        return (self._spelt(token),)

    def _contracted(self, token: str) -> tuple[str, ...]:
        stem, _, tail = token.partition("'")
        if tail == "t" and stem.endswith("n"):
            return (stem[:-1], "not")
        if tail in self._contractions:
            return (self._spelt(stem), self._contractions[tail])
        return (self._spelt(stem + tail),)

    def _spelt(self, word: str) -> str:
        """The word without lookalikes, leetspeak, masks, stretching, and misspelt danger."""
        if not word.isascii() and any("a" <= c <= "z" for c in word):
            word = "".join(self._lookalikes.get(c, c) for c in word)
        if word in self._known or word.isdigit():
            return word
        if not word.isalpha() and (found := self._unmasked(word)):
            return found
        word = re.sub(r"(.)\1{2,}", r"\1\1", word)
        if word in self._known:
            return word
        single = re.sub(r"(.)\1+", r"\1", word)
        # "shhh" is no "sh": what two letters stand for is only read where nothing was stretched
        short = len(single) <= 2 and single in self._text_speak
        if not short and (single in self._known or single in self._text_speak):
            return self._text_speak.get(single, single)
        if word.endswith("in") and word + "g" in self._known:  # "chasin"
            return word + "g"
        return self._near(word) or word

    def _unmasked(self, word: str) -> str | None:
        plain = word.rstrip("!").translate(self._leet)
        if plain in self._text_speak:
            return self._text_speak[plain]
        if not MEASURE.fullmatch(word):
            for spelt in (plain, word.replace("1", "l").translate(self._leet)):
                if spelt in self._known:
                    return spelt
        pattern = "".join("." if c in MASK else re.escape(c) for c in word).replace("..", ".{1,3}")
        if not any(c in word for c in MASK) or len(word) < 4:
            return None
        return next((w for w in self._danger_list if re.fullmatch(pattern, w)), None)

    def _near(self, word: str) -> str | None:
        """The danger word that was most likely meant, for a word that is no word."""
        if len(word) < 5 or not word.isalpha():
            return None
        found = process.extractOne(
            word, self._danger_list, scorer=OSA.distance, score_cutoff=1 if len(word) < 9 else 2
        )
        if found is None or found[0][0] != word[0] or len(found[0]) < 5:
            return None
        return str(found[0])
