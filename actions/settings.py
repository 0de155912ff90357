"""What the action server can be told from outside."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from knowledge.database import async_url


class Settings(BaseSettings):
    """The action server's settings. Each is read from WAYMARK_<NAME> (see .env.example)."""

    model_config = SettingsConfigDict(env_prefix="WAYMARK_", env_ignore_empty=True)

    actions_port: int = Field(5055, gt=0, lt=65536)
    assistant_token: str = Field(min_length=20)
    database_url: str = "sqlite:///var/waymark.db"
    var: Path = Path("var")
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    keys: str | None = None
    keys_file: Path | None = None
    clock: datetime | None = None
    # What the channels send notices with: here it is only asked whether they can.
    smtp_url: str | None = None
    mail_from: str | None = None
    duty_email: str | None = None
    push_key: str | None = None

    @property
    def keys_path(self) -> Path:
        """The file of the keys that seal what is kept."""
        return self.keys_file or self.var / "keys"

    @property
    def mails(self) -> bool:
        """Whether the channels can send e-mails to the team (channels/mail.py)."""
        return bool(self.smtp_url and self.mail_from)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        async_url(value)
        return value
