"""Thousands of hostile and malformed inputs by every door: no 5xx, no leak, nothing slow.

Telegram's door is in telegram/test_hostile_updates.py.
"""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st
from markupsafe import escape

from channels.settings import Settings
from tests.channels.builders import Person
from tests.channels.hostile import (
    HALF_A_SIGN,
    MANY,
    NASTY,
    Doors,
    forms,
    fuzz,
    open_doors,
    things,
    words,
)

FORMS = ["/say", "/come-back", "/delete", "/left", "/console/sign-in", "/console/unlock"]
DEEDS = ["messages", "notes", "hold", "take", "close", "transfer", "facts", "marks", "read"]


@pytest.fixture
def doors(settings: Settings) -> Iterator[Doors]:
    with open_doors(settings) as opened:
        yield opened


@pytest.mark.parametrize("door", ["messages", "return", "sessions", "typing", "read"])
def test_json_of_any_shape(doors: Doors, door: str) -> None:
    path = {
        "return": "/api/conversations/return",
        "sessions": "/api/console/sessions",
    }.get(door, f"{doors.person.home}/{door}")

    @seed(1)
    @fuzz
    @given(things)
    def send(body: Any) -> None:
        raw = json.dumps(body).encode("utf-8", "surrogatepass")
        headers = {**doors.person.key, "Content-Type": "application/json"}
        doors.ask("POST", path, content=raw, headers=headers)

    send()
    assert doors.asked >= MANY


def test_bytes_that_are_nothing(doors: Doors) -> None:
    @seed(2)
    @fuzz
    @given(st.binary(max_size=2000), st.sampled_from(["application/json", "text/plain", "x"]))
    def send(raw: bytes, kind: str) -> None:
        headers = {**doors.person.key, "Content-Type": kind}
        doors.ask("POST", f"{doors.person.home}/messages", content=raw, headers=headers)

    send()
    assert doors.asked >= MANY


def test_forms_of_any_shape(doors: Doors) -> None:
    @seed(3)
    @fuzz
    @given(st.sampled_from(FORMS), forms)
    def send(path: str, form: dict[str, str]) -> None:
        doors.ask("POST", path, data=form)

    send()
    assert doors.asked >= MANY


def test_the_desk(doors: Doors) -> None:
    @seed(4)
    @fuzz
    @given(st.sampled_from(DEEDS), things)
    def send(deed: str, body: Any) -> None:
        path = f"/api/console/conversations/{doors.person.conversation}/{deed}"
        raw = json.dumps(body).encode("utf-8", "surrogatepass")
        doors.ask("POST", path, content=raw, headers={"Content-Type": "application/json"})

    send()
    assert doors.asked >= MANY


def test_what_is_looked_for(doors: Doors) -> None:
    @seed(5)
    @fuzz
    @given(
        st.sampled_from(["/help", "/", "/api/directory/services", "/api/directory/taxonomies"]),
        st.dictionaries(
            st.one_of(st.sampled_from(["q", "place", "page", "per_page", "need", "lang"]), words),
            words,
            max_size=4,
        ),
    )
    def send(path: str, query: dict[str, str]) -> None:
        doors.ask("GET", path, params=query)

    send()
    assert doors.asked >= MANY


@pytest.mark.parametrize("text", NASTY)
def test_text_is_text(doors: Doors, text: str) -> None:
    """What is taken is shown as it is, to the person and at the desk, and changes nothing else."""
    person = doors.run(Person.arrives(doors.client))  # another one than the desk has taken
    body = json.dumps({"id": str(uuid4()), "text": text}).encode("utf-8", "surrogatepass")
    headers = {**person.key, "Content-Type": "application/json"}
    answer = doors.ask("POST", f"{person.home}/messages", content=body, headers=headers)
    if text == HALF_A_SIGN:
        assert answer.status_code in (400, 422)
        return
    assert answer.status_code == 202
    shown = text.replace("\0", "")  # which no database keeps
    sequence = answer.json()["sequence"]
    assert doors.run(person.hears(after=sequence - 1))[0] == shown
    assert doors.run(person.hears(after=sequence)) == [f"answer to {shown}"]
    page = doors.ask("GET", f"/console/conversations/{person.conversation}").text
    assert "<script>alert(1)" not in page
    for one in (shown, f"answer to {shown}"):
        assert f'<p class="words">{escape(one)}</p>' in page
    queue = doors.ask("GET", "/api/console/queue").json()["queue"]
    assert person.conversation not in {one["conversation"] for one in queue}
