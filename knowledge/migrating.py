"""Bringing the database to the form the code needs."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from knowledge.database import async_url


def migration_config(database_url: str) -> Config:
    """Alembic's settings for this database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("sqlalchemy.url", async_url(database_url).replace("%", "%%"))
    return config


def migrate(database_url: str) -> None:
    """Run all steps that this database has not seen. Safe to repeat."""
    path = database_url.partition(":///")[2]
    if database_url.startswith("sqlite") and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(migration_config(database_url), "head")
