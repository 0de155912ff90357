"""Sealed copies of what is kept in clear, made in short steps before 0021_sealed takes them.

Sealing a hundred thousand conversations takes a minute or two; an older version serves
meanwhile, because it neither reads nor changes the copies. A trigger takes a copy away when its
row is changed or goes: whatever is killed at whatever moment, a copy that is there is right, and
those that are missing are all that is left to do. So nobody ever reads a value in clear as a
sealed one.
"""

import json
from collections.abc import Sequence
from itertools import batched
from typing import Any

import sqlalchemy as sa

from knowledge.sealing.columns import Sealed, SealedJSON, found_by, may_be_found_by, of_row

AT_ONCE = 200  # conversations in one transaction: nobody waits long for it
CONVERSATION, SEQUENCE = sa.String(32), sa.Integer()
JSON, TEXT = sa.JSON(), sa.Text()
MADE_WITH = "sealed ahead"  # what the hash that tells the keys apart is for


class Big:
    """A table that grows with the conversations, and the copies of what is to be sealed in it.

    ``key`` is its primary key as it will be, the conversation first; ``columns`` are those that
    are sealed, with their type before; by ``found`` it is looked up: its keyed hash stands beside.
    """

    def __init__(
        self, name: str, key: dict[str, Any], columns: dict[str, Any], found: str | None = None
    ) -> None:
        self.name, self.key, self.columns, self.found = name, tuple(key), columns, found
        self.sealed = [*columns, *([f"{found}_hash"] if found else [])]
        # A copy made with a key that was lost or dropped since is as good as none.
        more = [*(sa.Column(one, TEXT) for one in self.sealed), sa.Column("made_with", TEXT)]
        self.clear = sa.table(name, *map(sa.column, key), *(sa.column(c, TEXT) for c in columns))
        keys = (sa.Column(one, type_, primary_key=True) for one, type_ in key.items())
        self.copies = sa.Table(f"sealed_{name}", sa.MetaData(), *keys, *more)
        self.whose = self.clear.c[self.key[0]]
        self.same = sa.and_(*(self.clear.c[one] == self.copies.c[one] for one in self.key))
        kinds = {JSON: SealedJSON, TEXT: Sealed}
        self.kinds = {c: kinds.get(t, Sealed)(f"{name}.{c}") for c, t in columns.items()}


BIG = (
    Big(
        "entries",
        {"conversation": CONVERSATION, "sequence": SEQUENCE},
        {"text": TEXT, "details": JSON},
    ),
    Big("conversations", {"id": CONVERSATION}, {"reasons": JSON}),
    Big("assessments", {"conversation": CONVERSATION}, {"record": JSON}),
    Big("chats", {"conversation": CONVERSATION}, {"address": sa.String(64)}, "address"),
)


def begin(bind: sa.Connection, big: Big) -> None:
    """Make the table of copies, and what keeps it right. Safe to repeat."""
    if sa.inspect(bind).has_table(big.copies.name):
        ours = may_be_found_by("", MADE_WITH)
        bind.execute(sa.delete(big.copies).where(big.copies.c.made_with.not_in(ours)))
        return
    big.copies.create(bind)
    for statement in _watched(big, bind.dialect.name):
        bind.exec_driver_sql(statement)


def missing(bind: sa.Connection, big: Big) -> list[str]:
    """The conversations of which a copy is missing."""
    here = sa.outerjoin(big.clear, big.copies, big.same)
    none = big.copies.c[big.key[0]].is_(None)
    return list(bind.scalars(sa.select(big.whose).distinct().select_from(here).where(none)))


def seal(bind: sa.Connection, big: Big, conversations: Sequence[str]) -> None:
    """Make the copies of some conversations. Nobody changes their rows before the commit."""
    keys = (big.clear.c[one] for one in big.key)
    raw = (sa.cast(big.clear.c[one], TEXT).label(one) for one in big.columns)
    query = sa.select(*keys, *raw).where(big.whose.in_(conversations)).with_for_update()
    rows = [_sealed(bind, big, row) for row in bind.execute(query).mappings()]
    before = sa.delete(big.copies).where(big.copies.c[big.key[0]].in_(conversations))
    bind.execute(before)
    if rows:
        bind.execute(sa.insert(big.copies), rows)


def seal_rest(bind: sa.Connection, big: Big) -> None:
    """Make all copies that are missing, while nobody else writes."""
    begin(bind, big)
    for some in batched(missing(bind, big), AT_ONCE):
        seal(bind, big, some)


def unwatch(bind: sa.Connection, big: Big) -> None:
    """Let the table change without its copies, which are about to take its place."""
    for statement in _unwatched(big, bind.dialect.name):
        bind.exec_driver_sql(statement)


def _sealed(bind: sa.Connection, big: Big, row: sa.RowMapping) -> dict[str, Any]:
    key = {one: row[one] for one in big.key}
    made: dict[str, Any] = {**key, "made_with": found_by("", MADE_WITH)}
    for column, kind in big.kinds.items():
        value = row[column]
        if value is not None and isinstance(kind, SealedJSON):
            value = json.loads(value)
        made[column] = kind.process_bind_param(of_row(value, *key.values()), bind.dialect)
    if big.found:
        made[f"{big.found}_hash"] = found_by(row[big.found], f"{big.name}.{big.found}")
    return made


def _watched(big: Big, dialect: str) -> list[str]:
    """What takes a copy away when its row is changed or goes."""
    copies = big.copies.name
    gone = " AND ".join(f"{one} = OLD.{one}" for one in big.key)
    deed = f"DELETE FROM {copies} WHERE {gone};"  # noqa: S608  (names of ours)
    changed = f"UPDATE OF {', '.join(dict.fromkeys((*big.key, *big.columns)))}"
    if dialect == "postgresql":
        return [
            f"CREATE FUNCTION {copies}_taken() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {deed} RETURN NULL; END $$",
            f"CREATE TRIGGER {copies}_taken AFTER DELETE OR {changed} ON {big.name} "
            f"FOR EACH ROW EXECUTE FUNCTION {copies}_taken()",
        ]
    return [
        f"CREATE TRIGGER {copies}_{name} AFTER {when} ON {big.name} BEGIN {deed} END"
        for name, when in (("gone", "DELETE"), ("changed", changed))
    ]


def _unwatched(big: Big, dialect: str) -> list[str]:
    copies = big.copies.name
    if dialect == "postgresql":
        return [
            f"DROP TRIGGER {copies}_taken ON {big.name}",
            f"DROP FUNCTION {copies}_taken()",
        ]
    return [f"DROP TRIGGER {copies}_{name}" for name in ("gone", "changed")]
