"""Settings fail at the door, with one line that names the setting."""

import asyncio
import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command

from channels import __main__ as process
from channels.prepare import prepare, ready_settings
from channels.settings import BadSetting, read_settings
from knowledge.directory import load
from knowledge.migrating import migration_config
from knowledge.opening import open_knowledge
from knowledge.sealing.columns import ring_in_use
from knowledge.sealing.ring import Key, keep

TOKEN = "a token of some length"

SECRETS = ("ASSISTANT_TOKEN", "RETURN_KEY", "ADMIN_PASSWORD")

BAD = [
    ("PORT", "eight"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("ASSISTANT_PORT", "-1"),
    ("ACTIONS_PORT", "1.5"),
    ("ASSISTANT_TOKEN", "short"),
    ("RETURN_KEY", "short"),
    ("ASSISTANT_PATIENCE", "0"),
    ("ASSISTANT_PATIENCE", "an hour"),
    ("ENGINE_PATIENCE", "4"),
    ("ENGINE_PATIENCE", "never"),
    ("TURN_PATIENCE", "4"),
    ("TURN_PATIENCE", "never"),
    ("DATABASE_URL", "mysql://host/db"),
    ("DATABASE_URL", "waymark.db"),
    ("CLOCK", "next tuesday"),
    ("LIMITS", "maybe"),
    ("SECURE_COOKIES", "perhaps"),
    ("ADMIN_PASSWORD", "secret"),
    ("LINK_SECRET", "short"),
    ("SMTP_URL", "mail.example:25"),
    ("OIDC_SECOND_FACTOR", "mfa"),
    ("DUTY_EMAIL", "duty@waymark.example, sam@waymark.example"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_one_line_that_names_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WAYMARK_{name}", value)
    with pytest.raises(BadSetting) as bad:
        read_settings()
    assert str(bad.value).startswith(f"WAYMARK_{name}: ")
    assert "\n" not in str(bad.value)
    assert value not in str(bad.value) or name not in SECRETS


@pytest.mark.parametrize("name", ["WAYMARK_ASSISTANT_TOKEN", "WAYMARK_RETURN_KEY"])
def test_a_missing_secret_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(BadSetting, match=rf"^{name}: "):
        read_settings()


def test_an_empty_setting_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_PORT", "")
    assert read_settings().port == 8000


def test_by_default_nobody_beyond_this_machine_is_served() -> None:
    settings = read_settings()
    assert settings.host == "127.0.0.1"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.assistant_patience == 10


@pytest.mark.parametrize("arguments", [["prepare"], []])
def test_a_bad_setting_ends_the_process_with_one_line(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WAYMARK_VAR", str(tmp_path))
    monkeypatch.setenv("WAYMARK_PORT", "eight")
    with pytest.raises(SystemExit) as ended:
        process.main(arguments)
    assert str(ended.value).startswith("channels: WAYMARK_PORT: ")


def test_an_unknown_command_tells_the_known_ones() -> None:
    with pytest.raises(SystemExit, match="python -m channels prepare"):
        process.main(["run"])


@pytest.mark.parametrize("name", ["PORT", "ASSISTANT_PORT", "ACTIONS_PORT"])
def test_a_busy_port_is_named(
    name: str, ports: list[int], busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"WAYMARK_{name}", str(busy))
    with pytest.raises(BadSetting, match=rf"^WAYMARK_{name}: port {busy} is busy"):
        prepare()


def test_preparing_makes_a_secret_once_for_the_owner_alone(
    ports: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WAYMARK_ASSISTANT_TOKEN")
    prepare()
    secrets = tmp_path / "var" / "secrets.env"
    first = secrets.read_text()
    prepare()
    assert secrets.read_text() == first
    assert secrets.stat().st_mode & 0o777 == 0o600
    assert len(os.environ["WAYMARK_ASSISTANT_TOKEN"]) >= 32


def test_a_secret_that_an_older_version_did_not_know_is_added(
    ports: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WAYMARK_ASSISTANT_TOKEN")
    secrets = tmp_path / "var" / "secrets.env"
    secrets.parent.mkdir()
    secrets.write_text(f"WAYMARK_ASSISTANT_TOKEN={TOKEN}\n")
    prepare()
    kept = dict(line.split("=", 1) for line in secrets.read_text().splitlines())
    assert kept["WAYMARK_ASSISTANT_TOKEN"] == TOKEN
    assert len(kept["WAYMARK_LINK_SECRET"]) >= 32
    assert len(kept["WAYMARK_RETURN_KEY"]) >= 32
    assert secrets.stat().st_mode & 0o777 == 0o600


async def test_preparing_fills_the_directory(ports: list[int], tmp_path: Path) -> None:
    await asyncio.to_thread(prepare)
    knowledge = open_knowledge(read_settings().database_url)
    assert len(await knowledge.editing.entries()) == len(load().services)
    await knowledge.database.close()


def test_a_database_that_cannot_be_used_is_named(
    ports: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a-file").write_text("not a folder")
    monkeypatch.setenv("WAYMARK_DATABASE_URL", f"sqlite:///{tmp_path}/a-file/waymark.db")
    with pytest.raises(BadSetting, match=r"^WAYMARK_DATABASE_URL: "):
        prepare()


def test_several_that_start_at_once_make_one_key(
    ports: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Key] = []

    def slowly(path: Path, keys: list[Key]) -> None:
        time.sleep(0.2)
        made.extend(keys)
        keep(path, keys)

    monkeypatch.setattr("channels.prepare.keep", slowly)
    with ThreadPoolExecutor(3) as starting:
        list(starting.map(lambda _: ready_settings(), range(3)))
    assert len(made) == 1
    assert ring_in_use().keys == made


def test_rolling_the_older_processes_keep_their_ports(
    ports: list[int], busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    monkeypatch.setenv("WAYMARK_PORT", str(busy))
    process.main(["prepare", "rolling"])


def test_rolling_what_needs_a_stop_is_named(
    ports: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    command.downgrade(migration_config(read_settings().database_url), "0032_processes")
    with pytest.raises(SystemExit, match="0036_trace_and_team is not for older processes"):
        process.main(["prepare", "rolling"])


def test_ahead_of_a_stop_nothing_of_the_database_is_changed(
    ports: list[int],
    busy: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    prepare()
    command.downgrade(migration_config(read_settings().database_url), "0032_processes")
    monkeypatch.setenv("WAYMARK_PORT", str(busy))
    process.main(["prepare", "ahead"])
    assert capsys.readouterr().out == "done ahead: 0\n"
    with pytest.raises(SystemExit, match="0036_trace_and_team"):
        process.main(["prepare", "rolling"])


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WAYMARK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("WAYMARK_ASSISTANT_TOKEN", TOKEN)
    monkeypatch.setenv("WAYMARK_RETURN_KEY", TOKEN)


@pytest.fixture
def ports(
    unused_tcp_port_factory: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> list[int]:
    """Free ports and a folder of one's own, set for preparing."""
    free = [unused_tcp_port_factory() for _ in range(3)]
    for name, port in zip(("PORT", "ASSISTANT_PORT", "ACTIONS_PORT"), free, strict=True):
        monkeypatch.setenv(f"WAYMARK_{name}", str(port))
    monkeypatch.setenv("WAYMARK_ENGINES", "1")  # each further one needs the next port
    monkeypatch.setenv("WAYMARK_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("WAYMARK_DATABASE_URL", f"sqlite:///{tmp_path}/var/waymark.db")
    return free


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that somebody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])
