"""Copying everything that is kept, and putting it back: `python -m channels backup …`."""

import argparse
import sys
from pathlib import Path

from channels.settings import Settings
from knowledge.backup import BadBackup, back_up, restore
from knowledge.clock import clock_from
from knowledge.sealing.columns import ring_in_use


def run(arguments: list[str], settings: Settings) -> int:
    """Make or put back a copy; gives the exit code. Prints what it did in one line a part."""
    asked = _parser().parse_args(arguments)
    try:
        if asked.what == "make":
            digests = back_up(
                settings.database_url,
                settings.var,
                asked.file,
                clock_from(settings.clock)(),
                _marks_of_keys(),
            )
            for name, digest in digests.items():
                sys.stdout.write(f"{name}  sha256 {digest}\n")
            sys.stdout.write(
                f"Kept in {asked.file}. The keys are not in it: keep them elsewhere.\n"
            )
        else:
            made = restore(settings.database_url, settings.var, asked.file, _marks_of_keys())
            sys.stdout.write(f"Put back as it was at {made:%d %B %Y %H:%M} UTC.\n")
    except BadBackup as error:
        sys.stderr.write(f"backup: {error}\n")
        return 1
    return 0


def _marks_of_keys() -> list[str]:
    """What tells the keys in use from others, and tells nothing else about them."""
    return ring_in_use().hashes("which keys", "backup.keys")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m channels backup", description=__doc__)
    verbs = parser.add_subparsers(dest="what", required=True)
    make = verbs.add_parser("make", help="copy everything into one file, while the system runs")
    make.add_argument("file", type=Path)
    back = verbs.add_parser("restore", help="put a copy back where nothing is yet")
    back.add_argument("file", type=Path)
    return parser
