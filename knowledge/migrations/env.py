"""Alembic's door into the database."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from knowledge.migrations.all_tables import metadata
from knowledge.migrations.engine import open_engine, take_turn


def _run(connection: Connection) -> None:
    take_turn(connection)
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transaction_per_migration=True,  # no table is held for longer than its own step
    )
    with context.begin_transaction():
        context.run_migrations()


async def _connect() -> None:
    engine = open_engine(context.config.get_main_option("sqlalchemy.url") or "")
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(_connect())
