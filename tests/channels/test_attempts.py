"""What holds people back says that it did: by kind, and nothing of who tried."""

import logging
import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels import attempts, figures
from channels.attempts import EVERY, Attempts
from channels.floods import MESSAGES, SIGN_INS
from channels.settings import Settings
from tests.channels.builders import Person, a_browser

WORDS = "my name is Marigold Featherstonehaugh"
SIGN_IN = "/console/sign-in"
EMAIL = "marigold@waymark.example"

Said = Callable[[], list[str]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"limits": "on"})


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Said:
    """The lines of the log about what was refused, of a process that has seen nothing yet."""
    monkeypatch.setattr(attempts, "_seen", Attempts())
    caplog.set_level(logging.INFO)

    def lines() -> list[str]:
        return [one.getMessage() for one in caplog.records if one.name == attempts.__name__]

    return lines


async def test_a_flood_is_said_once_a_minute_and_counted_each_time(
    person: Person, said: Said
) -> None:
    before = _counted("messages")
    for _ in range(MESSAGES.amount + 3):
        answer = await person.sends(text=WORDS)
    assert answer.status_code == 429
    assert said() == ["refused: messages (1 since the start)"]
    assert _counted("messages") == before + 3


async def test_guessing_at_the_desk_is_said_also_where_a_page_says_why(
    browser: httpx.AsyncClient, said: Said
) -> None:
    for _ in range(SIGN_INS.amount + 1):
        page = await browser.post(SIGN_IN, data={"email": EMAIL, "password": WORDS})
    assert page.status_code == 429
    kinds = {re.sub(r"refused: (.+) \(.*", r"\1", line) for line in said()}
    assert kinds == {"passwords", "sign-ins"}


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"json": {"id": "no id", "text": WORDS}}, "malformed"),
        ({"json": {"text": WORDS}}, "malformed"),
        ({"content": WORDS.encode() * 9000}, "too large"),
        ({"content": WORDS.encode(), "headers": {"Content-Encoding": "gzip"}}, "packed"),
        (
            {"json": {"id": "6f1c36a5-4a3e-4b6b-9a53-0d8d0e1d8f60", "choice": WORDS}},
            "unknown choice",
        ),
    ],
)
async def test_what_gets_past_no_check_is_said_by_its_kind(
    person: Person, said: Said, asked: dict[str, Any], kind: str
) -> None:
    before = _counted(kind)
    headers = person.key | asked.pop("headers", {})
    answer = await person.client.post(f"{person.home}/messages", headers=headers, **asked)
    assert 400 <= answer.status_code < 500
    assert said() == [f"refused: {kind} (1 since the start)"]
    assert _counted(kind) == before + 1


async def test_a_page_of_another_site_is_said(app: FastAPI, said: Said) -> None:
    async with a_browser(app, **{"Sec-Fetch-Site": "cross-site"}) as stranger:
        for door in ("/say", SIGN_IN, "/delete"):
            form = {"id": "6f1c36a5-4a3e-4b6b-9a53-0d8d0e1d8f60", "text": WORDS}
            assert (await stranger.post(door, data=form)).status_code == 403
    assert said() == ["refused: forbidden (1 since the start)"]


def test_after_a_minute_it_is_said_again_with_all_that_came(said: Said) -> None:
    now = [0.0]
    seen = Attempts(lambda: now[0])
    for _ in range(100):
        seen.count("messages")
    seen.count("returns")
    now[0] = EVERY
    seen.count("messages")
    assert said() == [
        "refused: messages (1 since the start)",
        "refused: returns (1 since the start)",
        "refused: messages (101 since the start)",
    ]


def test_nothing_but_words_of_ours_is_a_kind() -> None:
    for metric in figures.ATTEMPTS.collect():
        for sample in metric.samples:
            assert re.fullmatch(r"[a-z -]{1,20}", sample.labels["kind"])


def _counted(kind: str) -> float:
    return float(figures.ATTEMPTS.labels(kind)._value.get())
