"""What must be right before anything starts: settings, secrets, ports, the database's form."""

import os
import secrets
import socket
from pathlib import Path

from channels.settings import BadSetting, Settings, read_settings
from knowledge.migrating import migrate

SECRETS = "secrets.env"


def prepare() -> None:
    """Make secrets, check settings and ports, migrate. Raises BadSetting with one line."""
    _make_secrets(Path(os.environ.get("WAYMARK_VAR") or "var"))
    settings = read_settings()
    for name in ("port", "assistant_port", "actions_port"):
        _check_free(settings, name)
    try:
        migrate(settings.database_url)
    except Exception as error:
        raise BadSetting(f"WAYMARK_DATABASE_URL: {type(error).__name__}: can't use it") from error


def _make_secrets(var: Path) -> None:
    """Write what processes share in secret, once, readable by the owner alone."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / SECRETS
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"WAYMARK_ASSISTANT_TOKEN={secrets.token_urlsafe(32)}\n")
    for line in path.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)


def _check_free(settings: Settings, name: str) -> None:
    host = settings.host if name == "port" else "127.0.0.1"
    port: int = getattr(settings, name)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise BadSetting(
                f"WAYMARK_{name.upper()}: port {port} is busy: stop what uses it, or set another"
            ) from None
