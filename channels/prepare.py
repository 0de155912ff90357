"""What must be right before anything starts: settings, secrets, ports, the database's form."""

import os
import secrets
import socket
from pathlib import Path

from channels.settings import BadSetting, Settings, read_settings
from knowledge.migrating import migrate

SECRETS = "secrets.env"
MADE_HERE = ("WAYMARK_ASSISTANT_TOKEN", "WAYMARK_RETURN_KEY")


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
    """Write each secret that is not there yet, once, readable by the owner alone."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / SECRETS
    path.touch(mode=0o600)
    kept = dict(line.partition("=")[::2] for line in path.read_text().splitlines())
    for name in MADE_HERE:
        kept.setdefault(name, secrets.token_urlsafe(32))
        os.environ.setdefault(name, kept[name])
    path.write_text("".join(f"{name}={value}\n" for name, value in kept.items()))


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
