"""Reads a file of messages as the assistant would: `python -m bot.understand IN OUT`.

IN holds lines {"id", "text", "question"?, "today"?}, OUT becomes lines {"id", "intent",
"confidence", "facts", "wishes", "under_18", "about", "aims"}: the intent as nlu/intents.yml names
it, the facts as the assessment names its fields, the wishes how help must come, the crime that a
search seems to be about, what help it is after. `question` is what was being asked, `today` (ISO
8601) the day against which `yesterday` is read. The trained classifiers are taken from the
assistant's model.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from nlu import aims
from nlu.aims import AimReader
from nlu.answers import Answers
from nlu.components.shared import embedding, fact_finder, readers
from nlu.facts import ALL_FIELDS, FactFinder, help_wanted
from nlu.facts import Reading as Told
from nlu.meaning import Meaning
from nlu.readers import KEPT, Readers
from nlu.settings import MODELS
from nlu.understanding import FIND_SERVICES, Reading, Understanding
from nlu.wish import implies, may_imply

MODEL = MODELS / "assistant.tar.gz"
AT_ONCE = 64
NOTHING = Told(())
ASSESSED = ALL_FIELDS - {"under_18", "age"}  # the fields of the assessment

log = logging.getLogger("understand")


class BadLine(ValueError):
    """A line is not a message; the text says why, and quotes nothing of it."""


class NotTrained(RuntimeError):
    """The model is missing or holds no classifier of meaning."""


@dataclass(frozen=True)
class Asked:
    """One line of the file."""

    id: Any
    text: str
    question: str | None
    today: date


class Reader:
    """Meaning and facts of messages, many at a time."""

    def __init__(self, understanding: Understanding, facts: FactFinder, aims: AimReader) -> None:
        self._understanding = understanding
        self._facts = facts
        self._aims = aims

    @classmethod
    def load(cls, model: Path = MODEL) -> Reader:
        """The parts of the trained assistant that read a message."""
        understanding = Understanding(trained(model), embedding(), Answers.load())
        return cls(understanding, fact_finder(), trained_aims(model))

    def read(self, asked: Iterable[Asked]) -> Iterator[dict[str, Any]]:
        """An answer to each message, in order."""
        waiting = iter(asked)
        while batch := list(islice(waiting, AT_ONCE)):
            readings = self._understanding.read([(one.text, one.question) for one in batch])
            yield from map(self._answer, batch, readings)

    def _answer(self, one: Asked, reading: Reading) -> dict[str, Any]:
        told = (
            NOTHING
            if reading.tells_nothing
            else self._facts.read(
                one.text,
                question=one.question,
                today=one.today,
                odds=reading.odds,
                asks=reading.asks,
                mentions=reading.mentions,
            )
        )
        best = reading.intents[0]
        aims = self._aims.read(one.text, embedding().embed([one.text])[0])
        if may_imply(best.label, one.question) and implies(aims):
            best = Meaning(FIND_SERVICES, aims[0][1])
        return {
            "id": one.id,
            "intent": best.label,
            "confidence": round(best.confidence, 4),
            "facts": {fact.name: fact.value for fact in told.facts if fact.name in ASSESSED},
            "wishes": [wish.name for wish in help_wanted.read(one.text)],
            "about": reading.about,
            "aims": aims,
            "under_18": any(fact.name == "under_18" for fact in told.facts),
        }


def trained(model: Path) -> Readers:
    """The classifier of meaning that the assistant's model holds."""
    with tempfile.TemporaryDirectory() as folder:
        return readers(_unpacked(model, KEPT, Path(folder)))


def trained_aims(model: Path) -> AimReader:
    """The reader of aims that the assistant's model holds."""
    with tempfile.TemporaryDirectory() as folder:
        return AimReader.load(_unpacked(model, aims.KEPT, Path(folder)))


def _unpacked(model: Path, name: str, folder: Path) -> Path:
    if not model.is_file():
        raise NotTrained(f"{model} is not there: run `make train`")
    with tarfile.open(model) as packed:
        member = next((item for item in packed if Path(item.name).name == name), None)
        content = packed.extractfile(member) if member else None
        if content is None:
            raise NotTrained(f"{model} holds no {name}: run `make train`")
        path = folder / name
        path.write_bytes(content.read())
        return path


def lines_of(source: Iterable[bytes]) -> Iterator[Asked]:
    """The messages of a file; a bad line is told with its number and left out."""
    for number, line in enumerate(source, start=1):
        try:
            if line.strip():
                yield _asked(json.loads(line))
        except (BadLine, UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
            why = str(error) if isinstance(error, BadLine) else "not JSON in UTF-8"
            log.error("line %d left out: %s", number, why)


def _asked(given: Any) -> Asked:
    if not isinstance(given, dict):
        raise BadLine("not an object")
    if "id" not in given:
        raise BadLine("no id")
    if not isinstance(given.get("text"), str):
        raise BadLine("no text")
    question = given.get("question")
    if question is not None and not isinstance(question, str):
        raise BadLine("question is not a string")
    return Asked(given["id"], given["text"], question, _day(given.get("today")))


def _day(said: Any) -> date:
    if said is None:
        return datetime.now(ZoneInfo("Europe/London")).date()
    try:
        return datetime.fromisoformat(said).date()
    except (TypeError, ValueError):
        raise BadLine("today is not a date") from None


def understand(source: Path, target: Path, model: Path = MODEL) -> int:
    """Answer the lines of one file in another; returns how many were answered."""
    reader = Reader.load(model)
    count = 0
    # half a character that somebody sent must not stop the others
    with source.open("rb") as lines, target.open("w", encoding="utf-8") as out:
        for answer in reader.read(lines_of(lines)):
            out.write(json.dumps(answer, ensure_ascii=True, default=str) + "\n")
            count += 1
    return count


def main() -> int:
    """Run the command; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="understand: %(message)s", stream=sys.stderr)
    parser = argparse.ArgumentParser(prog="python -m bot.understand", description=__doc__)
    parser.add_argument("source", type=Path, metavar="IN")
    parser.add_argument("target", type=Path, metavar="OUT")
    parser.add_argument("--model", type=Path, default=MODEL, help="the assistant's model")
    options = parser.parse_args()
    try:
        log.info("%d messages read", understand(options.source, options.target, options.model))
    except (NotTrained, OSError) as error:
        log.error("%s", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
