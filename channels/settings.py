"""What the channels process can be told from outside."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.alerting.push import public_key
from knowledge.alarms.model import Limits
from knowledge.conversations.model import Priority
from knowledge.coordinators.model import Role
from knowledge.database import async_url

# How many engines the assistant has (bot/settings.py says the same).
ENGINES = min(2, os.cpu_count() or 1)


class BadSetting(ValueError):
    """A setting is missing or wrong; the message names it."""


class Settings(BaseSettings):
    """The channels' settings. Each is read from WAYMARK_<NAME> (see .env.example)."""

    model_config = SettingsConfigDict(env_prefix="WAYMARK_", env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(8000, gt=0, lt=65536)
    assistant_port: int = Field(5005, gt=0, lt=65536)
    actions_port: int = Field(5055, gt=0, lt=65536)
    engines: int = Field(ENGINES, ge=1, le=16)  # on the assistant's port and those after it
    # For the assistant alone (bot/settings.py); `prepare` says here what is wrong with it.
    engine_patience: Annotated[int, Field(ge=5, le=3600)] | Literal["off"] = 60
    turn_patience: Annotated[int, Field(ge=5, le=3600)] | Literal["off"] = 90
    assistant_token: str = Field(min_length=20)
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    keys: str | None = None
    keys_file: Path | None = None
    return_key: str = Field(min_length=20)
    assistant_patience: float = Field(10.0, gt=0, le=60)
    database_url: str = "sqlite:///var/waymark.db"
    redis_url: str | None = Field(None, pattern=r"^(redis|rediss|unix)://")
    var: Path = Path("var")
    clock: datetime | None = None
    limits: Literal["on", "off"] = "on"
    secure_cookies: bool = False
    telegram_token: str | None = Field(None, pattern=r"^[0-9]+:[A-Za-z0-9_-]{20,}$")
    telegram_api: str = Field("https://api.telegram.org", pattern=r"^https?://[^/]+$")
    public_url: str | None = Field(None, pattern=r"^https://[^/]+$")
    exit_url: str = Field("https://www.bbc.co.uk/weather", pattern=r"^https?://[^\s/]+")
    hub: Path | None = None  # what a hub sets for itself (channels/web/hub.py)
    frame_ancestors: str = Field("", pattern=r"^(https?://[^\s/;,]+( https?://[^\s/;,]+)*)?$")
    link_secret: str = Field(default_factory=lambda: secrets.token_urlsafe(32), min_length=20)
    site_url: str | None = None
    desk_url: str | None = Field(None, pattern=r"^https?://[^/]+$")
    metrics_token: str | None = Field(None, min_length=20)
    api_docs: Literal["on", "off"] = "off"
    smtp_url: str | None = None
    mail_from: str | None = None
    quiet_mail_from: str | None = Field(None, pattern=r"^[^\s@<>]+@[^\s@<>]+$")
    second_factor: Literal["required", "optional"] = "optional"
    idle_lock: float = Field(15.0, ge=0, le=720)  # minutes; 0 never locks
    oidc_issuer: str | None = Field(
        None, pattern=r"^(https://|http://(127\.0\.0\.1|localhost)[:/])"
    )
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = None
    oidc_name: str = "your force's account"
    oidc_second_factor: str | None = Field(None, pattern=r"^(amr|acr)=\S+$")
    oidc_roles: str | None = None  # group=role,group=role
    oidc_roles_claim: str = "groups"
    clock_emergency: float = Field(60.0, gt=0)  # seconds until somebody must acknowledge
    clock_urgent: float = Field(300.0, gt=0)
    clock_normal: float = Field(1800.0, gt=0)
    silence: float = Field(5.0, gt=0)  # minutes
    duty_email: str | None = Field(None, pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$")
    push_key: str | None = None
    admin_email: str | None = None
    admin_password: str | None = Field(None, min_length=10)

    @property
    def site(self) -> str:
        """The address of this site, without a slash at its end."""
        return (self.site_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def desk_site(self) -> str:
        """The address of the desk, without a slash at its end."""
        return self.desk_url or self.site

    @property
    def assistant_urls(self) -> list[str]:
        """Where the assistant's engines answer (bot/engines.py)."""
        ports = range(self.assistant_port, self.assistant_port + self.engines)
        return [f"http://127.0.0.1:{port}" for port in ports]

    @property
    def trackers_url(self) -> str:
        """Where the assistant keeps its trackers (bot/settings.py says the same)."""
        if self.database_url.startswith("sqlite"):
            return f"sqlite:///{self.var}/trackers.db"
        return self.database_url

    @property
    def keys_path(self) -> Path:
        """The file of the keys that seal what is kept."""
        return self.keys_file or self.var / "keys"

    @field_validator("oidc_roles")
    @classmethod
    def _known_roles(cls, value: str | None) -> str | None:
        roles_of(value)
        return value

    @property
    def alarm_limits(self) -> Limits:
        """Within what time an alarm must be acknowledged, by level."""
        seconds = {
            Priority.EMERGENCY: self.clock_emergency,
            Priority.URGENT: self.clock_urgent,
            Priority.NORMAL: self.clock_normal,
        }
        return Limits({level: timedelta(seconds=most) for level, most in seconds.items()})

    @field_validator("push_key")
    @classmethod
    def _known_key(cls, value: str | None) -> str | None:
        if value is not None:
            public_key(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        async_url(value)
        return value

    @field_validator("smtp_url")
    @classmethod
    def _known_mail_server(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).scheme not in ("smtp", "smtps"):
            raise ValueError("must start with smtp:// or smtps://")
        return value


def roles_of(mapping: str | None) -> dict[str, Role]:
    """Which group of the issuer brings which role. Raises ValueError for a role that is none."""
    pairs = [one.rpartition("=") for one in (mapping or "").split(",") if one.strip()]
    if not all(group.strip() and sign for group, sign, _ in pairs):
        raise ValueError("must look like group=role,group=role")
    return {group.strip(): Role(role.strip()) for group, _, role in pairs}


def read_settings() -> Settings:
    """The settings as the environment gives them. Raises BadSetting with one line."""
    try:
        return Settings()  # type: ignore[call-arg]  # the token comes from the environment
    except ValidationError as error:
        first = error.errors()[0]
        name = "WAYMARK_" + str(first["loc"][0]).upper()
        raise BadSetting(f"{name}: {first['msg']}") from None
