"""The recogniser's command line: train, recognise IN OUT, evaluate, tune."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from pathlib import Path

from nlu.risk.artefact import DEFAULT_FOLDER, RiskModelMissing
from nlu.risk.recogniser import Recogniser


def recognise_lines(source: Path, target: Path, folder: Path) -> int:
    """Answer every JSON line of one file in another; returns how many were answered."""
    recogniser = Recogniser.load(folder)
    count = 0
    # a person may send half a character; it must not stop the others
    opened = target.open("w", encoding="utf-8", errors="backslashreplace")
    with source.open(encoding="utf-8") as lines, opened as out:
        for line in lines:
            if not line.strip():
                continue
            entry = json.loads(line)
            answer = recogniser.recognise(
                entry.get("text"), entry.get("question"), entry.get("shown", ())
            )
            out.write(json.dumps({"id": entry.get("id")} | answer.as_dict(), ensure_ascii=False))
            out.write("\n")
            count += 1
    return count


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log = logging.getLogger("nlu.risk")
    options = _parser().parse_args(arguments)
    try:
        if options.command == "train":
            from nlu.risk.train import train

            log.info("trained" if train(options.models) else "nothing changed")
        elif options.command == "recognise":
            count = recognise_lines(options.source, options.target, options.models)
            log.info("%d messages read", count)
        elif options.command == "tune":
            from nlu.risk.tune import tune

            tune(options.afresh, options.talks)
        else:
            from nlu.risk.evaluate import evaluate

            log.info("%s", evaluate(options.models))
    except RiskModelMissing as missing:
        log.error("%s", missing)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m nlu.risk", description=__doc__)
    parser.add_argument("--models", type=Path, default=DEFAULT_FOLDER, help="the model's folder")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("train", help="train the model, if its sources changed")
    recognise = commands.add_parser("recognise", help="answer JSON lines of messages")
    recognise.add_argument("source", type=Path, metavar="IN")
    recognise.add_argument("target", type=Path, metavar="OUT")
    commands.add_parser("evaluate", help="measure, and write docs/risk-card.md")
    tune = commands.add_parser("tune", help="tune the encoder's adapter further (minutes)")
    tune.add_argument("--talks", action="store_true", help="the adapter for conversations")
    tune.add_argument("--afresh", action="store_true", help="from nothing (half an hour)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
