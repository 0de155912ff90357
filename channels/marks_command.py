"""Marked alarms, on the operator's command line: candidates for the next training messages.

python -m channels marks export FILE

Each line has the form of the training messages of nlu/risk. Only messages of people who agreed
themselves, without identity (knowledge/marks/scrub.py says how). Nothing learns from the file by
itself: somebody reads every line, and carries over what is good.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from channels.settings import Settings
from knowledge.audit.model import Actor, acting
from knowledge.clock import clock_from
from knowledge.marks.model import Candidate
from knowledge.marks.scrub import Scrubber, ordinary_words
from knowledge.opening import open_knowledge
from knowledge.places import Gazetteer

NLU = Path(__file__).parents[1] / "nlu"
MADE_UP = NLU / "risk" / "data" / "train"
OPERATOR = Actor("operator", "command line")
STYLE = "candidate"


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Write the file and say what is in it; 1 when it can't be written there."""
    parser = argparse.ArgumentParser(prog="python -m channels marks")
    deeds = parser.add_subparsers(dest="deed", required=True)
    export = deeds.add_parser("export", help="write candidates for the training messages")
    export.add_argument("file", type=Path, help="a new file, outside nlu/")
    given = parser.parse_args(arguments)
    line, status = asyncio.run(_export(given.file, settings))
    sys.stdout.write(line + "\n")
    return status


async def _export(file: Path, settings: Settings) -> tuple[str, int]:
    if file.exists() or NLU in file.resolve().parents:
        return "marks: please name a new file outside nlu/: nothing may be learned unread", 1
    acting(OPERATOR)
    knowledge = open_knowledge(settings.database_url, clock_from(settings.clock))
    try:
        found, without = await knowledge.marks.candidates()
        lines = list(dict.fromkeys(_lines(found)))
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        await knowledge.marks.exported(len(lines))
    except OSError as error:
        return f"marks: {file}: {error.strerror}", 1
    finally:
        await knowledge.database.close()
    told = f"{len(lines)} messages; {without} marked conversations without consent are left out."
    return f"{told} Please read every line before anything learns from it.", 0


def _lines(found: Sequence[Candidate]) -> Iterator[str]:
    scrubber = Scrubber(ordinary_words(_made_up()), Gazetteer.load())
    for one in found:
        line = {
            "text": scrubber.scrub(one.text),
            "disposition": one.disposition,
            "categories": list(one.categories),
            "styles": [STYLE],
            "why": "marked by a co-ordinator",
        }
        yield json.dumps(line, ensure_ascii=False)


def _made_up() -> Iterator[str]:
    """The texts of the made-up training messages: a file of data, read as such."""
    for path in sorted(MADE_UP.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)["text"]
