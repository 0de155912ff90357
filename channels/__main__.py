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
from collections.abc import Callable
from functools import partial

import uvicorn
from telegram.error import TelegramError

from channels import (
    audit_command,
    backup_command,
    directory_command,
    keys_command,
    link_command,
    marks_command,
    users_command,
)
from channels.prepare import prepare, prepare_ahead, ready_settings, take_keys
from channels.settings import BadSetting, read_settings
from channels.telegram.service import bot_of, register
from channels.web.app import create_app
from knowledge.logs import say_only_where

COMMANDS = {
    "directory": directory_command.run,
    "users": users_command.run,
    "audit": audit_command.run,
    "link": link_command.run,
    "backup": backup_command.run,
    "marks": marks_command.run,
    "keys": keys_command.run,
}
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
            asyncio.run(register(bot_of(read_settings())))
        elif arguments and arguments[0] in COMMANDS:
            sys.exit(COMMANDS[arguments[0]](arguments[1:], ready_settings()))
        elif not arguments:
            serve()
        else:
            sys.exit(__doc__)
    except BadSetting as error:
        sys.exit(f"channels: {error}")
    except TelegramError as error:
        sys.exit(f"channels: Telegram did not take the menu: {type(error).__name__}")


def serve() -> None:
    """Serve until stopped. Requests are not logged: their addresses name conversations."""
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
