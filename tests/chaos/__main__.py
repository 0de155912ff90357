"""Parts are killed while people write; then every message is accounted for.

Each part is killed in turn at each step of a message's way through it (steps.py); where nobody
comes to the step in time, at that moment.

Run `make chaos` (`TURNS=10000 PEOPLE=50 SEED=1`). Ends with 1 when a message, an answer or a risk
is missing, doubled or out of order. Prints the seed, so that the same faults can be played again.
"""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx

from tests.chaos.people import Person
from tests.chaos.steps import STEPS, order, wanted
from tests.journeys.running import EMAIL, PASSWORD, Waymark, running

PARTS = ("channels", "assistant", "actions")
DIVIDED = {"assistant"}  # into engines, which it starts again itself
# Which part is killed: the one that keeps everything is worth the most.
WEIGHTS = (5, 2, 3)
SETTLES_WITHIN = 180.0
COMES_THERE_WITHIN = 10.0
SHOW_EVERY = 10.0


def main() -> int:
    """Play it, print what happened, and say whether all is there."""
    asked = _asked()
    chance = random.Random(asked.seed)  # noqa: S311  (no secret depends on it)
    sys.stdout.write(f"seed {asked.seed}, {asked.people} people, about {asked.turns} messages\n")
    with running() as waymark:
        for part in PARTS:  # from here on each can be ended at a step
            waymark.kill(part)
            python = waymark.commands[part][0]
            waymark.commands[part] = [python, "-m", "tests.chaos.steps", part]
        waymark.start()
        waymark.wait_until_ready()
        people = [
            Person(
                waymark.url,
                random.Random(chance.random()),  # noqa: S311
                (0.0, asked.pause),
                patient=number % 2 == 0,
            )
            for number in range(asked.people)
        ]
        killed = _play(waymark, people, asked, chance)
        _settle(people)
        found = _account(waymark, people)
    _table(people, killed, found)
    return 1 if any(found.values()) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--turns", type=int, default=1500)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--pause", type=float, default=2.0, help="at most, between two messages")
    parser.add_argument("--minutes", type=float, default=10.0, help="at most")
    parser.add_argument("--every", type=float, default=15.0, help="seconds between two kills")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


def _play(
    waymark: Waymark, people: list[Person], asked: argparse.Namespace, chance: random.Random
) -> Counter[str]:
    killed: Counter[str] = Counter()
    until = time.monotonic() + asked.minutes * 60
    most = max(1, asked.turns // len(people))
    with ThreadPoolExecutor(len(people)) as pool:
        lives = [pool.submit(person.live, until, most) for person in people]
        over = threading.Event()
        watching = threading.Thread(target=_show, args=(people, asked.turns, over))
        watching.start()
        while not all(life.done() for life in lives):
            time.sleep(chance.uniform(0.3, asked.every))
            (part,) = chance.choices(PARTS, WEIGHTS)
            killed[_kill(waymark, part, _next_step(killed, part))] += 1
            time.sleep(chance.uniform(0.0, 3.0))
            if waymark.processes[part].poll() is not None:  # else one of its engines died
                waymark.start(part)  # as the supervisor of a server does
            waymark.wait_until_ready()
        over.set()
        watching.join()
        for life in lives:
            life.result()
    return killed


def _next_step(killed: Counter[str], part: str) -> str:
    """In turn, so that each step has its kill."""
    before = sum(times for what, times in killed.items() if what.startswith(part))
    return STEPS[part][before % len(STEPS[part])]


def _kill(waymark: Waymark, part: str, step: str) -> str:
    """End a part at a step; what was killed."""
    order(waymark.var, step)
    until = time.monotonic() + COMES_THERE_WITHIN
    while wanted(waymark.var):
        if time.monotonic() > until:  # nobody came there: all of it at any moment, then
            waymark.kill(part)
            (waymark.var / "die-at").unlink(missing_ok=True)
            return part
        time.sleep(0.05)
    if part not in DIVIDED:
        waymark.processes[part].wait()
    return f"{part} {step}"


def _show(people: list[Person], turns: int, over: threading.Event) -> None:
    while not over.wait(SHOW_EVERY):
        told = sum(len(person.told) for person in people)
        sys.stdout.write(f"  {told} of {turns} messages\n")
        sys.stdout.flush()


def _settle(people: list[Person]) -> None:
    until = time.monotonic() + SETTLES_WITHIN
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda person: person.settle(until), people))


def _account(waymark: Waymark, people: list[Person]) -> dict[str, int]:
    """How often each promise was broken."""
    desk = _desk(waymark)
    wrong: Counter[str] = Counter()
    for person in people:
        thread = person.thread()
        kept = [one["id"] for one in thread if one["from"] == "person"]
        told = [one.id for one in person.told]
        wrong["messages lost, doubled or out of order"] += kept != told
        wrong["seen otherwise than kept"] += [one["sequence"] for one in person.seen] != [
            one["sequence"] for one in thread
        ]
        wrong["messages without an answer"] += sum(not person.answered(one) for one in person.told)
        if person.patient:  # who waits for no answer may get two alike one after the other
            wrong["the same answer twice to one message"] += _doubled(thread)
        risky = any(one.risky for one in person.told)
        wrong["risks that are not on the desk"] += risky and person.conversation not in desk
    return dict(wrong)


def _doubled(thread: list[dict[str, object]]) -> int:
    """Answers to one message that are there twice, word for word."""
    doubled, heard = 0, set[object]()
    for one in thread:
        if one["from"] == "person":
            heard = set()
        else:
            if one["text"] in heard:
                doubled += 1
                sys.stdout.write(f"  said twice: {str(one['text'])[:80]}\n")  # words of ours
            heard.add(one["text"])
    return doubled


def _desk(waymark: Waymark) -> set[str]:
    with httpx.Client(base_url=f"{waymark.url}/api/console", timeout=30) as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return {item["conversation"] for item in desk.get("/queue").json()["queue"]}


def _table(people: list[Person], killed: Counter[str], found: dict[str, int]) -> None:
    told = [one for person in people for one in person.told]
    rows = {
        **{f"killed: {what}": times for what, times in sorted(killed.items())},
        "messages kept": len(told),
        "  with risk": sum(one.risky for one in told),
        "  sent twice": sum(one.again for one in told),
        "refused for a moment": sum(person.refused for person in people),
        **found,
    }
    for name, number in rows.items():
        sys.stdout.write(f"{name:<42} {number:>6}\n")


if __name__ == "__main__":
    sys.exit(main())
