"""Turns a second of the assistant, beside Rasa's stock configuration with the same content.

Run `.venv/bin/python -m tests.benchmarks.turns`. Both answer the same conversations with the same
action server, one after the other on the same machine; ours keeps its trackers on disk, stock in
memory. Stock is measured as shipped and with its schema check compiled once. Prints ratios; the
aims: 5 times the turns, a fifth of the p95, 60 % of the memory, half of the start, and turn 200 at
most 1.3 times turn 5. Prints where a turn's time goes too, against the floor: one embedding of
the text and one durable commit. Never fails by time. `small` plays fewer rounds, and no
repaired stock. Turns 5 and 200 are the middle of the seven turns around them, with the same
words, in several conversations. What a person needs to begin (a conversation, a connection) is
there before the clock runs.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from channels.settings import ENGINES
from knowledge.conversations.spread import place_of
from tests.benchmarks.measuring import Caller, memory_of
from tests.journeys.running import ROOT, Waymark, free_port, running, wait_for

SAID = [
    "my house in Stevenage was burgled last tuesday and i cant sleep",
    "yes im safe",
    "no i dont want to tell them",
    "we feel unsafe at home and money is tight",
    "none of these",
    "just here in this chat",
    "yes thats right",
    "what is compensation",
    "thank you",
    "where can i get help with my door",
]
# Conversations at once -> how many each plays.
ROUNDS = {1: 4, 8: 6}
SMALL_ROUNDS = {1: 2, 8: 3}
LONG = 200
LONG_ONES = 3  # conversations
PARTED = 3  # conversations over which the parts of a turn are measured
STOCK: tuple[tuple[str, list[str]], ...] = (("stock", []), ("stock, repaired", ["repaired"]))
PYTHON = ".venv-assistant/bin/python"
Turn = Callable[[Caller, str, str, int], None]


@dataclass(frozen=True)
class Figures:
    """What was measured of one assistant. Times in seconds, memory in bytes."""

    start: float
    memory: int
    rate: dict[int, float]  # turns a second, by conversations at once
    p50: dict[int, float]
    p95: dict[int, float]
    early: float  # turn 5
    late: float  # turn 200


def main(arguments: list[str]) -> None:
    """Measure all three, or with `small` ours and stock as shipped, and print the ratios."""
    small = arguments == ["small"]
    if small:
        ROUNDS.update(SMALL_ROUNDS)
    sys.stdout.write(f"load average before: {os.getloadavg()[0]:.1f}\n")
    with running() as waymark:
        ours = measure_ours(waymark)
        show("ours", ours)
        show_parts(waymark)
        waymark.kill("assistant")
        with tempfile.TemporaryDirectory() as folder:
            model = train_stock(folder)
            for name, how in STOCK[:1] if small else STOCK:
                stock = measure_stock(waymark, model, how)
                show(name, stock)
                compare(ours, stock, name)
    sys.stdout.write(f"load average after: {os.getloadavg()[0]:.1f}\n")


def measure_ours(waymark: Waymark) -> Figures:
    """The assistant as it is served."""
    start = _restart(waymark)
    return _measure(waymark, _our_turn(waymark), start, waymark.processes["assistant"].pid)


def show_parts(waymark: Waymark) -> None:
    """Print where the time of a turn goes: each part of the assistant, and what cannot be less."""
    table = waymark.var / "parts.json"
    waymark.commands["assistant"] = [PYTHON, "-m", "tests.benchmarks.parts", str(table)]
    waymark.environment["WAYMARK_ENGINES"] = "1"  # one table
    _restart(waymark)
    turn = _our_turn(waymark)
    _converse(turn, _opened(waymark), SAID)
    before = json.loads(table.read_text("utf-8"))
    for _ in range(PARTED):
        _converse(turn, _opened(waymark), SAID)
    turns, after = PARTED * len(SAID), json.loads(table.read_text("utf-8"))
    floor = subprocess.check_output([PYTHON, "-m", "tests.benchmarks.floor", *SAID], cwd=ROOT)
    rows = {
        name: [(late - early) / turns for late, early in zip(spent, before[name], strict=True)]
        for name, spent in after.items()
    }
    sys.stdout.write("a turn of ours, one at a time:            times       ms\n")
    for name, (times, seconds) in sorted(rows.items(), key=lambda row: -row[1][1]):
        sys.stdout.write(f"  {name:<38}{times:7.2f}{seconds * 1000:9.2f}\n")
    whole = sum(seconds for _, seconds in rows.values())
    sys.stdout.write(f"  {'together':<38}{'':7}{whole * 1000:9.2f}\n{floor.decode()}")
    sys.stdout.flush()


def _restart(waymark: Waymark) -> float:
    """Start the assistant anew; the seconds until it answers."""
    waymark.kill("assistant")
    begun = time.monotonic()
    waymark.start("assistant")
    for port in _ports(waymark):
        _until_answered(f"http://127.0.0.1:{port}/webhooks/door/")
    return time.monotonic() - begun


def _ports(waymark: Waymark) -> range:
    """Where the engines listen."""
    first = int(waymark.environment["WAYMARK_ASSISTANT_PORT"])
    return range(first, first + int(waymark.environment.get("WAYMARK_ENGINES") or ENGINES))


def _our_turn(waymark: Waymark) -> Turn:
    doors = [f"http://127.0.0.1:{port}/webhooks/door/" for port in _ports(waymark)]
    token = waymark.environment["WAYMARK_ASSISTANT_TOKEN"]

    def turn(caller: Caller, conversation: str, text: str, number: int) -> None:
        asked = {"conversation": conversation, "text": text, **_about(number)}
        door = doors[place_of(conversation, len(doors))]  # as channels/assistant.py does
        assert caller.post(f"{door}turn", asked, token)["replies"], "no answer"

    return turn


def measure_stock(waymark: Waymark, model: Path, how: list[str]) -> Figures:
    """Rasa as it comes, on the same content and the same action server."""
    with _stock_server(waymark, model, how) as (url, process, start):

        def turn(caller: Caller, conversation: str, text: str, number: int) -> None:
            asked = {"sender": conversation, "message": text, "metadata": _about(number)}
            caller.post(f"{url}/webhooks/rest/webhook", asked)

        return _measure(waymark, turn, start, process.pid)


def train_stock(folder: str) -> Path:
    """Train Rasa's own configuration on our domain, examples and rules."""
    sys.stdout.write("training stock (one epoch) ...\n")
    sys.stdout.flush()
    command = [PYTHON, "-m", "rasa", "train", "--config", "tests/benchmarks/stock/config.yml"]
    data = ["--domain", "bot/domain", "--data", "bot/rules", "bot/stories", "nlu/en"]
    out = ["--out", folder, "--fixed-model-name", "stock"]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "LOG_LEVEL": "ERROR"}
    log = Path(folder, "train.log")
    with log.open("wb") as said:
        done = subprocess.run(
            [*command, *data, *out], cwd=ROOT, env=environment, stdout=said, stderr=said
        )
    if done.returncode:
        sys.exit(f"training stock failed:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Path(folder, "stock.tar.gz")


@contextmanager
def _stock_server(
    waymark: Waymark, model: Path, how: list[str]
) -> Iterator[tuple[str, subprocess.Popen[bytes], float]]:
    port = str(free_port())
    actions = f"http://127.0.0.1:{waymark.environment['WAYMARK_ACTIONS_PORT']}/webhook"
    actions += f"?token={waymark.environment['WAYMARK_ASSISTANT_TOKEN']}"
    command = [PYTHON, "-m", "tests.benchmarks.stock.serve", str(model), port, actions, *how]
    url = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    with (waymark.var / "stock.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
    try:
        _until_answered(f"{url}/webhooks/rest/")
        yield url, process, time.monotonic() - begun
    finally:
        process.kill()
        process.wait()


def _until_answered(url: str) -> None:
    def answers() -> bool:
        try:
            return httpx.get(url, timeout=2).status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    wait_for(answers, 300.0)


def _measure(waymark: Waymark, turn: Turn, start: float, process: int) -> Figures:
    for _ in range(2 * len(_ports(waymark))):
        _converse(turn, _opened(waymark), SAID)  # the first turns warm up
    rate, p50, p95 = {}, {}, {}
    for at_once, rounds in ROUNDS.items():
        times, took = _many(waymark, turn, at_once, rounds)
        rate[at_once] = len(times) / took
        p50[at_once] = statistics.median(times)
        p95[at_once] = statistics.quantiles(times, n=20)[-1]
    laps = LONG // len(SAID)
    long = [_converse(turn, _opened(waymark), SAID * laps) for _ in range(LONG_ONES)]
    early, late = (_around(long, lap) for lap in (0, laps - 1))
    return Figures(start, memory_of(process), rate, p50, p95, early, late)


def _around(long: list[list[float]], lap: int) -> float:
    """The middle of the turns of a lap but its first two and last one."""
    begun, ended = lap * len(SAID) + 2, (lap + 1) * len(SAID) - 1
    return statistics.median(time for one in long for time in one[begun:ended])


def _many(waymark: Waymark, turn: Turn, at_once: int, rounds: int) -> tuple[list[float], float]:
    all_of_them = [_opened(waymark) for _ in range(at_once * rounds)]

    def play(conversation: tuple[Caller, str]) -> list[float]:
        return _converse(turn, conversation, SAID)

    begun = time.monotonic()
    with ThreadPoolExecutor(at_once) as people:
        times = [t for played in people.map(play, all_of_them) for t in played]
    return times, time.monotonic() - begun


def _opened(waymark: Waymark) -> tuple[Caller, str]:
    """A person with a conversation that has begun."""
    caller = Caller()
    return caller, caller.post(f"{waymark.url}/api/conversations", {})["conversation"]


def _converse(turn: Turn, conversation: tuple[Caller, str], said: list[str]) -> list[float]:
    caller, opened = conversation
    times = []
    for number, text in enumerate(said):
        begun = time.monotonic()
        turn(caller, opened, text, number)
        times.append(time.monotonic() - begun)
    return times


def _about(number: int) -> dict[str, object]:
    return {
        "message_id": f"m{number}",
        "channel": "web",
        "sent_at": "2026-11-24T10:40:00+00:00",
        "holder": "assistant",
        "shown": [],
    }


def show(name: str, one: Figures) -> None:
    """Print what was measured of one assistant."""
    sys.stdout.write(f"{name}: ready after {one.start:.1f} s, {one.memory / 2**20:.0f} MB\n")
    for at_once in ROUNDS:
        sys.stdout.write(
            f"  {at_once} at once: {one.rate[at_once]:.1f} turns/s, "
            f"p50 {one.p50[at_once] * 1000:.0f} ms, p95 {one.p95[at_once] * 1000:.0f} ms\n"
        )
    ratio = one.late / one.early
    late = f"turn {LONG}: {one.late * 1000:.0f} ms ({ratio:.2f})"
    sys.stdout.write(f"  turn 5: {one.early * 1000:.0f} ms, {late}\n")
    sys.stdout.flush()


def compare(ours: Figures, stock: Figures, name: str) -> None:
    """Print ours as ratios to another."""
    for at_once in ROUNDS:
        turns = ours.rate[at_once] / stock.rate[at_once]
        p95 = ours.p95[at_once] / stock.p95[at_once]
        sys.stdout.write(f"ours / {name}, {at_once} at once: turns {turns:.2f}, p95 {p95:.2f}\n")
    memory, start = ours.memory / stock.memory, ours.start / stock.start
    later = (ours.late / ours.early) / (stock.late / stock.early)
    sys.stdout.write(
        f"ours / {name}: memory {memory:.2f}, start {start:.2f}, growth {later:.2f}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
