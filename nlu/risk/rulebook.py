"""Reads the rules (`rules/*.yml`) and finds them in a sentence.

The language of a pattern, word by word:
  word         that word                       a|b_c      "a", or "b c" together
  @hit         a word of a class in lexicon.yml, in any form; @hit.ing, @hit.past: those forms
  word?        may be missing                  ..  ..5    up to three (five) words between
  ^            the sentence begins here        $          and ends here

A matcher of our own: spaCy's turns "up to n words" into 2^n states, and rules about people need
such gaps everywhere (measured: a message of 4,000 characters ran out of memory). This one walks
sets of places, so that its time grows with the length of the sentence only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nlu.risk.forms import verb_forms

# every scalar stays a string: "no" and "off" are words here
PLAIN = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
HERE = Path(__file__).parent
LEXICON = HERE / "lexicon.yml"
RULES = HERE / "rules"
NEGATIONS = frozenset(
    ["not", "never", "no", "nobody", "none", "nothing", "nor", "neither", "without", "noone",
     "no_one", "no_body"]  # the last two as the lexicon joins them
)  # fmt: skip
GAP_STOPS = frozenset(["but", ";", "although", "though", "except"])


@dataclass(frozen=True)
class Rule:
    """One way in which risk shows in words; `name` is what a co-ordinator sees as evidence."""

    name: str
    category: str
    disposition: str
    catches: str
    source: str
    patterns: tuple[str, ...]
    must: tuple[str, ...]
    must_not: tuple[str, ...]
    also: tuple[str, ...] = ()
    heeds: tuple[str, ...] = ("negation", "media", "general", "past_safe")
    doubt: str = "yes"  # "no": for hints that the model misses, it has no say (see scopes.yml)
    who: str = "told"  # "untold": only what was said before tells who it is, and so what it means


@dataclass(frozen=True)
class Found:
    """A rule found at words [start, end) of a sentence."""

    rule: Rule
    start: int
    end: int
    negation_inside: bool


@dataclass(frozen=True)
class Step:
    """One step of a pattern: a word out of some, or a gap of up to so many words."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...] = ()
    optional: bool = False
    gap: int = 0

    @property
    def needs(self) -> frozenset[str]:
        """The words of which a sentence must have at least one."""
        return self.words | {phrase[0] for phrase in self.phrases}

    def walk(self, words: Sequence[str], at: set[int]) -> set[int]:
        """Where one can stand after this step, having stood at these places before it."""
        if self.gap:
            return {place for start in at for place in self._reach(words, start)}
        moved = {place + 1 for place in at if place < len(words) and words[place] in self.words}
        moved |= {
            place + len(phrase)
            for phrase in self.phrases
            for place in at
            if tuple(words[place : place + len(phrase)]) == phrase
        }
        return moved | at if self.optional else moved

    def _reach(self, words: Sequence[str], start: int) -> Iterator[int]:
        yield start
        for place in range(start, min(len(words), start + self.gap)):
            if words[place] in GAP_STOPS:
                return
            yield place + 1


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern, and the words without which it cannot match."""

    rule: Rule
    steps: tuple[Step, ...]
    needs: tuple[frozenset[str], ...]
    opening: frozenset[str]
    at_start: bool
    at_end: bool
    names_negation: bool

    def matches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Each stretch that matches: the shortest from every place where one begins."""
        first = self.steps[0]
        for start in range(1 if self.at_start else len(words)):
            if first.optional or first.gap or words[start] in self.opening:
                ends = self._ends(words, start)
                if ends:
                    yield start, min(ends)

    def _ends(self, words: Sequence[str], start: int) -> set[int]:
        at = {start}
        for step in self.steps:
            at = step.walk(words, at)
            if not at:
                return at
        return at & {len(words)} if self.at_end else at


class Lexicon:
    """The word classes that patterns name with `@`."""

    def __init__(self, path: Path = LEXICON) -> None:
        tables = read_yaml(path)
        self._classes: dict[str, frozenset[str]] = {}
        for name, bases in tables["verbs"].items():
            forms = [verb_forms(base) for base in bases]
            for form in ("any", "base", "s", "ing", "past"):
                key = name if form == "any" else f"{name}.{form}"
                self._classes[key] = frozenset().union(*(item[form] for item in forms))
        for name, words in tables["words"].items():
            self._classes[name] = frozenset(self._spread(words))
        self.compounds = {
            tuple(item.split()): item.replace(" ", "_")
            for words in tables["words"].values() for item in words if " " in item
        }  # fmt: skip

    def _spread(self, words: Iterable[str]) -> Iterator[str]:
        for word in words:
            if word.startswith("@"):
                yield from self[word[1:]]
            else:
                yield word.replace(" ", "_")

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def join(self, words: list[str]) -> list[tuple[str, int]]:
        """The words with compounds joined (`step_dad`), each with how many words it took."""
        out: list[tuple[str, int]] = []
        at = 0
        while at < len(words):
            left = len(words) - at
            size = next(
                (n for n in (3, 2) if n <= left and tuple(words[at : at + n]) in self.compounds), 1
            )
            part = words[at : at + size]
            out.append((self.compounds[tuple(part)] if size > 1 else part[0], size))
            at += size
        return out


class Rulebook:
    """All rules of a folder, ready to be looked for."""

    def __init__(self, rules: Iterable[Rule], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._joined = frozenset(lexicon.compounds.values())
        self.rules = tuple(rules)
        self._by_key: dict[str, list[Pattern]] = {}
        for rule in self.rules:
            for text in rule.patterns:
                self._file(self._compile(rule, text))

    def find(self, words: Sequence[str]) -> list[Found]:
        """Every rule that matches these words, with its shortest stretch at each beginning."""
        present = frozenset(words)
        best: dict[tuple[str, int], Found] = {}
        for pattern in (item for word in present for item in self._by_key.get(word, ())):
            if any(need.isdisjoint(present) for need in pattern.needs):
                continue
            for start, end in pattern.matches(words):
                key = (pattern.rule.name, start)
                if key not in best or end < best[key].end:
                    best[key] = Found(pattern.rule, start, end, pattern.names_negation)
        return sorted(best.values(), key=lambda item: (item.start, item.end))

    def _file(self, pattern: Pattern) -> None:
        """File a pattern under its rarest needed words; most sentences then skip it at once."""
        common = self._lexicon["common"]
        key = min(pattern.needs, key=lambda need: (len(need & common), len(need)))
        for word in key:
            self._by_key.setdefault(word, []).append(pattern)

    def _compile(self, rule: Rule, text: str) -> Pattern:
        items = text.split()
        steps = tuple(self._step(item) for item in items if item not in "^$")
        needs = tuple({step.needs for step in steps if not (step.optional or step.gap)})
        named = any(NEGATIONS & set(item.rstrip("?").split("|")) for item in items)
        return Pattern(rule, steps, needs, steps[0].needs, "^" in items, "$" in items, named)

    def _step(self, item: str) -> Step:
        if item.startswith(".."):
            return Step(frozenset(), gap=int(item[2:] or 3))
        parts = [
            word.replace("_", " ").split()
            if part[0] != "@" and word not in self._joined
            else [word]
            for part in item.rstrip("?").split("|")
            for word in (self._lexicon[part[1:]] if part[0] == "@" else [part])
        ]
        return Step(
            frozenset(part[0] for part in parts if len(part) == 1),
            tuple(tuple(part) for part in parts if len(part) > 1),
            optional=item.endswith("?"),
        )


def read_yaml(path: Path) -> Any:
    """A YAML file as plain values."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=PLAIN)  # noqa: S506 - a base loader makes strings only


def read_rules(folder: Path = RULES) -> list[Rule]:
    """Every rule of every category; the file's name is the category."""
    return [
        _rule(path.stem, entry)
        for path in sorted(folder.glob("*.yml"))
        for entry in read_yaml(path)
    ]


def _rule(category: str, entry: dict[str, Any]) -> Rule:
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return Rule(**{**entry, **lists, "category": category})
