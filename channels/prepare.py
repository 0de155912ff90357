"""What must be right before anything starts: settings, secrets, ports, the database's form."""

import asyncio
import os
import secrets
import socket
import sys
from pathlib import Path

from channels.alerting.push import new_key
from channels.settings import BadSetting, Settings, read_settings
from knowledge.alone import alone_in
from knowledge.errors import Conflict, Unavailable
from knowledge.migrating import migrate, migrate_ahead
from knowledge.opening import open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, NoKeys, Ring, keep

SECRETS = "secrets.env"
SHARED = ("WAYMARK_ASSISTANT_TOKEN", "WAYMARK_LINK_SECRET", "WAYMARK_RETURN_KEY")

PUSH_KEY = "WAYMARK_PUSH_KEY"


def prepare(*, rolling: bool = False) -> None:
    """Make secrets, check settings and ports, migrate, fill the directory.

    Several may be started at once: one migrates, the others wait. ``rolling``: processes of the
    version before go on, and keep their ports. Raises BadSetting with one line.
    """
    settings = ready_settings()
    if not rolling:
        _check_ports(settings)
    try:
        migrate(settings.database_url, rolling=rolling)
        asyncio.run(_fill_directory(settings.database_url))
    except Exception as error:
        raise _unusable(error) from error


def prepare_ahead() -> None:
    """Do what the next `prepare` would take long for, while an older version goes on serving.

    Prints how much there was. Raises BadSetting with one line.
    """
    settings = ready_settings()
    try:
        done = migrate_ahead(settings.database_url)
    except Exception as error:
        raise _unusable(error) from error
    sys.stdout.write(f"done ahead: {done}\n")


def _unusable(error: Exception) -> BadSetting:
    why = str(error) if isinstance(error, (Conflict, Unavailable)) else "can't use it"
    return BadSetting(f"WAYMARK_DATABASE_URL: {type(error).__name__}: {why}")


def ready_settings() -> Settings:
    """The settings, with every secret there and the keys in use. Raises BadSetting."""
    var = Path(os.environ.get("WAYMARK_VAR") or "var")
    with alone_in(var):  # two that make a key each would lose what the first one sealed
        make_secrets(var)
        settings = read_settings()
        if not settings.keys and not settings.keys_path.exists():
            keep(settings.keys_path, [Key.new("k1")])
    take_keys(settings)
    return settings


def take_keys(settings: Settings) -> None:
    """Use the keys that these settings name. Raises BadSetting with one line."""
    try:
        use(Ring.chosen(settings.keys, settings.keys_path))
    except NoKeys as error:
        raise BadSetting(f"WAYMARK_KEYS: {error}") from None


def make_secrets(var: Path) -> None:
    """Write what processes share in secret, once, readable by the owner alone; and read it."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / SECRETS
    path.touch(mode=0o600)
    path.chmod(0o600)
    lines = path.read_text().splitlines()
    known = {line.partition("=")[0] for line in lines}
    missing = [f"{name}={secrets.token_urlsafe(32)}" for name in SHARED if name not in known]
    if PUSH_KEY not in known:
        missing.append(f"{PUSH_KEY}={new_key()}")
    if missing:
        path.write_text("\n".join([*lines, *missing]) + "\n")
    for line in path.read_text().splitlines():
        name, _, value = line.partition("=")
        os.environ.setdefault(name, value)


async def _fill_directory(database_url: str) -> None:
    knowledge = open_knowledge(database_url)
    await knowledge.directory.seed()
    await knowledge.database.close()


def _check_ports(settings: Settings) -> None:
    for name in ("port", "assistant_port", "actions_port"):
        _check_free(settings, name)
    for further in range(1, settings.engines):
        _check_free(settings, "assistant_port", further)


def _check_free(settings: Settings, name: str, further: int = 0) -> None:
    host = settings.host if name == "port" else "127.0.0.1"
    port: int = getattr(settings, name) + further
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise BadSetting(
                f"WAYMARK_{name.upper()}: port {port} is busy: stop what uses it, or set another"
            ) from None
