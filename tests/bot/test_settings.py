"""Bad configuration ends the start with one line that names the setting."""

import math

import pytest

from bot.settings import BadSetting, Settings

GOOD = {"WAYMARK_ASSISTANT_TOKEN": "secret"}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("WAYMARK_ASSISTANT_TOKEN", ""),
        ("WAYMARK_ASSISTANT_PORT", "many"),
        ("WAYMARK_ACTIONS_PORT", "70000"),
        ("WAYMARK_ENGINES", "0"),
        ("WAYMARK_ENGINES", "two"),
        ("WAYMARK_ENGINE_PATIENCE", "4"),
        ("WAYMARK_ENGINE_PATIENCE", "never"),
        ("WAYMARK_TURN_PATIENCE", "4"),
        ("WAYMARK_TURN_PATIENCE", "never"),
    ],
)
def test_a_bad_setting_is_named(setting: str, value: str) -> None:
    with pytest.raises(BadSetting, match=setting):
        Settings.from_environment({**GOOD, setting: value})


@pytest.mark.parametrize(
    ("given", "patience"), [("", 60), ("5", 5), ("3600", 3600), ("off", math.inf)]
)
def test_how_long_an_engine_may_be_silent(given: str, patience: float) -> None:
    settings = Settings.from_environment({**GOOD, "WAYMARK_ENGINE_PATIENCE": given})
    assert settings.engine_patience == patience


@pytest.mark.parametrize(
    ("given", "patience"), [("", 90), ("5", 5), ("3600", 3600), ("off", math.inf)]
)
def test_how_long_a_turn_may_take(given: str, patience: float) -> None:
    settings = Settings.from_environment({**GOOD, "WAYMARK_TURN_PATIENCE": given})
    assert settings.turn_patience == patience


@pytest.mark.parametrize(
    ("database", "trackers"),
    [
        ("", "sqlite:///var/trackers.db"),
        ("sqlite:///elsewhere.db", "sqlite:///var/trackers.db"),
        ("postgresql+asyncpg://db/waymark", "postgresql://db/waymark"),
    ],
)
def test_trackers_follow_the_database(database: str, trackers: str) -> None:
    settings = Settings.from_environment({**GOOD, "WAYMARK_DATABASE_URL": database})
    assert settings.tracker_url == trackers
