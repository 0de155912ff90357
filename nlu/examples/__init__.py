"""Examples that need more than an intent: answers with their question, and facts they tell.

answers/<question>.yml: answers to one question, under intents (`tell_role/victim`: with the fact)
crimes/: messages that tell a crime that is easily taken for another, in other words, or at length
role.yml: messages of any kind, under who writes
told.jsonl: whole tellings as strangers write them, with the crime and who writes, null where open;
    times in them may be marked: `[[y:on Friday]]` is when it happened, `[[n:on Friday]]` is not;
    `beside` holds what else they say of `repeated`, `vulnerability` and `safe`, where it is known
contact.jsonl: answers to how to get in touch, with the way that is wanted, null for none
reported.yml: clauses about the police, under whether they know
safe.yml: tellings, under whether the writer says that they, and whom they write for, are safe now
repeated.yml, vulnerability.yml: tellings, under what they say of that, beside those of told.jsonl
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent
NONE = "none"  # the label of a text that does not tell the fact
OF_CRIME = {
    "business_crime": "business_contact",
    "homicide_bereavement": "bereaved_relative",
    "road_collision_bereavement": "bereaved_relative",
}
TELL = "tell"
VICTIM = "victim"
# Who tells a crime without a word about other people tells it of themselves; with one, it is open.
_OTHERS = re.compile(
    r"\b(?:\w*sons?|\w*daughters?|child(?:ren)?|kids?|boys?|girls?|lads?|baby|toddler|pupils?|"
    r"students?|\d+ ?(?:year|yr|yo)\w*|mum\w*|dad\w*|\w*mother\w*|\w*father\w*|nans?|grans?|"
    r"grand\w+|husband\w*|wife\w*|partners?|\w*friends?|bf|gf|brothers?|sisters?|uncle|aunt\w*|"
    r"cousins?|niece|nephew|neighbou?rs?|next door|colleague|\w*mates?|clients?|patients?|saw|"
    r"seen|"
    r"watched|heard|witness\w*|shops?|stores?|pubs?|caf\w+|restaurant|business|company|church|club|"
    r"school|staff|tenants?|residents?|customers?|twins?|fianc\w+|family|worker|lady|woman|"
    r"teacher|nurse|someone i|he was|she was|her|his|they were|people)\b",
    re.IGNORECASE,
)
_OF_SAFETY = re.compile(
    r"\b(?:safe\w*|unsafe|fine|ok|okay|alright|all right|well|danger|harm\w*|hurt|risk|at home|"
    r"indoors|nobody|no one)\b",
    re.IGNORECASE,
)
SILENT = 10  # one of so many messages without a word about it shows enough
_MARK = re.compile(r"\[\[(?P<label>[yn]):(?P<said>.*?)\]\]", re.DOTALL)
ROLE, REPORTED = "tell_role", "tell_reported"
SAFE_NOW, REPEATED = "safe_now", "repeated"
HAPPENED = {"affirm": "yes", "deny": "no"}
SAFE = {"affirm": "yes", "tell_safe": "yes", "false_alarm": "yes", "deny": "no"}


@dataclass(frozen=True)
class Example:
    """A text, the question that it answers (None for any other message) and its label."""

    text: str
    question: str | None
    label: str


@dataclass(frozen=True)
class Mark:
    """A time in a text, and whether it is that of what happened."""

    start: int
    end: int
    of_deed: bool


@dataclass(frozen=True)
class Told:
    """A whole telling: the crime (None: none is told) and who writes (None: left open)."""

    text: str
    crime: str | None
    role: str | None
    times: tuple[Mark, ...] = ()
    beside: Mapping[str, str] | None = None  # None: nobody looked for it


@dataclass(frozen=True)
class Wished:
    """An answer to how to get in touch, and the way that it wishes for (None: for none)."""

    text: str
    how: str | None


def answers() -> Iterator[Example]:
    """Every answer of answers/<question>.yml."""
    for path in sorted((FOLDER / "answers").glob("*.yml")):
        yield from _read(path, path.stem)


def crimes() -> Iterator[Example]:
    """Every message of crimes/, with the label of nlu/intents.yml."""
    for path in sorted((FOLDER / "crimes").glob("*.yml")):
        for example in _read(path, None):
            yield Example(example.text, None, f"{TELL}/{example.label}")


def told() -> Iterator[Told]:
    """Every telling of told.jsonl."""
    for line in (FOLDER / "told.jsonl").read_text("utf-8").splitlines():
        given = json.loads(line)
        text, times = _unmarked(given["text"])
        yield Told(text, given["crime"], given["role"], times, given.get("beside"))


def wished() -> Iterator[Wished]:
    """Every answer of contact.jsonl."""
    for line in (FOLDER / "contact.jsonl").read_text("utf-8").splitlines():
        given = json.loads(line)
        yield Wished(given["text"], given["how"])


def of_crime(said: Iterable[Example], named: Callable[[str], str | None]) -> Iterator[Example]:
    """The crime that a message or a telling of told.jsonl is about.

    Its question is the crime that its words name.
    """
    pairs = [(one.text, one.label.partition("/")) for one in said]
    tellings = [(text, crime) for text, (intent, _, crime) in pairs if intent == TELL]
    tellings += [(one.text, one.crime) for one in told() if one.crime]
    for text, crime in tellings:
        yield Example(text, named(text), crime)


def of_role(said: Iterable[Example]) -> Iterator[Example]:
    """Who writes: role.yml, told.jsonl, and what labelled messages and answers show of it."""
    yield from _read(FOLDER / "role.yml", None)
    for one in told():
        yield Example(one.text, None, one.role or NONE)
    for example in said:
        if (role := _role(example)) is not None:
            yield Example(example.text, _only(example.question, "role"), role)


def of_reported() -> Iterator[Example]:
    """Whether the police know: reported.yml, and the answers to whether they do."""
    yield from _read(FOLDER / "reported.yml", None)
    for example in _read(FOLDER / "answers" / "reported.yml", "reported"):
        intent, _, told = example.label.partition("/")
        yield Example(example.text, "reported", told if intent == REPORTED else NONE)


def of_safety(said: Iterable[Example]) -> Iterator[Example]:
    """Whether somebody says that they are safe: safe.yml, and the answers to whether they are.

    Beside them stand some messages in which no word is about it.
    """
    yield from _read(FOLDER / "safe.yml", None)
    others = [one.text for one in said if one.question is None] + [one.text for one in told()]
    silent = [text for text in others if not _OF_SAFETY.search(text)]
    yield from (Example(text, None, NONE) for text in silent[::SILENT])
    for example in _read(FOLDER / "answers" / "safe_now.yml", SAFE_NOW):
        intent = example.label.partition("/")[0]
        yield Example(example.text, SAFE_NOW, SAFE.get(intent, NONE))


def of_repetition() -> Iterator[Example]:
    """Whether it happened before or goes on: told.jsonl, and the answers to whether it has."""
    yield from _read(FOLDER / "repeated.yml", None)
    yield from _beside(REPEATED)
    for example in _read(FOLDER / "answers" / "repeated.yml", REPEATED):
        yield Example(example.text, REPEATED, HAPPENED.get(example.label, NONE))


def of_vulnerability() -> Iterator[Example]:
    """What a telling of told.jsonl says of an illness or a disability of whom it happened to."""
    yield from _read(FOLDER / "vulnerability.yml", None)
    yield from _beside("vulnerability")


def _beside(name: str) -> Iterator[Example]:
    for one in told():
        if one.beside is not None:
            yield Example(one.text, None, one.beside.get(name, NONE))


def _unmarked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """A text without the marks of its times, and where these stand in it."""
    bare, marks, at = "", [], 0
    for mark in _MARK.finditer(text):
        bare += text[at : mark.start()]
        marks.append(Mark(len(bare), len(bare) + len(mark["said"]), mark["label"] == "y"))
        bare, at = bare + mark["said"], mark.end()
    return bare + text[at:], tuple(marks)


def _role(example: Example) -> str | None:
    """The role that a labelled message shows; None where its label leaves that open."""
    intent, _, told = example.label.partition("/")
    if intent == TELL:
        return OF_CRIME.get(told) or (None if _OTHERS.search(example.text) else VICTIM)
    if intent == ROLE:
        return told or None
    return NONE if example.question else None


def _only(question: str | None, wanted: str) -> str | None:
    return question if question == wanted else None


def _read(path: Path, question: str | None) -> Iterator[Example]:
    for label, texts in yaml.safe_load(path.read_text("utf-8")).items():
        for text in texts.splitlines():
            yield Example(text, question, label)
