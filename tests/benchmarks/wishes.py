"""From a free sentence to three services: ``python -m tests.benchmarks.wishes WISHES.yml``.

Each wish goes the road of a conversation: the trained assistant reads the sentence (in its own
environment), the place is answered when the sentence tells none, the finder ranks. The file is
a list of wishes::

    - id: door
      text: where can I get help with the damaged door in Hitchin
      place: Hitchin               # the answer to "where?", when the text does not tell it
      at: 2026-11-24T22:00         # on the clocks of London; a weekday morning if left out
      fits: [Beacon Victim Care]   # ids or names: one of them must come first
      never: [dist-stevenage]      # ids or names: none may be among the first three

Other keys (``district``, ``who``, ``need``, ``crime_type``, ``other_topic``) say what a reader
should have understood; they are never given to the finder. Exit status 2: a name is unknown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from actions.find_services import SHOWN
from actions.reading import Turn
from actions.searching import FRESH, MORE, Search
from knowledge.assessment.model import empty_record
from knowledge.clock import LONDON
from knowledge.directory import Found, find, load
from knowledge.directory.naming import plain_name
from knowledge.directory.snapshot import Services

WEEKDAY_MORNING = datetime(2026, 11, 24, 10, 40, tzinfo=LONDON)
ASSISTANT = Path(os.environ.get("ASSISTANT_PYTHON", ".venv-assistant/bin/python"))
SERVICES = Services(load().services)
Told = Mapping[str, Any]


class UnknownService(ValueError):
    """A wish names a service that the directory does not hold."""


@dataclass(frozen=True)
class Wish:
    """One line of the file; ``fits`` and ``never`` are ids of the directory."""

    id: str
    text: str
    place: str | None
    at: datetime
    fits: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True)
class Led:
    """Where the road led: whether the sentence was heard as a wish, and what was found."""

    wish: Wish
    heard: bool
    found: tuple[Found, ...]

    @property
    def ids(self) -> list[str]:
        """The services that are shown first."""
        return [one.service.id for one in self.found[:SHOWN]]

    @property
    def fits_first(self) -> bool:
        """Whether a truly fitting service comes first."""
        return bool(self.ids) and self.ids[0] in self.wish.fits

    @property
    def unfit(self) -> list[str]:
        """Who is shown and never should be."""
        return [id_ for id_ in self.ids if id_ in self.wish.never]


def wishes_of(path: Path) -> list[Wish]:
    """The wishes of a file. Raises UnknownService."""
    kept = yaml.safe_load(path.read_text("utf-8"))
    return [_wish(number, one) for number, one in enumerate(kept, start=1)]


def _wish(number: int, one: Told) -> Wish:
    inner = one.get("query", {})
    at = one.get("at") or one.get("at_time")
    return Wish(
        id=str(one.get("id", number)),
        text=one["text"],
        place=one.get("place") or inner.get("district") or one.get("district"),
        at=_moment(at) if at else WEEKDAY_MORNING,
        fits=_ids(one["fits"]),
        never=_ids(one.get("never") or one.get("unfit") or ()),
    )


def _moment(said: object) -> datetime:
    moment = datetime.fromisoformat(str(said).strip())
    return moment.astimezone(LONDON) if moment.tzinfo else moment.replace(tzinfo=LONDON)


def _ids(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(_ids_of(name) for name in names))


def _ids_of(name: str) -> frozenset[str]:
    """A service by its id, its name, or its name without what stands in brackets."""
    said = name.strip().lower()
    for form in (str.lower, plain_name):
        named = {one.id for one in SERVICES if said in (one.id, form(one.name))}
        if named:
            return frozenset(named)
    raise UnknownService(name)


def read(lines: Sequence[Told]) -> list[dict[str, Any]]:
    """What the trained assistant reads in each line, in order."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        command = [str(ASSISTANT), "-m", "bot.understand", str(source), str(target)]
        subprocess.run(command, check=True)
        return [json.loads(line) for line in target.read_text("utf-8").splitlines()]


def lead(wishes: Sequence[Wish]) -> list[Led]:
    """Every wish along the whole road."""
    today = WEEKDAY_MORNING.date().isoformat()
    first: list[Told] = [{"id": one.id, "text": one.text, "today": today} for one in wishes]
    answers = [
        {"id": one.id, "text": one.place or "skip", "today": today, "question": "where"}
        for one in wishes
    ]
    told = read([*first, *answers])  # at once: most of it is loading the model
    pairs = zip(told[: len(wishes)], told[len(wishes) :], strict=True)
    return [_led(one, *pair) for one, pair in zip(wishes, pairs, strict=True)]


def _led(wish: Wish, told: Told, answer: Told) -> Led:
    search = Search().after(_turn(wish.text, told, FRESH))
    if wish.place and search.place is None:
        search = search.after(_turn(wish.place, answer, "tell_where"))
    heard = told["intent"] in {FRESH, MORE} or bool(told["wishes"])
    return Led(wish, heard, tuple(find(SERVICES, search.query(empty_record()), wish.at)))


def _turn(text: str, told: Told, intent: str) -> Turn:
    facts: list[dict[str, Any]] = [
        {"name": name, "value": value, "as_said": ""} for name, value in told["facts"].items()
    ]
    if told["under_18"]:
        facts.append({"name": "under_18", "value": True, "as_said": ""})
    return Turn(
        conversation="c",
        message="m",
        text=text,
        intent=intent,
        question=None,
        today=date.min,
        holder=None,
        choice=None,
        facts=tuple(facts),
        supposed=(),
        asked=None,
        unclear=(),
        clearing=None,
        disposition="none",
        categories=(),
        watched=False,
        shown=(),
        wishes=tuple(told["wishes"]),
        aims=tuple((aim, odds) for aim, odds in told["aims"]) if intent == FRESH else (),
        about=told["about"] if intent == FRESH else None,
    )


def report(led: Sequence[Led]) -> str:
    """Shares, then every wish that went wrong."""
    number = len(led)
    right, unfit = sum(one.fits_first for one in led), sum(bool(one.unfit) for one in led)
    right_of_heard = sum(one.fits_first and one.heard for one in led)
    heard = sum(one.heard for one in led)
    lines = [
        f"{number} wishes",
        f"a truly fitting service first   {right:4} of {number}  {right / number:.1%}",
        f"an unfit one among the first {SHOWN}  {unfit:4} of {number}",
        f"heard as a wish for help        {heard:4} of {number}  {heard / number:.1%}",
        f"heard, and fitting first        {right_of_heard:4} of {number}",
    ]
    return "\n".join([*lines, *(_line(one) for one in led if _is_wrong(one))]) + "\n"


def _is_wrong(one: Led) -> bool:
    return bool(one.unfit) or not one.fits_first or not one.heard


def _line(one: Led) -> str:
    marks = [
        "" if one.fits_first else f"first is none of {sorted(one.wish.fits)}",
        f"unfit {one.unfit}" if one.unfit else "",
        "" if one.heard else "not heard as a wish",
    ]
    return f"- {one.wish.id}: {one.wish.text!r}: {one.ids}: {'; '.join(filter(None, marks))}"


def main() -> int:
    """Print the report of a file; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.wishes")
    parser.add_argument("wishes", type=Path, help="a YAML list of wishes")
    try:
        wishes = wishes_of(parser.parse_args().wishes)
    except UnknownService as error:
        sys.stderr.write(f"no service of the directory is called {error}\n")
        return 2
    sys.stdout.write(report(lead(wishes)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
