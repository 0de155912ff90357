"""What the action server can be told from outside."""

from datetime import datetime

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The action server's settings. Each is read from WAYMARK_<NAME> (see .env.example)."""

    model_config = SettingsConfigDict(env_prefix="WAYMARK_", env_ignore_empty=True)

    actions_port: int = Field(5055, gt=0, lt=65536)
    assistant_token: str
    database_url: str = "sqlite:///var/waymark.db"
    clock: datetime | None = None
