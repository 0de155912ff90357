"""What is kept: where, what, why, who sees it, how long; made of data and the code's own rules."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml

from knowledge.coordinators.model import RIGHTS, Right, Role
from knowledge.coordinators.team import GOOD_FOR
from knowledge.coordinators.tries import FORGOTTEN_AFTER
from knowledge.database import metadata
from knowledge.retention.model import Kind, Rule, rules
from knowledge.sealing.store import sealed_columns, trackers

FILE = Path(__file__).with_name("holdings.yml")


@dataclass(frozen=True, kw_only=True)
class Holding:
    """One kind of data. It has rules that end it, or says until when it stays."""

    tables: list[str]
    what: str
    why: str
    basis: str
    seen_by: list[Right]
    rules: list[Kind] = field(default_factory=list)
    until: str = ""

    @property
    def roles(self) -> list[Role]:
        """Who at the desk can see it, by the table of rights."""
        return sorted({role for right in self.seen_by for role in RIGHTS.get(right, ())})

    @property
    def how_long(self) -> list[Rule]:
        """The rules that end it."""
        return [rules()[kind] for kind in self.rules]

    @property
    def sealed(self) -> list[str]:
        """The columns that lie sealed on the disk."""
        tables = {**metadata.tables, trackers.name: trackers}
        return [
            f"{name}.{column.name}"
            for name in self.tables
            if name in tables
            for column in sealed_columns(tables[name])
        ]


@cache
def holdings(path: Path = FILE) -> dict[str, Holding]:
    """All kinds of data. Raises ValueError for an unknown right or rule."""
    kept = yaml.safe_load(path.read_text("utf-8"))
    times = {"tries": _said(FORGOTTEN_AFTER), "invitations": _said(GOOD_FOR)}
    for row in kept.values():
        row["seen_by"] = [Right(one) for one in row["seen_by"]]
        row["rules"] = [Kind(one) for one in row.get("rules", [])]
        row["until"] = row.get("until", "").format(**times)
    return {name: Holding(**row) for name, row in kept.items()}


def _said(time: timedelta) -> str:
    hours = int(time.total_seconds() // 3600)
    return f"{hours // 24} days" if hours > 24 else f"{hours} hours"
