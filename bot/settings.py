"""What the assistant process can be told from outside."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass

# One for each core, and no more than two unless told so (channels/settings.py says the same).
ENGINES = min(2, os.cpu_count() or 1)
MOST_ENGINES = 16
# Seconds that an engine may give no sign of life, and that one call at the door may take
# (channels/settings.py says the same). The channels wait for a turn 60 at the most.
ENGINE_PATIENCE = 60
TURN_PATIENCE = 90
PATIENCES = (5, 3600)
LEVELS = ("debug", "info", "warning", "error")


class BadSetting(ValueError):
    """A setting is missing or wrong; the message names it."""


@dataclass(frozen=True)
class Settings:
    """The assistant's settings. Each is read from WAYMARK_<NAME> (see .env.example)."""

    assistant_port: int
    actions_port: int
    assistant_token: str
    var: str
    tracker_url: str
    log_level: str
    keys: str
    keys_file: str
    redis_url: str
    engines: int = ENGINES
    engine_patience: float = ENGINE_PATIENCE
    turn_patience: float = TURN_PATIENCE

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings as the environment gives them. Raises BadSetting."""
        given = os.environ if environment is None else environment
        var = given.get("WAYMARK_VAR", "var")
        return cls(
            assistant_port=_port(given, "WAYMARK_ASSISTANT_PORT", 5005),
            actions_port=_port(given, "WAYMARK_ACTIONS_PORT", 5055),
            assistant_token=_secret(given, "WAYMARK_ASSISTANT_TOKEN"),
            var=var,
            tracker_url=_tracker_url(given.get("WAYMARK_DATABASE_URL") or "", var),
            log_level=_level(given.get("WAYMARK_LOG_LEVEL") or "warning"),
            keys=given.get("WAYMARK_KEYS") or "",
            keys_file=given.get("WAYMARK_KEYS_FILE") or f"{var}/keys",
            redis_url=given.get("WAYMARK_REDIS_URL") or "",
            engines=_engines(given.get("WAYMARK_ENGINES") or str(ENGINES)),
            engine_patience=_patience(given, "WAYMARK_ENGINE_PATIENCE", ENGINE_PATIENCE),
            turn_patience=_patience(given, "WAYMARK_TURN_PATIENCE", TURN_PATIENCE),
        )


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name) or str(default)
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting(f"{name} must be a port number (1 to 65535)")
    return int(text)


def _engines(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= MOST_ENGINES:
        raise BadSetting(f"WAYMARK_ENGINES must be a number from 1 to {MOST_ENGINES}")
    return int(text)


def _patience(given: Mapping[str, str], name: str, default: int) -> float:
    text = given.get(name) or str(default)
    if text == "off":
        return math.inf
    least, most = PATIENCES
    if not text.isdigit() or not least <= int(text) <= most:
        raise BadSetting(f"{name} must be {least} to {most} seconds, or off")
    return int(text)


def _level(text: str) -> str:
    if text not in LEVELS:
        raise BadSetting(f"WAYMARK_LOG_LEVEL must be one of {', '.join(LEVELS)}")
    return text.upper()


def _secret(given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise BadSetting(f"{name} is missing: `make run` writes it to var/secrets.env")
    return given[name]


def _tracker_url(database_url: str, var: str) -> str:
    """Trackers live beside the data: in PostgreSQL, or in a file of their own for SQLite."""
    if database_url.startswith("postgresql"):
        return "postgresql://" + database_url.partition("://")[2]
    return f"sqlite:///{var}/trackers.db"
