"""The desk at work: people who wrote, colleagues, and whatever a test wants to find there."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Page
from sqlalchemy import text

from channels.alerting.push import new_key
from knowledge.assessment.model import Fact
from knowledge.callbacks import store as callbacks
from knowledge.callbacks.model import Callback
from knowledge.contact.model import Way
from knowledge.conversations import store
from knowledge.conversations.model import Audience, Author, Draft, HandOff, Kind, Priority
from knowledge.coordinators.model import Role
from knowledge.coordinators.tables import sessions
from knowledge.opening import Knowledge, open_knowledge
from tests.pages.serving import DESK, Site, serving

KIM = {"email": "kim@waymark.example", "password": "another long pass phrase"}
Deed = Callable[[Knowledge], Awaitable[Any]]


class DeskSite:
    """A running site, and hands that prepare what the desk shows."""

    def __init__(self, site: Site, database: str) -> None:
        self.site = site
        self.url = site.url
        self._database = database

    def does(self, deed: Deed) -> Any:
        """Do something with what is kept, in a loop of its own."""

        async def run() -> Any:
            knowledge = open_knowledge(self._database)
            try:
                return await deed(knowledge)
            finally:
                await knowledge.database.close()

        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(lambda: asyncio.run(run())).result()

    def somebody(self, said: str = "my bike was stolen", *also: str) -> str:
        """A person who wrote this, and was answered."""
        with httpx.Client(base_url=self.url, timeout=60) as client:
            opened = client.post("/api/conversations").json()
            home = f"/api/conversations/{opened['conversation']}"
            client.headers["Authorization"] = f"Bearer {opened['token']}"
            for words in (said, *also):
                sent = client.post(f"{home}/messages", json={"id": str(uuid4()), "text": words})
                after = {"after": sent.json()["sequence"], "wait": 25}
                client.get(f"{home}/messages", params=after)
        return str(opened["conversation"])

    def at_the_desk(self, conversation: str, *deeds: str, who: dict[str, str] = DESK) -> None:
        """Somebody of the team does this with it."""
        with httpx.Client(base_url=f"{self.url}/api/console", timeout=60) as client:
            client.post("/sessions", json=who).raise_for_status()
            for deed in deeds:
                body = {"outcome": "helped"} if deed == "close" else None
                client.post(f"/conversations/{conversation}/{deed}", json=body).raise_for_status()

    def tells(self, conversation: str, **facts: Any) -> None:
        """What is known of a person."""
        told = [
            Fact(name=name, value=value, message="m1", as_said="as they said it")
            for name, value in facts.items()
        ]
        self.does(lambda knowledge: knowledge.assessments.keep(conversation, told))

    def happens(self, conversation: str, kind: Kind, **details: Any) -> None:
        """Something that the system notes for the team."""
        noted = Draft(
            author=Author.SYSTEM, kind=kind, audience=Audience.COORDINATORS, details=details
        )
        self.does(lambda knowledge: knowledge.conversations.remark(conversation, noted))

    def call_back(self, conversation: str, way: Way) -> None:
        """A call-back that is due now."""

        async def add(knowledge: Knowledge) -> None:
            now = knowledge.clock()
            hour = timedelta(hours=1)
            due = Callback(
                id=uuid4().hex,
                conversation=conversation,
                way=way,
                start=now - hour,
                end=now + hour,
                made_at=now,
            )
            async with knowledge.database.writing() as unit:
                await callbacks.add(unit, due)

        self.does(add)

    def queue_of(self, many: int) -> None:
        """So many people who wait."""

        async def add(knowledge: Knowledge) -> None:
            for number in range(many):
                conversation = uuid4().hex
                asked = HandOff(priority=list(Priority)[number % 3], reasons=("asked_for_person",))
                async with knowledge.database.writing() as unit:
                    now = knowledge.clock()
                    await store.add_conversation(
                        unit, conversation=conversation, token_hash="x", channel="web", at=now
                    )
                    for draft in (_said(f"words of {number}"), asked.as_draft()):
                        await store.append(unit, conversation, draft, now)

        self.does(add)

    def long_thread(self, conversation: str, many: int) -> None:
        """So many messages, as if both had written for hours."""

        async def add(knowledge: Knowledge) -> None:
            async with knowledge.database.writing() as unit:
                for number in range(many):
                    author = (Author.PERSON, Author.ASSISTANT)[number % 2]
                    draft = Draft(author=author, text=f"message {number}")
                    await store.append(unit, conversation, draft, knowledge.clock())

        self.does(add)

    def nobody_waits(self) -> None:
        """An empty queue again."""
        self._runs("DELETE FROM conversations")

    def is_idle(self) -> None:
        """Everybody was away for an hour."""

        async def back(knowledge: Knowledge) -> None:
            seen = sessions.update().values(last_seen=knowledge.clock() - timedelta(hours=1))
            async with knowledge.database.writing() as unit:
                await unit.execute(seen)

        self.does(back)

    def is_over(self) -> None:
        """No session is good any more."""
        self._runs("DELETE FROM sessions")

    def _runs(self, statement: str) -> None:
        async def run(knowledge: Knowledge) -> None:
            async with knowledge.database.writing() as unit:
                await unit.execute(text(statement))

        self.does(run)


def _said(words: str) -> Draft:
    return Draft(author=Author.PERSON, text=words, message_id=uuid4().hex)


LINK_SECRET = "a secret of some length for links"


@contextmanager
def desk_site(folder: Path, **settings: str) -> Iterator[DeskSite]:
    """A site with two of the team, and everything set up that the desk can do."""
    with serving(
        folder,
        push_key=new_key(),
        smtp_url="smtp://127.0.0.1:9",
        mail_from="desk@waymark.example",
        quiet_mail_from="sam@letters.example",
        link_secret=LINK_SECRET,
        **settings,
    ) as site:
        desk = DeskSite(site, f"sqlite:///{folder}/waymark.db")
        desk.does(lambda one: one.coordinators.add(KIM["email"], KIM["password"], "Kim"))
        boss = ("vera@waymark.example", "a third long pass phrase", "Vera", Role.SUPERVISOR)
        desk.does(lambda one: one.coordinators.add(*boss))
        audits = ("ada@waymark.example", "a fourth long pass phrase", "Ada", Role.AUDITOR)
        desk.does(lambda one: one.coordinators.add(*audits))
        desk.does(lambda one: one.directory.seed())
        yield desk


def signs_in(page: Page, desk: DeskSite, who: dict[str, str] = DESK) -> Page:
    """Open the desk's door with address and password."""
    page.goto(f"{desk.url}/console/sign-in")
    page.get_by_label("E-mail address").fill(who["email"])
    page.get_by_label("Password").fill(who["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Queue").wait_for()
    page.wait_for_load_state()  # before its scripts are there no key does anything
    return page


def until(page: Page, expression: str, seconds: float = 15) -> float:
    """Wait until this number is not 0 any more; the page's own rules allow no other way."""
    deadline = time.monotonic() + seconds
    while not (value := page.evaluate(expression)):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)
    return float(value)
