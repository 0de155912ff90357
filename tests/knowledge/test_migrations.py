"""The steps lead to the form that the code describes, and can be taken twice."""

import asyncio
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import knowledge.migrating
from knowledge.database import async_url
from knowledge.errors import Conflict, Unavailable
from knowledge.migrating import migrate, migration_config
from knowledge.migrations.all_tables import metadata

A_WHILE = 300.0  # until processes that start have migrated


def test_the_tables_are_as_the_code_describes_them(database_url: str) -> None:
    assert asyncio.run(_differences(database_url)) == []


def test_migrating_again_changes_nothing(database_url: str) -> None:
    migrate(database_url)
    assert asyncio.run(_differences(database_url)) == []


def test_migrating_makes_the_folder_of_a_new_database(tmp_path: Path) -> None:
    migrate(f"sqlite:///{tmp_path / 'not' / 'yet' / 'waymark.db'}")
    assert (tmp_path / "not" / "yet" / "waymark.db").exists()


def test_the_steps_can_be_undone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'waymark.db'}"
    migrate(url)
    command.downgrade(migration_config(url), "base")
    migrate(url)
    assert asyncio.run(_differences(url)) == []


@pytest.mark.parametrize("url", ["mysql://host/db", "waymark.db", "", "sqlite", "oracle://x"])
def test_no_other_kind_of_database_is_taken(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:/// or postgresql://"):
        async_url(url)


def test_several_that_start_at_once_migrate_once(tmp_path: Path, postgres: str) -> None:
    asyncio.run(_emptied_whole(postgres))
    for url in (f"sqlite:///{tmp_path / 'new' / 'waymark.db'}", postgres):
        started = [_starting(url) for _ in range(3)]
        assert [one.wait(A_WHILE) for one in started] == [0, 0, 0]
        assert asyncio.run(_differences(url)) == []


def test_a_table_that_somebody_keeps_is_waited_for_and_given_up_loudly(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge.migrating, "BETWEEN", 0.0)
    monkeypatch.setattr(knowledge.migrating, "TRIES", 2)
    command.downgrade(migration_config(postgres), "0022_holds")
    try:
        asyncio.run(_while_a_copy_is_made(postgres))
    finally:
        migrate(postgres)
    assert asyncio.run(_differences(postgres)) == []


def test_a_step_that_older_processes_cannot_live_with_is_not_taken_beside_them(
    database_url: str,
) -> None:
    command.downgrade(migration_config(database_url), "0032_processes")
    try:
        with pytest.raises(Conflict, match="0036_trace_and_team"):
            migrate(database_url, rolling=True)
        assert asyncio.run(_differences(database_url)) != []
        command.upgrade(migration_config(database_url), "0036_trace_and_team")
        migrate(database_url, rolling=True)
    finally:
        migrate(database_url)
    assert asyncio.run(_differences(database_url)) == []


def test_a_step_that_takes_something_away_says_that_it_needs_a_stop() -> None:
    steps = ScriptDirectory.from_config(migration_config("sqlite:///")).walk_revisions()
    silent = [
        step.revision
        for step in steps
        if _takes_away(inspect.getsource(step.module)) and not _needs_stop(step)
    ]
    assert silent == []


def _takes_away(source: str) -> bool:
    """Whether a step's way up changes what older processes read or write."""
    up = source.partition("def upgrade")[2].partition("def downgrade")[0]
    return any(word in up for word in ("drop_table", "drop_column", "_retype(", "_seal("))


def _needs_stop(step: Script) -> bool:
    return bool(getattr(step.module, "needs_stop", False))


def _starting(url: str) -> subprocess.Popen[bytes]:
    code = f"from knowledge.migrating import migrate; migrate({url!r})"
    return subprocess.Popen([sys.executable, "-c", code])


async def _emptied_whole(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


async def _while_a_copy_is_made(url: str) -> None:
    copying = await asyncpg.connect(url)
    async with copying.transaction():
        await copying.execute("SELECT 1 FROM callbacks")
        with pytest.raises(Unavailable, match="keeps a table"):
            await asyncio.to_thread(migrate, url)
    await copying.close()


async def _differences(url: str) -> list[Any]:
    engine = create_async_engine(async_url(url))
    async with engine.connect() as connection:
        found = await connection.run_sync(_compared)
    await engine.dispose()
    return found


def _compared(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))
