"""Any request may go to any process, and any process may be killed: nothing is lost or doubled."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.bot_api import TOKEN, BotApi, bot_api
from tests.chaos.people import Person, Stream
from tests.cluster.running import Cluster, a_cluster, down_for
from tests.cluster.stand_in import TWICE
from tests.journeys.running import EMAIL, PASSWORD, free_port, wait_for
from tests.knowledge.postgres import NotHere

PEOPLE = 8
LASTS = 45.0  # seconds
SEED = 11
TELEGRAM = range(700, 703)
KEPT = "Your message is kept"  # of the last words, and of the shorter ones


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with bot_api(free_port()) as served:
        yield served


@pytest.fixture(scope="module")
def cluster(api: BotApi) -> Iterator[Cluster]:
    settings = {"WAYMARK_TELEGRAM_TOKEN": TOKEN, "WAYMARK_TELEGRAM_API": api.url}
    try:
        with a_cluster(**settings) as running:
            yield running
    except NotHere as why:
        pytest.skip(str(why))


def test_killing_any_process_loses_and_doubles_nothing(cluster: Cluster, api: BotApi) -> None:
    chance = random.Random(SEED)  # noqa: S311  (no secret depends on it)
    people = [
        Person(cluster.url, random.Random(SEED + number), (0.1, 0.8))  # noqa: S311
        for number in range(PEOPLE)
    ]
    streams = [Stream(person) for person in people]
    until = time.monotonic() + LASTS
    with ThreadPoolExecutor(PEOPLE * 2 + 1) as pool:
        listening = [pool.submit(stream.listen) for stream in streams]
        try:
            lives = [pool.submit(person.live, until, 1000) for person in people]
            messengers = pool.submit(_write_in_telegram, api, until)
            _kill_each(cluster, chance, until)
            for one in (*lives, messengers):
                one.result()
            for person in people:
                person.settle(time.monotonic() + 30)
            wait_for(lambda: all(_has_heard_all(stream) for stream in streams), 20)
        finally:
            for stream in streams:
                stream.over.set()
        _write_one_more(cluster, people)
        for one in listening:
            one.result()
    assert _accounts(people) == Counter()
    for stream in streams:
        assert stream.heard == _sequences(stream.person)[: len(stream.heard)]
    twice = cluster.folder / TWICE
    assert not twice.exists(), twice.read_text()
    risky = {one.conversation for one in people if any(told.risky for told in one.told)}
    assert risky - _on_the_desk(cluster) == set()
    for chat in TELEGRAM:
        wait_for(lambda chat=chat: _telegram_answers(api, chat), 30, said=lambda: api.seen(chat))  # type: ignore[misc]  # noqa: B023


def test_typing_and_rings_cross_processes(cluster: Cluster) -> None:
    ports = [cluster.ports[f"channels{number}"] for number in range(3)]
    cluster.wait_until_ready()
    here, there, third = (f"http://127.0.0.1:{port}" for port in ports)
    opened = httpx.post(f"{here}/api/conversations", timeout=10).json()
    path = f"/api/conversations/{opened['conversation']}"
    key = {"Authorization": f"Bearer {opened['token']}"}
    with (
        httpx.Client(base_url=third, timeout=10) as desk,
        ThreadPoolExecutor(1) as pool,
    ):
        desk.post("/api/console/sessions", json={"email": EMAIL, "password": PASSWORD})
        held = f"/api/console/conversations/{opened['conversation']}"
        assert desk.post(f"{held}/take").is_success
        with httpx.stream("GET", f"{there}{path}/events", headers=key, timeout=10) as stream:
            heard = stream.iter_lines()
            _until(heard, '"holder": "coordinator"')
            pool.submit(desk.post, f"{held}/typing")
            began = time.monotonic()
            _until(heard, "event: typing")
            assert time.monotonic() - began < 2.0  # sooner than anybody looks without a ring


def _kill_each(cluster: Cluster, chance: random.Random, until: float) -> None:
    """Every process, and what they share, at least once; more as long as there is time."""
    victims = [*cluster.parts, "nginx", "redis"]
    chance.shuffle(victims)
    while victims or time.monotonic() < until:
        victim = victims.pop() if victims else chance.choice(cluster.parts)
        time.sleep(chance.uniform(0.2, 1.2))
        down_for(cluster, victim, chance.uniform(0.0, 1.0))
        cluster.wait_until_ready()  # one at a time: with all of a kind dead nobody can answer


def _write_in_telegram(api: BotApi, until: float) -> None:
    for number in range(4):
        for chat in TELEGRAM:
            api.says(chat, f"turn {number}")
        time.sleep(max(0.0, (until - time.monotonic()) / 4))


def _telegram_answers(api: BotApi, chat: int) -> bool:
    """Each answered, by the last words where no assistant was there; first answers in order.

    Telegram has no key: a crash may repeat one.
    """
    seen = api.seen(chat)
    words = " ".join(seen)
    at = [words.find(f"answer to turn {number} ") for number in range(4)]
    there = [one for one in at if one >= 0]
    last_words = sum(KEPT in one for one in seen)
    return len(there) + last_words >= len(at) and there == sorted(there)


def _write_one_more(cluster: Cluster, people: list[Person]) -> None:
    """Something for each stream to hear, so that it sees that it is over."""
    for person in people:
        with httpx.Client(base_url=cluster.url, timeout=30) as person.client:
            person.say()


def _has_heard_all(stream: Stream) -> bool:
    return stream.heard[-1:] == _sequences(stream.person)[-1:]


def _sequences(person: Person) -> list[int]:
    return [one["sequence"] for one in person.thread()]


def _accounts(people: list[Person]) -> Counter[str]:
    """What is wrong with messages and their answers."""
    wrong: Counter[str] = Counter()
    for person in people:
        person.settle(time.monotonic() + 20)
        thread = person.thread()
        told = [one.id for one in person.told]
        said = [one["text"] for one in thread[1:] if one["from"] == "assistant"]
        answered = [text.rpartition("[")[2][:-1] for text in said if text.endswith("]")]
        last_words = [text for text in said if not text.endswith("]")]  # no assistant was there
        wrong["failures without a reason"] += person.broken
        wrong["messages"] += [one["id"] for one in thread if one["from"] == "person"] != told
        wrong["answers"] += len(answered) + len(last_words) != len(told)
        wrong["order"] += answered != [one for one in told if one in answered]
    return +wrong


def _on_the_desk(cluster: Cluster) -> set[str]:
    with httpx.Client(base_url=f"{cluster.url}/api/console", timeout=30) as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        return {one["conversation"] for one in desk.get("/queue").json()["queue"]}


def _until(lines: Iterator[str], words: str) -> None:
    for line in lines:
        if words in line:
            return
    raise AssertionError(f"{words} never came")
