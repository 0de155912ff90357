"""Parts are killed while people write; then every message is accounted for.

Each part is killed in turn at each step of a message's way through it (steps.py); where nobody
comes to the step in time, at that moment. With PostgreSQL the server itself is killed too, between
what it committed and the answer. People send messages twice, late and out of order, listen to
streams, and write in Telegram.

Run `make chaos` (`TURNS=10000 PEOPLE=50 SEED=1 STORE=postgres`). Ends with 1 when a message, an
answer or a risk is missing, doubled or out of order. Prints the seed, so that the same faults can
be played again.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.bot_api import TOKEN, bot_api
from tests.chaos import accounts
from tests.chaos.chats import Chat, Chats
from tests.chaos.faults import Faults, mortal
from tests.chaos.people import Person, Stream
from tests.journeys.running import Waymark, free_port, running
from tests.knowledge.postgres import NotHere, Server, the_server

SETTLES_WITHIN = 180.0
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
    with ThreadPoolExecutor(len(streams) or 1) as pool:
        listening = [pool.submit(stream.listen) for stream in streams]
        try:
            _play(people, chats, faults, asked)
            _settle(people, chats)
            wrong, twice = _account(waymark, people, streams, chats, faults)
        finally:
            for stream in streams:
                stream.over.set()
        for one in listening:
            one.result()
    _table(people, chats, faults.killed, twice, wrong)
    if any(wrong.values()):
        _show_logs(waymark)
    return 1 if any(wrong.values()) else 0


def _play(people: list[Person], chats: Chats, faults: Faults, asked: argparse.Namespace) -> None:
    until = time.monotonic() + asked.minutes * 60
    most = max(1, asked.turns // (len(people) + len(chats.chats)))
    with ThreadPoolExecutor(len(people) + 1) as pool:
        lives = [pool.submit(one.live, until, most) for one in people]
        lives.append(pool.submit(chats.live, until, most))
        over = threading.Event()
        watching = threading.Thread(target=_show, args=(people, chats, asked.turns, over))
        watching.start()
        try:
            while not all(life.done() for life in lives):
                time.sleep(faults.chance.uniform(0.3, asked.every))
                faults.strike()
        finally:
            over.set()
            watching.join()
        for life in lives:
            life.result()


def _show(people: list[Person], chats: Chats, turns: int, over: threading.Event) -> None:
    while not over.wait(SHOW_EVERY):
        sys.stdout.write(f"  {len(_told(people)) + chats.wrote} of {turns} messages\n")
        sys.stdout.flush()


def _told(people: list[Person]) -> list[object]:
    return [one for person in people for one in person.told]


def _settle(people: list[Person], chats: Chats) -> None:
    until = time.monotonic() + SETTLES_WITHIN
    with ThreadPoolExecutor(len(people) + 1) as pool:
        list(pool.map(lambda one: one.settle(until), (*people, chats)))


def _account(
    waymark: Waymark,
    people: list[Person],
    streams: list[Stream],
    chats: Chats,
    faults: Faults,
) -> tuple[Counter[str], int]:
    """How often each promise was broken; and how much Telegram shows twice."""
    wrong = accounts.of_people(waymark, people)
    wrong.update(_soon(lambda: accounts.of_streams(streams)))
    channels = sum(times for what, times in faults.killed.items() if what.startswith("channels"))
    wrong.update(_soon(lambda: accounts.of_chats(waymark, chats, channels)))
    return wrong, accounts.shown_twice(waymark, chats)


def _soon(account: Callable[[], Counter[str]]) -> Counter[str]:
    """What is wrong for good: what is on its way is waited for."""
    until = time.monotonic() + ARRIVES_WITHIN
    while any((wrong := account()).values()) and time.monotonic() < until:
        time.sleep(1)
    return wrong


def _table(
    people: list[Person], chats: Chats, killed: Counter[str], twice: int, wrong: Counter[str]
) -> None:
    manners = sum((person.manners for person in people), Counter[str]())
    told = [one for person in people for one in person.told]
    rows = {
        **{f"killed: {what}": times for what, times in sorted(killed.items())},
        "messages kept": len(told) + chats.wrote,
        "  in Telegram": chats.wrote,
        "  with risk": sum(one.risky for one in told) + chats.risky,
        **{f"  sent {manner}": times for manner, times in sorted(manners.items())},
        "refused for a moment": sum(person.refused for person in people),
        "shown twice in Telegram, which has no key": twice,
        **wrong,
    }
    for name, number in rows.items():
        sys.stdout.write(f"{name:<52} {number:>6}\n")


def _show_logs(waymark: Waymark) -> None:
    """The lines that the parts wrote most often; none holds a person's words."""
    for line, times in Counter(waymark.logs().splitlines()).most_common(LINES):
        sys.stdout.write(f"  {times} x {line[:150]}\n")


if __name__ == "__main__":
    sys.exit(main())
