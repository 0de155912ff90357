"""The desk at work: people who wrote, colleagues, and every state that a page of it can be in."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pyotp
from playwright.sync_api import Browser, Page
from sqlalchemy import text

from channels.alerting.push import new_key
from knowledge.assessment.model import Fact
from knowledge.callbacks import store as callbacks
from knowledge.callbacks.model import Callback
from knowledge.contact.model import Way
from knowledge.conversations import store
from knowledge.conversations.model import Audience, Author, Draft, HandOff, Kind, Priority
from knowledge.coordinators.model import Area, Role
from knowledge.opening import Knowledge, open_knowledge
from tests.pages.serving import DESK, Site, serving

KIM = {"email": "kim@waymark.example", "password": "another long pass phrase"}
NOTHING_AGREED: dict[str, Any] = {"wanted": True, "how": None, "avoid": []}
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
        self._runs("UPDATE sessions SET last_seen = '2026-01-01 00:00:00.000000'")

    def _runs(self, statement: str) -> None:
        async def run(knowledge: Knowledge) -> None:
            async with knowledge.database.writing() as unit:
                await unit.execute(text(statement))

        self.does(run)


def _said(words: str) -> Draft:
    return Draft(author=Author.PERSON, text=words, message_id=uuid4().hex)


@contextmanager
def desk_site(folder: Path, **settings: str) -> Iterator[DeskSite]:
    """A site with two of the team, and everything set up that the desk can do."""
    with serving(
        folder,
        push_key=new_key(),
        smtp_url="smtp://127.0.0.1:9",
        mail_from="desk@waymark.example",
        quiet_mail_from="sam@letters.example",
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
    return page


def until(page: Page, expression: str, seconds: float = 15) -> float:
    """Wait until this number is not 0 any more; the page's own rules allow no other way."""
    deadline = time.monotonic() + seconds
    while not (value := page.evaluate(expression)):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(50)
    return float(value)


def states(browser: Browser, desk: DeskSite, **context: Any) -> Iterator[tuple[str, Page]]:
    """Every state of the desk, one after the other, each with the page that shows it."""
    opened = browser.new_context(**context)
    page = opened.new_page()
    yield from _doors(page, desk)
    desk.nobody_waits()
    signs_in(page, desk)
    yield "queue empty", page
    yield from _queue(page, desk)
    yield from _talks(page, desk)
    yield from _on_paper(page, desk)
    yield from _beside(page, desk)
    yield from _second_step(page, desk)
    signs_in(page, desk)
    desk.is_idle()
    page.goto(f"{desk.url}/console")
    page.get_by_role("button", name="Unlock").wait_for()
    yield "locked", page
    yield from _traced(page, desk)
    opened.close()


def _doors(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    page.goto(f"{desk.url}/console/sign-in")
    yield "sign in", page
    page.get_by_label("E-mail address").fill("nobody@waymark.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    yield "sign in refused", page
    page.goto(f"{desk.url}/console/invitation/too-old")
    yield "invitation over", page
    new = (f"{uuid4().hex}@waymark.example", Role.EDITOR, Area.BOTH)
    secret = desk.does(lambda one: one.team.invite(*new))
    page.goto(f"{desk.url}/console/invitation/{secret}")
    yield "invitation", page
    page.get_by_label("Name that people see").fill("Robin")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("alert").wait_for()
    yield "invitation refused", page


def _queue(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    danger = desk.somebody("hello", "DANGER my ex is at the door and he has a knife")
    hurried = desk.somebody("person")
    silent = desk.somebody("DANGER he is outside")
    held = desk.somebody("person")
    desk.at_the_desk(held, "take", who=KIM)
    desk.happens(hurried, Kind.HURRIED)
    desk.happens(silent, Kind.SILENT, since="2026-11-24T10:40:00+00:00", agreed=NOTHING_AGREED)
    desk.at_the_desk(silent, "acknowledge")
    desk.call_back(danger, Way.PHONE)
    page.goto(f"{desk.url}/console")
    page.get_by_text("knife").first.wait_for()
    yield "queue with alarms", page
    page.keyboard.press("Shift+?")
    page.get_by_role("dialog").wait_for()
    yield "keys", page
    page.get_by_role("button", name="Close the list").click()
    for name, one in {"in danger": danger, "silent": silent}.items():
        page.goto(f"{desk.url}/console/conversations/{one}")
        yield f"conversation waiting, {name}", page
    page.goto(f"{desk.url}/console/conversations/{held}")
    yield "conversation held by a colleague", page
    page.get_by_role("button", name="Join Kim").click()
    page.get_by_role("button", name="Leave this conversation").wait_for()
    yield "conversation joined", page


def _talks(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    talk = desk.somebody("my shed was broken into in Ware", "many", "help", "person")
    contact = {"how": "email", "avoid": ["landline"], "safe_times": "after 6"}
    place = {"as_said": "Ware", "district": "east-hertfordshire", "county": "hertfordshire"}
    desk.tells(talk, contact=contact, crime_type="burglary", place=place, consent=True)
    desk.call_back(talk, Way.EMAIL)
    here = f"{desk.url}/console/conversations/{talk}"
    desk.at_the_desk(talk, "take")
    for query in ("", "?find=samaritans", "?refused=outcome", "?refused=not_the_safe_time"):
        page.goto(here + query)
        yield f"conversation mine {query}", page
    page.goto(f"{here}?service=nat-shout&say=hello")
    yield "conversation mine, words prepared", page
    desk.does(lambda one: one.retention.hold(talk, "somebody", "She may be at risk"))
    page.goto(here)
    yield "conversation on hold", page
    desk.at_the_desk(talk, "close")
    page.goto(here)
    yield "conversation closed", page


def _on_paper(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    with_waymark = desk.somebody("my bike was stolen")
    desk.tells(with_waymark, contact={"how": "letter"})
    page.goto(f"{desk.url}/console/conversations/{with_waymark}")
    yield "conversation with the assistant", page
    page.locator("#writing summary").click()
    page.get_by_label("Name and address").fill("Alex Example\n1 Made-up Street")
    page.get_by_role("button", name="Show it to print").click()
    page.get_by_text("Made-up Street").wait_for()
    yield "letter to print", page


def _beside(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    for name in ("figures", "figures?days=1", "alerts", "account", "people", "nothing-here"):
        page.goto(f"{desk.url}/console/{name}")
        yield name, page
    page.goto(f"{desk.url}/console/people")
    page.get_by_label("E-mail address").fill(f"{uuid4().hex}@waymark.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    page.get_by_label("Link").wait_for()
    yield "people, somebody invited", page
    for name in ("directory", "directory/nat-shout", "directory/new"):
        page.goto(f"{desk.url}/console/{name}")
        yield name, page
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("alert").wait_for()
    yield "directory, entry refused", page


def _traced(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    page.goto(f"{desk.url}/console/sign-in")
    page.get_by_label("E-mail address").fill("ada@waymark.example")
    page.get_by_label("Password").fill("a fourth long pass phrase")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Trace").wait_for()
    yield "trace", page


def _second_step(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    here = f"{desk.url}/console/account/second-factor"
    page.goto(here)
    yield "second step", page
    secret = page.locator("code").first.inner_text()
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("alert").wait_for()
    yield "second step, wrong code", page
    secret = page.locator("code").first.inner_text()
    page.get_by_label("Code from the app").fill(pyotp.TOTP(re.sub(r"\s", "", secret)).now())
    page.get_by_role("button", name="Set up").click()
    page.get_by_text("Your recovery codes").wait_for()
    yield "recovery codes", page
    page.goto(here)
    yield "second step is set", page
    desk.does(_forget_second_steps)


async def _forget_second_steps(knowledge: Knowledge) -> None:
    for one in await knowledge.coordinators.everyone():
        if one.has_second_factor:
            await knowledge.team.reset_second_factor(one.id)
