"""From a person's risky message to the desk's alarm, with 50 conversations going on; and a queue
of 200.

The channels process serves over HTTP in a process of its own, with an assistant that answers at
once in the place of Rasa: what is measured is reception, the database and the desk's stream, not
the recogniser (`make bench` gives its time, too). With the word `real` the whole system runs, and
its 50 people write at the pace of people, every 5 to 20 seconds. The base line is the same
message's way to being stored (the chat's own 202), in the same run.

The aim, on a quiet machine: median under 300 ms, 99 of 100 under 1.5 s.
"""

import asyncio
import itertools
import json
import logging
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx
import uvicorn

from channels.settings import Settings
from channels.web.app import create_app
from knowledge.conversations.model import Author, Draft, HandOff, Priority
from knowledge.migrating import migrate
from knowledge.opening import open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.fakes import FakeAssistant
from tests.journeys.running import EMAIL, PASSWORD, Waymark, free_port, running

TALKING, ALARMS, WAITING = 50, 100, 200


@dataclass(frozen=True)
class Speech:
    """What is written: something usual and at which pace in seconds, and something alarming."""

    usual: Sequence[str]
    pace: tuple[float, float]
    danger: str


FAKE = Speech(("my bike was stolen",), (2, 2), "DANGER at the door")
REAL = Speech(
    ("my bike was stolen from the station", "yesterday", "no", "I can't sleep", "what now"),
    (5, 20),
    "he is outside with a knife and he is going to kill me",
)


def main(arguments: Sequence[str] = ()) -> None:
    """Measure and print; ``real`` with the whole system."""
    if "real" in arguments:
        with running() as waymark:
            asyncio.run(_measure_all(waymark))
        return
    with tempfile.TemporaryDirectory(prefix="waymark-") as folder:
        asyncio.run(_measure(Path(folder)))


async def _measure_all(waymark: Waymark) -> None:
    async with httpx.AsyncClient(base_url=waymark.url, timeout=60) as client:
        await _signs_in(client)
        await _alarms(client, REAL)


async def _measure(folder: Path) -> None:
    url, port, key = f"sqlite:///{folder}/waymark.db", free_port(), Key.new("b1")
    use(Ring([key]))
    await asyncio.to_thread(migrate, url)
    serving = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(url, port, key.secret), daemon=True
    )
    serving.start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        await _is_up(client)
        await _signs_in(client)
        await _alarms(client, FAKE)
        await _long_queue(client, url)
    serving.terminate()
    serving.join()


def _serve(url: str, port: int, secret: str) -> None:
    """The channels process. What it announces is nobody's business here."""
    sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115  (until the process ends)
    logging.disable()  # that nobody can be told of alarms that go up
    use(Ring([Key("b1", secret)]))
    settings = Settings(  # type: ignore[call-arg]  # the rest has defaults
        assistant_token="a token of some length",
        return_key="a key of some length to come back",
        database_url=url,
        limits="off",
        port=port,
        admin_email=EMAIL,
        admin_password=PASSWORD,
    )
    uvicorn.run(create_app(settings, FakeAssistant()), port=port, log_level="error")


async def _is_up(client: httpx.AsyncClient) -> None:
    for _ in range(600):
        with suppress(httpx.TransportError):
            if (await client.get("/healthz")).is_success:
                return
        await asyncio.sleep(0.1)
    raise TimeoutError("the channels process did not start")


async def _signs_in(client: httpx.AsyncClient) -> None:
    account = {"email": EMAIL, "password": PASSWORD}
    (await client.post("/api/console/sessions", json=account)).raise_for_status()


async def _alarms(client: httpx.AsyncClient, speech: Speech) -> None:
    seen: dict[str, float] = {}
    watching = asyncio.create_task(_watch(client, seen))
    people = [(await client.post("/api/conversations")).json() for _ in range(TALKING)]
    chatter = [asyncio.create_task(_chats(client, person, speech)) for person in people]
    sent: dict[str, float] = {}
    stored: list[float] = []
    await asyncio.sleep(speech.pace[1])  # until all of them are writing
    for _ in range(ALARMS):
        person = (await client.post("/api/conversations")).json()
        sent[person["conversation"]] = time.perf_counter()
        await _says(client, person, speech.danger)
        stored.append(time.perf_counter() - sent[person["conversation"]])
        await asyncio.sleep(speech.pace[0] / 10)
    await asyncio.sleep(3)
    for task in (*chatter, watching):
        task.cancel()
    alarms = [seen[one] - at for one, at in sent.items() if one in seen]
    _print(f"message stored ({TALKING} conversations going on)", stored)
    _print(f"alarm at the desk, {len(alarms)} of {ALARMS} seen", alarms)
    ratio = statistics.median(alarms) / statistics.median(stored)
    sys.stdout.write(f"ratio of the medians: {ratio:.1f}\n")


async def _long_queue(client: httpx.AsyncClient, url: str) -> None:
    knowledge = open_knowledge(url)
    for number in range(WAITING):
        opened = await knowledge.conversations.open(
            "web", Draft(author=Author.ASSISTANT, text=".")
        )
        said = Draft(author=Author.PERSON, text=f"words {number}", message_id=str(uuid4()))
        await knowledge.conversations.receive(opened.conversation, said)
        hand_off = HandOff(priority=list(Priority)[number % 3], reasons=("asked_for_person",))
        await knowledge.conversations.hand_off(opened.conversation, hand_off)
    await knowledge.database.close()
    for path in ("/healthz", "/api/console/queue", "/console"):
        times = []
        for _ in range(20):
            start = time.perf_counter()
            answer = await client.get(path)
            times.append(time.perf_counter() - start)
        _print(f"{path} ({len(answer.content) // 1024} kB, {WAITING}+ waiting)", times)


async def _watch(client: httpx.AsyncClient, seen: dict[str, float]) -> None:
    async with client.stream("GET", "/api/console/events", timeout=None) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                now = time.perf_counter()
                for item in json.loads(line[5:])["queue"]:
                    seen.setdefault(item["conversation"], now)


async def _chats(client: httpx.AsyncClient, person: dict[str, str], speech: Speech) -> None:
    for words in itertools.cycle(speech.usual):
        await asyncio.sleep(random.uniform(*speech.pace))  # noqa: S311  (no secret)
        await _says(client, person, words)


async def _says(client: httpx.AsyncClient, person: dict[str, str], text: str) -> None:
    await client.post(
        f"/api/conversations/{person['conversation']}/messages",
        json={"id": str(uuid4()), "text": text},
        headers={"Authorization": f"Bearer {person['token']}"},
    )


def _print(what: str, times: Sequence[float]) -> None:
    ordered = sorted(times)
    middle, late = statistics.median(ordered), ordered[int(len(ordered) * 0.99) - 1]
    sys.stdout.write(f"{what}: median {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms\n")


if __name__ == "__main__":
    main(sys.argv[1:])
