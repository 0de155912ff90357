"""The steps lead to the form that the code describes, and can be taken twice."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from knowledge.database import async_url
from knowledge.migrating import migrate, migration_config
from knowledge.migrations.all_tables import metadata


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


async def _differences(url: str) -> list[Any]:
    engine = create_async_engine(async_url(url))
    async with engine.connect() as connection:
        found = await connection.run_sync(_compared)
    await engine.dispose()
    return found


def _compared(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))
