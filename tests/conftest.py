"""What the rooms' tests share. Imports stay inside: the assistant's side reads this file too."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database in its present form, to be copied."""
    from knowledge.migrating import migrate

    path = tmp_path_factory.mktemp("migrated") / "waymark.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated: Path, tmp_path: Path) -> str:
    """The address of an empty database of one's own."""
    shutil.copy(migrated, tmp_path / "waymark.db")
    return f"sqlite:///{tmp_path / 'waymark.db'}"
