"""Parts are killed while people write; then every message is accounted for.

Each part is killed in turn at each step of a message's way through it (steps.py); where nobody
comes to the step in time, at that moment. With PostgreSQL the server itself is killed too, between
what it committed and the answer. People send messages twice, late and out of order, listen to
streams, and write in Telegram; a co-ordinator takes some, speaks to them and gives them back.

Run `make chaos` (`TURNS=10000 PEOPLE=50 SEED=1 STORE=postgres`). Ends with 1 when a message, an
answer or a risk is missing, doubled or out of order. Prints the seed, so that the same faults can
be played again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import Unavailable
from tests.bot_api import TOKEN, bot_api
from tests.chaos import accounts, record
from tests.chaos.chats import Chat, Chats
from tests.chaos.desk import Desk
from tests.chaos.faults import Faults, mortal
from tests.chaos.people import Person, Stream, Told
from tests.journeys.running import Waymark, free_port, running
from tests.knowledge.postgres import NotHere, Server, the_server

SETTLES_WITHIN = 180.0  # anew whenever fewer conversations wait: a slow machine is no loss
SETTLES_AT_MOST = 900.0
ARRIVES_WITHIN = 60.0  # what is kept, at streams and in Telegram
SHOW_EVERY = 10.0
IN_TELEGRAM = range(900, 906)
STREAMS = 10
LINES = 12  # of the logs, when something is wrong


def main() -> int:
    """Play it, print what happened, and say whether all is there."""
    asked = _asked()
    chance = random.Random(asked.seed)  # noqa: S311  (no secret depends on it)
    sys.stdout.write(
        f"seed {asked.seed}, {asked.people} people, about {asked.turns} messages, {asked.store}\n"
    )
    sys.stdout.flush()
    try:
        with _system(asked.store) as (waymark, chats, server):
            chats.chance.seed(chance.random())
            chats.pauses = (0.0, asked.pause)
            return _tell(waymark, chats, Faults(waymark, server, chance), asked)
    except NotHere as why:
        sys.exit(f"chaos: {why}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--store", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--turns", type=int, default=1500)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=2.0, help="at most, between two messages")
    parser.add_argument("--minutes", type=float, default=10.0, help="at most")
    parser.add_argument("--every", type=float, default=15.0, help="seconds between two kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


@contextmanager
def _system(store: str) -> Iterator[tuple[Waymark, Chats, Server | None]]:
    """Waymark with a stand-in for Telegram, and its database where that is a server."""
    with bot_api(free_port()) as api:
        settings = {"WAYMARK_TELEGRAM_TOKEN": TOKEN, "WAYMARK_TELEGRAM_API": api.url}
        chats = Chats(api, [Chat(number) for number in IN_TELEGRAM])
        if store == "sqlite":
            with running(mortal(), **settings) as waymark:
                yield waymark, chats, None
        else:
            with (
                the_server(fsync=True) as server,
                running(mortal(), **settings, WAYMARK_DATABASE_URL=server.url) as waymark,
            ):
                yield waymark, chats, server


def _tell(waymark: Waymark, chats: Chats, faults: Faults, asked: argparse.Namespace) -> int:
    chance = faults.chance
    people = [
        Person(
            waymark.url,
            random.Random(chance.random()),  # noqa: S311
            (0.0, asked.pause),
            patient=number % 2 == 0,
        )
        for number in range(asked.people)
    ]
    streams = [Stream(person) for person in people[:STREAMS]]
    hurried = [one for one in people if not one.patient]  # who waits for Waymark is left to it
    desk = Desk(waymark.url, random.Random(chance.random()), hurried)  # noqa: S311
    began = time.monotonic()
    with ThreadPoolExecutor(len(streams) or 1) as pool:
        listening = [pool.submit(stream.listen) for stream in streams]
        try:
            away = _play(people, chats, desk, faults, asked)
            wrote = time.monotonic()
            _settle(waymark, people, chats)
            settled = time.monotonic()
            wrong, twice = _account(waymark, people, streams, chats, faults, desk)
        finally:
            for stream in streams:
                stream.over.set()
        for one in listening:
            one.result()
    wrong["parts that did not come back"] += away
    wrong.update(faults.never_came())
    times = {"seconds of writing": wrote - began, "seconds until all was still": settled - wrote}
    spoke = {"messages of the co-ordinator": desk.words}
    _table(people, chats, {**faults.rows(), **spoke, **_rounded(times)}, twice, wrong)
    if not any(wrong.values()):
        return 0
    _show_logs(waymark)
    return 1


def _play(
    people: list[Person], chats: Chats, desk: Desk, faults: Faults, asked: argparse.Namespace
) -> int:
    """Let them write; how many parts did not come back (after the first one nobody is killed)."""
    until = time.monotonic() + asked.minutes * 60
    most = max(1, asked.turns // (len(people) + len(chats.chats)))
    away = 0
    with ThreadPoolExecutor(len(people) + 2) as pool:
        at_work = pool.submit(desk.work)
        lives = [pool.submit(one.live, until, most) for one in people]
        lives.append(pool.submit(chats.live, until, most))
        over = threading.Event()
        watching = threading.Thread(target=_show, args=(people, chats, asked.turns, over))
        watching.start()
        try:
            while not away and not all(life.done() for life in lives):
                time.sleep(faults.chance.uniform(0.3, asked.every))
                away += not faults.strike()
            wait(lives)  # each gives up after a while
        finally:
            over.set()
            desk.over.set()
            watching.join()
        at_work.result()
        for life in lives:
            life.result()
    return away


def _show(people: list[Person], chats: Chats, turns: int, over: threading.Event) -> None:
    while not over.wait(SHOW_EVERY):
        sys.stdout.write(f"  {len(_told(people)) + chats.wrote} of {turns} messages\n")
        sys.stdout.flush()


def _told(people: list[Person]) -> list[Told]:
    return [one for person in people for one in person.told]


def _settle(waymark: Waymark, people: list[Person], chats: Chats) -> None:
    """Return when everybody has heard and nothing waits for an answer, or after a while."""
    until = time.monotonic() + SETTLES_WITHIN
    with ThreadPoolExecutor(len(people) + 1) as pool:
        list(pool.map(lambda one: one.settle(until), (*people, chats)))
    least, at_most = sys.maxsize, time.monotonic() + SETTLES_AT_MOST
    while (left := _waiting(waymark)) and time.monotonic() < min(until, at_most):
        if left < least:
            least, until = left, time.monotonic() + SETTLES_WITHIN
        time.sleep(1)


def _waiting(waymark: Waymark) -> int:
    try:
        return len(record.waiting(waymark))
    except Unavailable:
        return sys.maxsize


def _account(
    waymark: Waymark,
    people: list[Person],
    streams: list[Stream],
    chats: Chats,
    faults: Faults,
    desk: Desk,
) -> tuple[Counter[str], int]:
    """How often each promise was broken; and how much Telegram shows twice."""
    wrong = Counter[str]()
    for account in (
        lambda: accounts.of_waiting(waymark),
        lambda: accounts.of_people(people),
        lambda: accounts.of_answers(waymark, people, chats),
        lambda: accounts.of_desk(waymark, desk),
        lambda: _soon(lambda: accounts.of_streams(streams)),
        lambda: _soon(lambda: accounts.of_risks(waymark, people, chats)),
        lambda: _soon(lambda: accounts.of_chats(waymark, chats, faults.of("channels"))),
    ):
        wrong.update(_drawn_up(account))
    twice = _drawn_up(lambda: Counter(shown=accounts.shown_twice(waymark, chats)))
    return wrong, twice["shown"]


def _drawn_up(account: Callable[[], Counter[str]]) -> Counter[str]:
    """An account, or that there is none: a run that shows less than it says is no success."""
    try:
        return account()
    except Exception:
        traceback.print_exc()
        return Counter({"accounts that could not be drawn up": 1})


def _soon(account: Callable[[], Counter[str]]) -> Counter[str]:
    """What is wrong for good: what is on its way is waited for."""
    until = time.monotonic() + ARRIVES_WITHIN
    while any((wrong := account()).values()) and time.monotonic() < until:
        time.sleep(1)
    return wrong


def _rounded(figures: dict[str, float]) -> dict[str, int]:
    return {name: round(figure) for name, figure in figures.items()}


def _table(
    people: list[Person],
    chats: Chats,
    happened: dict[str, int],
    twice: int,
    wrong: Counter[str],
) -> None:
    manners = sum((person.manners for person in people), Counter[str]())
    told = _told(people)
    rows = {
        **happened,
        "messages kept": len(told) + chats.wrote,
        "  in Telegram": chats.wrote,
        "  with risk": sum(one.risky for one in told) + chats.risky,
        **{f"  sent {manner}": times for manner, times in sorted(manners.items())},
        "refused for a moment": sum(person.refused for person in people),
        "shown twice in Telegram, which has no key": twice,
        **{f"WRONG: {what}" if times else what: times for what, times in wrong.items()},
    }
    for name, number in rows.items():
        sys.stdout.write(f"{name:<56} {number:>6}\n")
    sys.stdout.flush()


def _show_logs(waymark: Waymark) -> None:
    """The lines that the parts wrote most often; none holds a person's words."""
    for line, times in Counter(waymark.logs().splitlines()).most_common(LINES):
        sys.stdout.write(f"  {times} x {line[:150]}\n")
    left = Path(tempfile.mkdtemp(prefix="chaos-")) / "var"
    shutil.copytree(waymark.var, left, symlinks=True)
    sys.stdout.write(f"what the parts left is in {left}\n")


if __name__ == "__main__":
    sys.exit(main())
