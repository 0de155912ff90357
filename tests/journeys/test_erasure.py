"""Three people told us all there is to tell, each by another road, and delete it: nothing is left.

The real processes, on each kind of database. Before it is deleted it is found where it belongs:
that shows that the search finds it. Afterwards only the trace knows that there was somebody, by a
random id and without a word (docs/impact-assessment.md). Somebody else, who stays, loses nothing.
"""

import shutil
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from knowledge.assessment.model import Fact
from knowledge.opening import Knowledge, open_knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Ring
from tests.bot_api import TOKEN, BotApi, bot_api
from tests.channels.mailbox import Mailbox, a_mail_server
from tests.journeys.roads import ByTheApi, InTelegram, OnThePage
from tests.journeys.running import (
    EMAIL,
    PASSWORD,
    Waymark,
    awaited,
    free_port,
    running,
    wait_for,
)
from tests.journeys.somebody import Person
from tests.journeys.sweeping import Stores, tables_with
from tests.knowledge.postgres import NotHere, the_server

pytestmark = pytest.mark.journey

MARK, OTHER = "zebulonquux", "quillabombard"
PHONE = "07700 900733"
MAIL = f"{MARK}@letters.example"
CHAT = 744_744_744
DANGER = f"{MARK} is outside banging on the door he said he will kill me, call {PHONE}"
BURGLED = f"my neighbour {MARK} broke my fence in Baldock yesterday"
LONG_WAIT = 30.0
# Where what people told leaves something: the words, or an id that leads to them.
WORDS_IN = {"entries", "assessments", "tracker_turns", "holds"}
NAMED_IN = {"conversations", "alarms", "escalations", "callbacks", "return_phrases", "readers"}
IN_TELEGRAM = {"chats", "chat_messages"}
SET_ASIDE_IN = "updates"

Somebody = OnThePage | ByTheApi | InTelegram


@dataclass
class Told:
    """What was told, so that it can be looked for."""

    system: Waymark
    stores: Stores
    mailbox: Mailbox
    api: BotApi
    words: set[str] = field(default_factory=lambda: {MARK, PHONE, str(CHAT)})
    ids: set[str] = field(default_factory=set)

    def knows(self, does: Callable[[Knowledge], Awaitable[Any]]) -> Any:
        """What a verb of knowledge gives, called beside the running processes."""

        async def done() -> Any:
            kept = open_knowledge(self.system.environment["WAYMARK_DATABASE_URL"])
            try:
                return await does(kept)
            finally:
                await kept.database.close()

        return awaited(done())

    def all_is_answered(self) -> None:
        """Return when no message waits for its answer."""
        wait_for(lambda: not self.knows(lambda kept: kept.conversations.unfinished()), LONG_WAIT)

    def in_telegram(self) -> str:
        """The conversation of the chat."""
        found = self.knows(lambda kept: kept.chats.at("telegram", str(CHAT)))
        return str(found.conversation) if found else ""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Told]:
    with ExitStack() as stack:
        mailbox = stack.enter_context(a_mail_server())
        api = stack.enter_context(bot_api(free_port()))
        settings = {
            "TMPDIR": str(tmp_path),  # what is written where nobody looks is looked through too
            "WAYMARK_LIMITS": "on",
            "WAYMARK_TELEGRAM_TOKEN": TOKEN,
            "WAYMARK_TELEGRAM_API": api.url,
            "WAYMARK_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}",
            "WAYMARK_MAIL_FROM": "desk@waymark.example",
            "WAYMARK_QUIET_MAIL_FROM": "sam@letters.example",
            "WAYMARK_DUTY_EMAIL": "duty@waymark.example",
            "WAYMARK_CLOCK_EMERGENCY": "1",
            "WAYMARK_LOG_LEVEL": "debug",
        }
        folders = [tmp_path]
        if request.param == "postgresql":
            try:
                server = stack.enter_context(the_server())
                settings["WAYMARK_REDIS_URL"] = stack.enter_context(a_redis(tmp_path))
            except NotHere as why:
                pytest.skip(str(why))
            settings["WAYMARK_DATABASE_URL"] = server.url
            folders.append(server.folder)
        system = stack.enter_context(running(**settings))
        yield Told(system, _stores(system, folders), mailbox, api)


def _stores(system: Waymark, folders: list[Path]) -> Stores:
    data, var = system.environment["WAYMARK_DATABASE_URL"], system.var
    use(Ring.load(var / "keys"))
    trackers = [f"sqlite:///{var}/trackers.db"] if data.startswith("sqlite") else []
    redis = system.environment.get("WAYMARK_REDIS_URL")
    return Stores([data, *trackers], var / "keys", [var, *folders], redis)


def test_nothing_is_left_of_who_deletes(told: Told) -> None:
    stays = Person(told.system)
    stays.says(f"someone called {OTHER} broke into my shed in Hitchin last night")
    people = _people_tell_all(told)
    with httpx.Client(base_url=f"{told.system.url}/api/console", timeout=LONG_WAIT) as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        for conversation in told.ids:
            _the_desk_works(told, desk, conversation)
        assert {to for to, _ in told.mailbox.letters} > {MAIL}  # it went, and is kept nowhere
        _is_found(told)
        sealed = told.stores.sealed(told.ids)
        assert {mark for _, mark in told.stores.files(sealed)} == sealed
        for person in people:
            _may_go(told, person.conversation)
            person.says(f"{MARK} is gone now")  # the answer to it is under way
            person.deletes()
        stays.says("thank you")
        assert stays.hears()
        shown = [desk.get(door).text for door in ("/queue", "/alarms", "/callbacks", "/mine")]

    everything = told.words | told.ids
    theirs = {("entries", OTHER), ("tracker_turns", OTHER)}
    left = {("audit", conversation) for conversation in told.ids}
    assert told.stores.tables({*everything, OTHER}) == left | theirs
    assert told.stores.files(told.words | sealed) == set()
    assert told.stores.cache(everything) == set()
    shown += [told.system.logs(), httpx.get(f"{told.system.url}/metrics").text]
    assert [mark for mark in everything if mark in "".join(shown)] == []


def _people_tell_all(told: Told) -> list[Somebody]:
    """Three of them, each in danger in the end; the duty phone was told of it."""
    chat = InTelegram(told.api, CHAT, MARK, told.in_telegram)
    people: list[Somebody] = [OnThePage(told.system.url), ByTheApi(told.system.url), chat]
    for text in (BURGLED, DANGER):
        for person in people:
            person.says(text)
        told.all_is_answered()
    chat.sends_more(f"this is {MARK}")
    for person in people:
        told.words |= person.secrets()
        told.ids.add(person.conversation)
    told.all_is_answered()
    wait_for(lambda: any("duty@" in to for to, _ in told.mailbox.letters), LONG_WAIT)
    return people


def _is_found(told: Told) -> None:
    """Before it is deleted it is where it belongs, and nowhere else."""
    found = told.stores.tables(told.words | told.ids)
    assert tables_with(found, [MARK]) == WORDS_IN | {SET_ASIDE_IN}
    assert tables_with(found, [str(CHAT)]) == {"chats", SET_ASIDE_IN}
    for conversation in told.ids:
        assert tables_with(found, [conversation]) >= NAMED_IN | {"audit"}
    assert tables_with(found, [told.in_telegram()]) >= IN_TELEGRAM
    planted = told.system.var / f"{PHONE}.txt"
    planted.write_text(DANGER.upper())
    assert told.stores.files([MARK, PHONE]) == {(planted.name, MARK), (planted.name, PHONE)}
    planted.unlink()


def _the_desk_works(told: Told, desk: httpx.Client, conversation: str) -> None:
    """All that the team can write down about somebody."""
    here = f"/conversations/{conversation}"
    thread = desk.get(here).json()["thread"]
    said = next(one["sequence"] for one in thread if one["from"] == "person")
    missed = {"verdict": "missed", "message": said, "disposition": "urgent"}
    agreed = {"from": "2026-11-25T10:00:00Z", "until": "2026-11-25T12:00:00Z"}
    address = f"{MARK}\n1 Made-up Street\nWARE"
    for deed, body in (
        ("acknowledge", None),
        ("take", None),
        ("messages", {"text": f"hello {MARK}"}),
        ("notes", {"text": f"{MARK} lives with her mother, {PHONE}"}),
        ("facts", {"field": "crime_reference", "value": MARK}),
        ("marks", {**missed, "categories": ["stalking_harassment"]}),
        ("by email", None),
        ("emails", {"letter": "message", "to": MAIL}),
        ("by letter", None),
        ("letters", {"letter": "message", "address": address}),
        ("callbacks", {"way": "letter", **agreed}),
        ("read", {"upto": thread[-1]["sequence"]}),
        ("typing", None),
        ("transfer", {"note": f"please look after {MARK}"}),
        ("take", None),
        ("ask-learning", None),
        ("give-back", None),
    ):
        if deed.startswith("by "):
            _wants_it(told, conversation, deed.removeprefix("by "))
            continue
        answer = desk.post(f"{here}/{deed}", json=body)
        assert answer.is_success, (deed, answer.text)
    reason = f"{MARK} may be made to delete"
    told.knows(lambda kept: kept.retention.hold(conversation, "robin", reason))


def _may_go(told: Told, conversation: str) -> None:
    """The hold ends: until then nothing can be deleted."""
    told.knows(lambda kept: kept.retention.release(conversation, "robin"))


def _wants_it(told: Told, conversation: str, way: str) -> None:
    """They told how they may be reached, and agreed to it."""
    facts = [
        Fact(name="contact", value={"how": way}, message="m", as_said=MARK),
        Fact(name="consent", value=True, message="m", as_said="yes"),
    ]
    told.knows(lambda kept: kept.assessments.keep(conversation, facts))


@contextmanager
def a_redis(folder: Path) -> Iterator[str]:
    """The address of a Redis of our own. Raises NotHere."""
    if not shutil.which("redis-server"):
        raise NotHere("no redis-server here")
    port = str(free_port())
    command = ["redis-server", "--port", port, "--save", "", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log)
    try:
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
