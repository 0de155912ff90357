"""Where things are kept is said once: make and the processes read the same settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("kept", "environment", "var"),
    [("", {}, "var"), ("a/place", {}, "a/place"), ("a/place", {"WAYMARK_VAR": "b"}, "b")],
)
def test_make_keeps_everything_where_the_settings_say(
    kept: str, environment: dict[str, str], var: str, tmp_path: Path
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    if kept:
        (tmp_path / ".env").write_text(f"WAYMARK_VAR={kept}\n", "utf-8")
    own = {name: value for name, value in os.environ.items() if name != "WAYMARK_VAR"}
    said = subprocess.run(
        ["make", "--print-data-base", "--dry-run", "help"],
        cwd=tmp_path,
        env={**own, **environment},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    assert f"MODEL := {var}/models/assistant.tar.gz" in said
