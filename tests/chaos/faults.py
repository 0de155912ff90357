"""What is killed, when, and how it comes back."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from channels.supervisor import commands
from tests.chaos.steps import STEPS, is_wanted, order, withdraw
from tests.journeys.running import Waymark, wait_for
from tests.knowledge.postgres import NotHere, Server

# How often which part is killed: the one that keeps everything is worth the most.
WEIGHTS = {"channels": 6, "assistant": 2, "actions": 2}
OF_THE_DATABASE = 4
DIVIDED = {"assistant"}  # into engines, which it starts again itself
COMES_THERE_WITHIN = 10.0
AWAY = 3.0  # seconds, at most
BACK_WITHIN = 600.0  # on a machine that does much else a start takes minutes


def mortal() -> dict[str, list[str]]:
    """How each part is started so that it can be ended at a step."""
    return {part: [run[0], "-m", "tests.chaos.steps", part] for part, run in commands().items()}


@dataclass
class Faults:
    """Kills one part after the other, each at its steps in turn."""

    waymark: Waymark
    server: Server | None  # the database, where it is a server of its own
    chance: random.Random
    killed: Counter[str] = field(default_factory=Counter)
    came: set[str] = field(default_factory=set)  # the steps that somebody came to
    missed: Counter[str] = field(default_factory=Counter)  # those that nobody came to in time

    def rows(self) -> dict[str, int]:
        """What was killed, when, and how often."""
        rows = {f"killed: {what}": times for what, times in sorted(self.killed.items())}
        return rows | {f"nobody came: {step}": self.missed[step] for step in sorted(self.missed)}

    def never_came(self) -> Counter[str]:
        """The steps that were waited for twice and at which nothing was ever killed."""
        never = [step for step, times in self.missed.items() if times > 1]
        return Counter({"steps nobody ever came to": len(set(never) - self.came)})

    def of(self, part: str) -> int:
        """How often a part was killed."""
        return sum(times for what, times in self.killed.items() if what.startswith(part))

    def strike(self) -> bool:
        """Kill a part, which a supervisor starts again. False when all is not whole in time."""
        weights = {**WEIGHTS, **({"database": OF_THE_DATABASE} if self.server else {})}
        (part,) = self.chance.choices(list(weights), list(weights.values()))
        step = self._next_step(part)
        at = step if self._dies_at(part, step) else "at any moment"
        if at == step:
            self.came.add(f"{part} {step}")
        else:
            self.missed[f"{part} {step}"] += 1
        self.killed[f"{part} {at}"] += 1
        time.sleep(self.chance.uniform(0.0, AWAY))
        try:
            if part == "database" and self.server is not None:
                self.server.start_again()
            wait_for(self._is_whole, BACK_WITHIN, 0.2)
        except (NotHere, AssertionError) as why:
            sys.stdout.write(f"  {part} killed {at}: {why}\n")
            return False
        return True

    def _next_step(self, part: str) -> str:
        """In turn, so that each step has its kill."""
        return STEPS[part][self.of(part) % len(STEPS[part])]

    def _dies_at(self, part: str, step: str) -> bool:
        """End a part at a step; False when nobody came there and it was ended all the same."""
        var = self.waymark.var
        order(var, step, self.server.process if part == "database" and self.server else None)
        until = time.monotonic() + COMES_THERE_WITHIN
        while is_wanted(var) and time.monotonic() < until:
            time.sleep(0.05)
        if withdraw(var):
            self._kill(part)
            return False
        if part not in DIVIDED and part != "database":
            self.waymark.processes[part].wait()
        return True

    def _kill(self, part: str) -> None:
        if part != "database":
            self.waymark.kill(part)
        elif self.server is not None:
            with suppress(ProcessLookupError):
                os.kill(self.server.process, signal.SIGKILL)

    def _is_whole(self) -> bool:
        """Whether every part answers; whichever ended is started again."""
        for name, process in self.waymark.processes.items():
            if process.poll() is not None:  # an engine is started by its own parent
                self.waymark.start(name)
        return self.waymark.is_ready()
