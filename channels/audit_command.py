"""The log of who did what, on the operator's command line.

python -m channels audit verify [--noted HASH]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence

from channels.settings import Settings
from knowledge.audit.model import Verdict
from knowledge.opening import open_knowledge


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Check the chain and print what was found; 1 when it is broken."""
    parser = argparse.ArgumentParser(prog="python -m channels audit")
    deeds = parser.add_subparsers(dest="deed", required=True)
    verify = deeds.add_parser("verify", help="compute the chain of hashes again")
    verify.add_argument("--noted", default="", help="a last hash that was printed earlier")
    given = parser.parse_args(arguments)
    verdict = asyncio.run(_verify(settings.database_url, given.noted))
    line, status = _said(verdict)
    sys.stdout.write(line + "\n")
    return status


def _said(verdict: Verdict) -> tuple[str, int]:
    if verdict.broken is not None:
        return f"broken: row {verdict.broken} does not fit; {verdict.rows} before it do", 1
    if not verdict.noted_found:
        return f"broken: the noted hash is in none of the {verdict.rows} rows", 1
    removed = f" ({verdict.removed} older ones removed by the rule)" if verdict.removed else ""
    return f"whole: {verdict.rows} rows{removed}, last hash {verdict.last}", 0


async def _verify(database_url: str, noted: str) -> Verdict:
    knowledge = open_knowledge(database_url)
    try:
        return await knowledge.audit.verify(noted)
    finally:
        await knowledge.database.close()
