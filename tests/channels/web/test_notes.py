"""The page to keep or print: what was told, in plain words, only if it is safe."""

from typing import Any

import httpx
import pytest

from channels.assistant import Answer
from channels.message import Reply
from channels.parts import Parts
from channels.web.cookies import CHAT as COOKIE
from channels.web.notes_page import contact, more_rights, told
from knowledge.assessment.model import Fact, empty_record
from tests.fakes import FakeAssistant

TOLD = {
    "crime_type": "burglary",
    "also": ["fraud_cyber"],
    "occurred": {"from": "2026-11-17", "to": "2026-11-17", "as_said": "last tuesday"},
    "place": {"as_said": "<Stevenage>", "district": "stevenage", "county": "hertfordshire"},
    "reported": "does_not_want",
    "needs": {"finance_benefits": 1},
}
CARD = {"id": "a", "name": "A Helpline", "phone": "01632 960001", "hours": "open now"}


async def test_it_says_back_what_was_told(browser: httpx.AsyncClient, parts: Parts) -> None:
    await _says(browser, "burgled")
    await _keeps(browser, parts, **TOLD)
    page = (await browser.get("/notes")).text
    for words in (
        "Somebody broke in",
        "A scam, or a crime on the internet",
        "last tuesday",
        "&lt;Stevenage&gt;",
        "Money",
    ):
        assert words in page
    assert "You don&#39;t want to tell the police" in page
    assert "finance_benefits" not in page


async def test_it_is_neutral_unkept_and_has_its_exit(browser: httpx.AsyncClient) -> None:
    await _says(browser, "hello")
    page = await browser.get("/notes")
    assert "<title>Message</title>" in page.text
    assert 'href="/leave"' in page.text
    assert "Only keep or print this if it's safe" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "<script>" not in page.text


async def test_services_named_in_the_chat_stand_on_it_once(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    for text in ("help", "more"):
        assistant.plan[text] = Answer((Reply("Here", services=(CARD,)),), None)
        await _says(browser, text)
    page = (await browser.get("/notes")).text
    assert page.count("A Helpline") == 1
    assert 'href="tel:01632960001"' in page


async def test_who_has_told_nothing_is_not_blamed(browser: httpx.AsyncClient) -> None:
    await _says(browser, "hello")
    assert "That's fine" in (await browser.get("/notes")).text


async def test_without_the_key_there_is_nothing(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/notes")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_a_request_for_a_person_is_told(browser: httpx.AsyncClient) -> None:
    await _says(browser, "DANGER")
    assert "has been asked to read this" in (await browser.get("/notes")).text


def test_contact_is_told_once_it_was_said() -> None:
    wishes: dict[str, Any] = {
        **empty_record()["contact"], "how": "phone", "safe_times": "after 6", "avoid": ["landline"]
    }  # fmt: skip
    assert list(contact(wishes)) == [
        ("How to reach you", "By phone"),
        ("Safe times", "after 6"),
        ("Please avoid", "The phone at home"),
        ("May we leave a message", "No"),
    ]
    assert list(contact(empty_record()["contact"])) == []


def test_what_is_not_safe_and_what_is_needed_is_told_also_before_a_way_is() -> None:
    wishes: dict[str, Any] = {
        **empty_record()["contact"], "avoid": ["letter"], "adjustments": ["BSL", "large_print"]
    }  # fmt: skip
    assert list(contact(wishes)) == [
        ("Please avoid", "Letters"),
        ("What you need", "British Sign Language (BSL); Large print"),
    ]


def test_careful_limits_stand_there_as_theirs() -> None:
    wishes = {**empty_record()["contact"], "care": ["call me Jay", "nothing about trans"]}
    line = ("What we must mind, in your words", "“call me Jay”; “nothing about trans”")
    assert list(contact(wishes)) == [line]
    without = {key: one for key, one in wishes.items() if key != "care"}  # kept before there were
    assert list(contact(without)) == []


@pytest.mark.parametrize(
    ("entitlement", "words"),
    [
        ({"eligible": None, "grounds": [], "because": []}, []),
        ({"eligible": False, "grounds": [], "because": []}, []),
        (
            {"eligible": True, "grounds": ["persistently_targeted"], "because": ["they say"]},
            ["it has happened again and again"],
        ),
    ],
)
def test_more_rights_are_told_as_may_be(entitlement: dict[str, Any], words: list[str]) -> None:
    assert more_rights(entitlement) == words


def test_what_is_unknown_is_left_out() -> None:
    assert list(told(empty_record())) == []


async def _says(browser: httpx.AsyncClient, text: str) -> None:
    form = {"id": "0b1f7a52-8a33-4a0e-9d0c-111111111111", "text": text}
    assert (await browser.post("/say", data=form)).status_code == 303


async def _keeps(browser: httpx.AsyncClient, parts: Parts, **facts: Any) -> None:
    conversation = browser.cookies[COOKIE].partition(".")[0]
    kept = [Fact(name=n, value=v, message="m1", as_said=n) for n, v in facts.items()]
    await parts.knowledge.assessments.keep(conversation, kept)
