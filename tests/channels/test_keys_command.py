"""The operator's command for keys."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from channels import keys_command
from channels.prepare import take_keys
from channels.settings import BadSetting, Settings
from knowledge.opening import open_knowledge
from knowledge.sealing import operations
from knowledge.sealing import ring as ring_module
from knowledge.sealing.ring import Key, keep
from tests.knowledge.conversations.builders import opened


@pytest.fixture
def at_home(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings with a file of keys, in use, that is looked at without a pause."""
    monkeypatch.setattr(ring_module, "LOOK_EVERY", 0)
    monkeypatch.setattr(operations, "TAKEN_BY_ALL", 0)
    there = settings.model_copy(update={"var": tmp_path})
    keep(there.keys_path, [Key.new("k1")])
    take_keys(there)
    return there


def test_rotating_and_dropping(at_home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    said = list(_said(at_home, capsys, "rotate", "list", "drop k1", "list"))
    assert said[0].startswith("k2 seals from now on")
    assert said[1].split("\n")[0].endswith("seals")
    assert "k1" in said[1]
    assert "k1" not in said[3]


def test_a_key_in_use_stays(at_home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert keys_command.run(["drop", "k1"], at_home) == 1
    assert "in use" in capsys.readouterr().err


def test_what_does_not_open_is_told_and_stops_nothing(
    at_home: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    async def damaged() -> None:
        knowledge = open_knowledge(at_home.database_url)
        conversations = [await opened(knowledge) for _ in range(3)]
        async with knowledge.database.writing() as unit:
            there = {"of": sorted(conversations)[0]}
            await unit.execute(
                text("UPDATE entries SET text = 'k1.MARKED' WHERE conversation = :of"), there
            )
        await knowledge.database.close()

    asyncio.run(damaged())
    assert keys_command.run(["rotate"], at_home) == 1
    told = capsys.readouterr()
    assert "1 of entries.text (key k1)" in told.err
    assert "MARKED" not in told.out + told.err
    assert "k1\t1 rows" in told.out
    assert keys_command.run(["drop", "k1"], at_home) == 1
    assert keys_command.run(["drop", "k1", "--although", "1"], at_home) == 0


def test_keys_of_a_setting_are_changed_there(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = settings.model_copy(update={"var": tmp_path, "keys": f"k1:{Key.new('k1').secret}"})
    take_keys(given)
    assert keys_command.run(["rotate"], given) == 1
    assert "change them there" in capsys.readouterr().err


@pytest.mark.parametrize("keys", ["k1", "k1:short", ","])
def test_a_wrong_key_ends_the_start_with_one_line(settings: Settings, keys: str) -> None:
    with pytest.raises(BadSetting, match="WAYMARK_KEYS") as refused:
        take_keys(settings.model_copy(update={"keys": keys}))
    assert "short" not in str(refused.value)


def _said(settings: Settings, capsys: pytest.CaptureFixture[str], *lines: str) -> Iterator[str]:
    for line in lines:
        assert keys_command.run(line.split(), settings) == 0
        yield capsys.readouterr().out
