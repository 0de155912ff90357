"""Many people at once, then more and more: how much the system carries, and what it does then.

Run `make load` (`PEOPLE=200 MINUTES=5 ENGINES=1 STEPS=4`). With one engine it is what `make run`
starts, on SQLite; with two, the cluster of docs/servers (three channels, two actions, two
assistants behind nginx, PostgreSQL and Redis). Ends with 1 when a message that was taken in has
no answer in the end.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.cluster.running import a_cluster
from tests.journeys.running import running
from tests.knowledge.processes_of import family
from tests.load.people import Counts, Person

PAUSES = (5.0, 20.0)  # seconds between two messages of one person
STEP_LASTS = 30.0  # seconds
GROWS_BY = 1.5
SETTLES_WITHIN = 60.0
# Beyond the knee: answers that come later than this, or messages that are refused.
TOO_LATE = 5.0  # seconds, p95
REFUSED = 0.01
TICKS = os.sysconf("SC_CLK_TCK")
show = Console()


@dataclass
class Step:
    """So many people for so long, and what came of it."""

    people: int
    counts: Counts = field(default_factory=Counts)
    seconds: float = 0.0
    cores: float = 0.0

    @property
    def is_beyond_the_knee(self) -> bool:
        """Whether people wait too long or are refused."""
        counts = self.counts
        asked = counts.accepted + counts.refused
        return counts.percentile(95) > TOO_LATE or counts.refused > REFUSED * max(asked, 1)


def main() -> int:
    """Play the steps and print their table."""
    asked = _asked()
    steps: list[Step] = []
    with _system(asked.engines) as (url, pids):
        people, seconds = asked.people, asked.minutes * 60
        for _ in range(1 + asked.steps):
            steps.append(asyncio.run(_play(url, pids, Step(people), seconds, asked.seed)))
            if steps[-1].is_beyond_the_knee:
                break
            people, seconds = int(people * GROWS_BY), min(seconds, STEP_LASTS)
    _print(steps, asked)
    return 1 if any(step.counts.lost for step in steps) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make load")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument(
        "--steps", type=int, default=4, help="at most, each with half as many more"
    )
    parser.add_argument("--engines", type=int, choices=(1, 2), default=1)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    return parser.parse_args()


@contextmanager
def _system(engines: int) -> Iterator[tuple[str, list[int]]]:
    if engines == 1:
        with running() as waymark:
            yield waymark.url, [one.pid for one in waymark.processes.values()]
        return
    with a_cluster("assistant") as cluster:
        yield cluster.url, [one.pid for one in cluster.processes.values()]


async def _play(url: str, pids: list[int], step: Step, seconds: float, seed: int) -> Step:
    chance = random.Random(seed)  # noqa: S311  (no secret depends on it)
    people = [
        Person(url, random.Random(chance.random()), PAUSES, step.counts)  # noqa: S311
        for _ in range(step.people)
    ]
    # Nobody's real people all arrive in one second.
    for some in batched(people, 20):
        await asyncio.gather(*(one.arrive() for one in some))
    began, used, until = time.monotonic(), _used(pids), time.monotonic() + seconds
    lives = [asyncio.create_task(one.live(until)) for one in people]
    with Progress(console=show, transient=True) as progress:
        bar = progress.add_task(f"{step.people} people", total=seconds)
        while (now := time.monotonic()) < until:
            progress.update(bar, completed=now - began)
            await asyncio.sleep(0.5)
    step.seconds = time.monotonic() - began
    step.cores = (_used(pids) - used) / step.seconds
    await asyncio.wait(lives, timeout=SETTLES_WITHIN)
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    for one in people:
        await one.close()
    return step


def _used(pids: list[int]) -> float:
    """Seconds of a core that these processes, and those that they started, used so far."""
    total = 0
    for pid in (one for first in pids for one in family(first)):
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def _print(steps: list[Step], asked: argparse.Namespace) -> None:
    table = Table(title=f"seed {asked.seed}, {asked.engines} engine(s), {os.cpu_count()} cores")
    for name in ("people", "accepted", "answered", "refused", "lost", "p50", "p95", "p99"):
        table.add_column(name, justify="right")
    for name in ("answers/s", "cores used", "answers/s per core"):
        table.add_column(name, justify="right")
    for step in steps:
        counts, rate = step.counts, step.counts.answered / step.seconds
        times = [f"{counts.percentile(part) * 1000:.0f} ms" for part in (50, 95, 99)]
        numbers = (step.people, counts.accepted, counts.answered, counts.refused, counts.lost)
        per_core = f"{rate / step.cores:.1f}" if step.cores else "-"
        table.add_row(*map(str, numbers), *times, f"{rate:.1f}", f"{step.cores:.2f}", per_core)
    show.print(table)
    last = steps[-1]
    knee = f"below {last.people}" if last.is_beyond_the_knee else f"above {last.people}"
    show.print(f"the knee is {knee} people (p95 over {TOO_LATE:.0f} s, or over 1 % refused)")


if __name__ == "__main__":
    sys.exit(main())
