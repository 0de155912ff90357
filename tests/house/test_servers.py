"""What starts on a server is what `make run` starts."""

import configparser
import re
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from channels import figures, supervisor

ROOT = Path(__file__).parents[2]
PARTS = {name: " ".join(command) for name, command in supervisor.commands().items()}
# What names the port of a process itself, and the ports behind which nginx gathers several.
OWN = {
    "channels": "WAYMARK_PORT",
    "assistant": "WAYMARK_ASSISTANT_PORT",
    "actions": "WAYMARK_ACTIONS_PORT",
}
SHARED = ("5000", "5050")
ENGINES = "WAYMARK_ENGINES"  # nginx stands before one of each process


def _unit(part: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign,assignment]
    unit.read(ROOT / "docs" / "servers" / f"waymark-{part}.service")
    return unit


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_unit_that_starts_it_again(part: str) -> None:
    service = _unit(part)["Service"]
    assert service["ExecStart"] == f"/srv/waymark/{PARTS[part]}"
    assert service["Restart"] == "always"
    assert _unit(part)["Unit"]["StartLimitIntervalSec"] == "0"
    assert float(service["TimeoutStopSec"]) == supervisor.ENDS_WITHIN


@pytest.mark.parametrize("part", PARTS)
def test_a_crash_writes_no_memory_to_disk(part: str) -> None:
    assert _unit(part)["Service"]["LimitCORE"] == "0"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("many", ["", "@"])
def test_all_that_is_told_goes_to_the_journal_alone(part: str, many: str) -> None:
    elsewhere = {"StandardOutput", "StandardError", "SyslogIdentifier", "LogNamespace"}
    assert not elsewhere & set(_unit(part + many)["Service"])
    opened = [
        str(path.relative_to(ROOT))
        for room in ("actions", "bot", "channels", "knowledge", "nlu")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"\b(FileHandler|RotatingFileHandler|SysLogHandler)\b", path.read_text())
    ]
    assert opened == []


def test_the_guide_says_how_logs_leave() -> None:
    guide = (ROOT / "docs/servers/README.md").read_text()
    for named in ("systemd-journal-upload", "rsyslog", "audit verify"):
        assert named in guide


def test_no_unit_is_without_a_part() -> None:
    units = {path.stem for path in (ROOT / "docs" / "servers").glob("*.service")}
    assert units == {f"waymark-{part}{many}" for part in PARTS for many in ("", "@")}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_several_runs_as_a_single_one_does_on_a_port_of_its_own(part: str) -> None:
    one, several = _unit(part), _unit(f"{part}@")
    ours, theirs = dict(one["Service"]), dict(several["Service"])
    program, command = "/usr/bin/env ", theirs.pop("ExecStart")
    ports, run = command.removeprefix(program).partition(" /")[::2]
    assert f"/{run}" == ours.pop("ExecStart")
    assert theirs == ours
    given = dict(pair.split("=") for pair in ports.split())
    assert given.pop(OWN[part]) == "%i"
    assert given.pop(ENGINES, None) == (None if part == "actions" else "1")
    assert set(given.values()) <= set(SHARED)


@pytest.mark.parametrize("part", PARTS)
def test_the_guide_starts_each_part_on_the_ports_of_nginx(part: str) -> None:
    guide = (ROOT / "docs/servers/README.md").read_text()
    conf = (ROOT / "docs/servers/nginx.conf").read_text()
    started = re.search(rf"waymark-{part}@\{{([0-9,]+)\}}", guide)
    assert started
    for port in started[1].split(","):
        assert f"server 127.0.0.1:{port} " in conf
    for port in SHARED:
        assert f"listen 127.0.0.1:{port};" in conf


def test_each_figure_to_watch_is_there_and_each_that_is_there_is_named() -> None:
    guide = (ROOT / "docs/servers/README.md").read_text()
    counted = [one for one in vars(figures).values() if isinstance(one, MetricWrapperBase)]
    shown = {
        one.name + "_total" * (one.type == "counter") for each in counted for one in each.collect()
    }
    assert shown == set(re.findall(r"`(waymark_\w+)`", guide))
