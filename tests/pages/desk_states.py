"""Every state that a page of the desk can be in."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pyotp
from playwright.sync_api import Browser, Page

from channels.provider_links import ProviderLinks
from knowledge.clock import clock_from
from knowledge.contact.model import Way
from knowledge.conversations.model import Kind
from knowledge.coordinators.model import Area, Role
from knowledge.opening import Knowledge
from tests.pages.desk import KIM, LINK_SECRET, DeskSite, signs_in

NOTHING_AGREED: dict[str, Any] = {"wanted": True, "how": None, "avoid": []}


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
    page.goto("about:blank")  # an open desk would lock by itself in between
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
    yield from _providers(page, desk)


def _providers(page: Page, desk: DeskSite) -> Iterator[tuple[str, Page]]:
    """What a provider sees behind its link, and the desk when it has answered."""
    link = ProviderLinks(LINK_SECRET, clock_from()).make("nat-shout")
    page.goto(f"{desk.url}/provider/{link}")
    yield "provider, entry", page
    page.get_by_label("Phone number").fill("12")
    page.get_by_role("button", name="Send my changes").click()
    page.get_by_role("alert").wait_for()
    yield "provider, refused", page
    page.get_by_label("Phone number").fill("01632 960000")
    page.get_by_label("Anything else we should know").fill("We moved.")
    page.get_by_role("button", name="Send my changes").click()
    page.get_by_text("Your answer is with our editors").wait_for()
    yield "provider, answered", page
    page.goto(f"{desk.url}/console/directory?show=unconfirmed")
    page.get_by_text("We moved.").wait_for()
    yield "directory, a provider wrote", page
    page.get_by_role("button", name="Leave as it is").click()
    page.goto(f"{desk.url}/console/directory/nat-shout")
    page.get_by_role("button", name="I checked all of it today").click()
    page.get_by_text("It says that you checked it today").wait_for()
    yield "directory, entry with history", page


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
