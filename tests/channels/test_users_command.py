"""The operator's commands for people and for the trace."""

import io
import re
import sqlite3

import pytest

from channels import audit_command, users_command
from channels.settings import Settings

KIM = "kim@waymark.example"


def test_somebody_is_added_listed_and_let_in_no_more(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(settings, "add", KIM, "--name", "Kim", "--role", "auditor", "--area", "cambridgeshire")
    told = capsys.readouterr().out
    assert re.search(r"password \(shown only this once\): \S{12,}", told)
    _run(settings, "add", "sam@waymark.example", "--name", "Sam", "--role", "administrator")
    _run(settings, "deactivate", KIM)
    capsys.readouterr()
    _run(settings, "list")
    kim = f"{KIM}\tKim\tauditor\tcambridgeshire\tdeactivated\tno second factor"
    assert kim in capsys.readouterr().out.splitlines()
    _run(settings, "reactivate", KIM)
    _run(settings, "reset-second-factor", KIM)


def test_a_password_comes_from_a_line_and_is_not_told_again(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("otter saxophone gravel\n"))
    _run(settings, "add", KIM, "--name", "Kim", "--stdin")
    assert "otter" not in capsys.readouterr().out
    _run(settings, "reset-password", KIM)
    assert "shown only this once" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["deactivate", "nobody@waymark.example"], "nobody has the address"),
        (["add", KIM, "--name", "Kim", "--stdin"], "at least 12 characters"),
    ],
)
def test_what_can_not_be_done_is_said(
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    why: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    _run(settings, *arguments, status=1)
    assert why in capsys.readouterr().out


def test_a_second_of_the_same_address_is_refused(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    _run(settings, "add", KIM, "--name", "Kim")
    _run(settings, "add", KIM.upper(), "--name", "Kim", status=1)
    assert "already" in capsys.readouterr().out


def test_the_trace_is_verified(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("kim", "ben", "ann"):
        _run(settings, "add", f"{name}@waymark.example", "--name", name)
    capsys.readouterr()
    assert audit_command.run(["verify"], settings) == 0
    whole = capsys.readouterr().out
    assert whole.startswith("whole: 3 rows")
    noted = whole.split()[-1]
    assert audit_command.run(["verify", "--noted", noted], settings) == 0
    assert audit_command.run(["verify", "--noted", "0" * 64], settings) == 1
    _break(settings)
    capsys.readouterr()
    assert audit_command.run(["verify"], settings) == 1
    assert "broken: row 2" in capsys.readouterr().out


def _break(settings: Settings) -> None:
    database = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    database.execute("DROP TRIGGER audit_no_update")
    database.execute("UPDATE audit SET who = 'eve' WHERE sequence = 2")
    database.commit()
    database.close()


def _run(settings: Settings, *arguments: str, status: int = 0) -> None:
    assert users_command.run(arguments, settings) == status
