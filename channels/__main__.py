"""The channels process.

python -m channels            serve the chat, the console and their API
python -m channels prepare    make secrets, check settings and ports, migrate the database
python -m channels prepare ahead     the long part of it, while an older version still serves
python -m channels prepare rolling   all of it, while the version before serves on
python -m channels telegram   tell Telegram the menu of commands
python -m channels directory  import, export or check the services (--help says how)
python -m channels users      list, add, deactivate … the people of the desk (--help says how)
python -m channels link       make a link or QR code with a topic and area set
python -m channels audit      verify the log of who did what (--help says how)
python -m channels backup     copy everything that is kept, or put it back (--help says how)
python -m channels marks      export what may be learned from marked alarms (--help says how)
python -m channels keys       change the keys that seal what is kept (--help says how)
"""

import asyncio
import logging
import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

from channels.prepare import prepare, prepare_ahead, ready_settings, take_keys
from channels.settings import BadSetting, Settings, read_settings
from knowledge.logs import say_only_where

# What one command needs is imported when it is given: all of it takes seconds.
COMMANDS = {"directory", "users", "audit", "link", "backup", "marks", "keys"}
PREPARING: dict[tuple[str, ...], Callable[[], None]] = {
    (): prepare,
    ("ahead",): prepare_ahead,
    ("rolling",): partial(prepare, rolling=True),
}
QUIET = ("aiosqlite", "httpcore", "httpx", "python_multipart", "sse_starlette", "telegram")


def main(arguments: list[str]) -> None:
    """Run one of the commands; a bad setting ends it with one line."""
    try:
        if arguments[:1] == ["prepare"] and tuple(arguments[1:]) in PREPARING:
            PREPARING[tuple(arguments[1:])]()
        elif arguments == ["telegram"]:
            _tell_telegram(read_settings())
        elif arguments and arguments[0] in COMMANDS:
            sys.exit(_command(arguments[0])(arguments[1:], ready_settings()))
        elif not arguments:
            serve()
        else:
            sys.exit(__doc__)
    except BadSetting as error:
        sys.exit(f"channels: {error}")


def _command(name: str) -> Callable[[Sequence[str], Settings], int]:
    command: Callable[[Sequence[str], Settings], int] = import_module(
        f"channels.{name}_command"
    ).run
    return command


def _tell_telegram(settings: Settings) -> None:
    from telegram.error import TelegramError

    from channels.telegram.service import bot_of, register

    try:
        asyncio.run(register(bot_of(settings)))
    except TelegramError as error:
        sys.exit(f"channels: Telegram did not take the menu: {type(error).__name__}")


def serve() -> None:
    """Serve until stopped. Requests are not logged: their addresses name conversations."""
    import uvicorn

    from channels.web.app import create_app

    settings = read_settings()
    take_keys(settings)
    say_only_where(settings.log_level)
    quiet_libraries()
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def quiet_libraries() -> None:
    """Keep libraries from logging what people write, at whatever level we log ourselves."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


if __name__ == "__main__":
    main(sys.argv[1:])
