"""30 messages a second for a minute over 200 chats of Telegram; `python -m` runs it.

The Bot API is the tests' stand-in, which fails whatever breaks Telegram's limits. The channels run
as in their own process. Without a word the assistant is one that answers at once, so that the
figure is the channel's own; `real` starts the whole system. `SECONDS` shortens the run.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

from uvicorn.loops.auto import auto_loop_factory

from channels.bell import Bell
from channels.floods import Floods
from channels.lifelines import Lifelines
from channels.reception import Reception
from channels.settings import Settings
from channels.telegram.service import Telegram
from channels.words import Words
from knowledge.migrating import migrate
from knowledge.opening import open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.fakes import FakeAssistant
from tests.journeys.running import free_port, running

CHATS = range(1000, 1200)
A_SECOND = 30
SECONDS = int(os.environ.get("SECONDS", "60"))
PATIENCE = 120.0
WITHIN = 1.0  # seconds, p95


class Asked(NamedTuple):
    """A message of somebody."""

    chat: int
    words: str
    at: float


def main(arguments: list[str]) -> None:
    """Print what was asked, answered and lost, and how long answers took."""
    real = arguments == ["real"]
    with bot_api(free_port()) as api, _real(api) if real else _fast(api) as channel:
        _greet(api)
        before = _worked(channel)
        asked = _write(api)
        took, lost = _answers(api, asked, real)
        each = (_worked(channel) - before) / len(asked)
    ordered = sorted(took) or [float("nan")]
    p95 = ordered[int(len(ordered) * 0.95)] if took else float("nan")
    sys.stdout.write(
        f"asked {len(asked)}  answered {len(took)}  lost {lost}\n"
        f"p50 {statistics.median(ordered):.3f} s  p95 {p95:.3f} s  most {ordered[-1]:.3f} s\n"
        f"processor time of the channels for each: {1000 * each:.1f} ms\n"
        f"limits broken: {api.broken or 'none'}\n"
    )
    sys.exit(bool(lost or api.broken or not p95 < WITHIN))


def _write(api: BotApi) -> list[Asked]:
    """What people write, evenly over the time."""
    asked: list[Asked] = []
    start = time.monotonic()
    for number in range(A_SECOND * SECONDS):
        time.sleep(max(0.0, start + number / A_SECOND - time.monotonic()))
        chat, words = CHATS[number % len(CHATS)], f"hello number {number}."
        asked.append(Asked(chat, words, time.monotonic()))
        api.says(chat, words)
    return asked


def _greet(api: BotApi) -> None:
    """Everybody has been here before: a greeting is one more message, and no answer."""
    for chat in CHATS:
        api.says(chat, "/quiet")
        time.sleep(2 / A_SECOND)
    _until(lambda: all("Done." in " ".join(api.seen(chat)) for chat in CHATS))


def _answers(api: BotApi, asked: list[Asked], real: bool) -> tuple[list[float], int]:
    """How long each answer took, and how many got no answer."""
    _until(lambda: _lost(api, asked, real) == 0, give_up=False)
    took = [when - one.at for one in asked if (when := _next(api, one, real)) is not None]
    return took, _lost(api, asked, real)


def _lost(api: BotApi, asked: list[Asked], real: bool) -> int:
    return sum(_next(api, one, real) is None for one in asked)


def _next(api: BotApi, one: Asked, real: bool) -> float | None:
    """When it was answered: by its own words, or with the real assistant by the next ones."""
    own = "" if real else f"answer to {one.words}"
    said = api.said_at[one.chat]
    return next((when for when, text in said if when > one.at and own in text), None)


def _until(true: Callable[[], bool], give_up: bool = True) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > deadline:
            if give_up:
                sys.exit("the chats could not be opened in time")
            return
        time.sleep(0.25)


def _worked(process: int) -> float:
    """Seconds that a process has had of a processor: these depend little on what else runs."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _real(api: BotApi) -> Iterator[int]:
    settings = {"WAYMARK_TELEGRAM_TOKEN": TOKEN, "WAYMARK_TELEGRAM_API": api.url}
    with running(**settings) as waymark:
        yield waymark.processes["channels"].pid


@contextmanager
def _fast(api: BotApi) -> Iterator[int]:
    """The channel in a process of its own, as it is in life."""
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(api.url,))
    process.start()
    try:
        yield process.pid or 0
    finally:
        process.terminate()
        process.join()


def _serve(url: str) -> None:
    asyncio.run(_serving(url), loop_factory=auto_loop_factory())  # the loop it has in life


async def _serving(url: str) -> None:
    use(Ring([Key.new("b1")]))  # what is kept is sealed, as it is in life
    with tempfile.TemporaryDirectory() as folder:
        async with _channel(url, Path(folder)):
            await asyncio.Event().wait()


@asynccontextmanager
async def _channel(url: str, folder: Path) -> AsyncIterator[None]:
    database = f"sqlite:///{folder}/waymark.db"
    await asyncio.to_thread(migrate, database)
    settings = Settings(  # type: ignore[call-arg]  # the rest has defaults
        assistant_token="a token of some length",
        return_key="a key of some length to come back",
        telegram_token=TOKEN,
        telegram_api=url,
    )
    knowledge, bell = open_knowledge(database), Bell()
    reception = Reception(
        knowledge.conversations, FakeAssistant(), Words.load(), Lifelines.load(), bell
    )
    telegram = Telegram(settings, knowledge, reception, bell, Floods(off=True))
    await telegram.start()
    try:
        yield
    finally:
        await telegram.stop()
        await reception.stop()
        await knowledge.database.close()


if __name__ == "__main__":
    main(sys.argv[1:])
