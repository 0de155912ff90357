"""Coming back with five words: by the API, and by the page without a script."""

import asyncio
import re
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels.floods import RETURNS, Floods
from channels.parts import Parts
from channels.web.cookies import CHAT as COOKIE
from knowledge.retention.model import Kind, rules
from tests.channels.builders import Listener, Person, a_browser, an_incoming

WRONG = "garden pelican teapot meadow violin"


async def test_the_words_open_the_thread_and_the_record_again(
    app: FastAPI, person: Person
) -> None:
    await person.says("my bike was stolen")
    phrase = await _phrase(person)
    async with a_browser(app) as elsewhere:
        back = await _returns(elsewhere, phrase.upper().replace(" ", "-"))
        assert (back.status_code, set(back.json())) == (200, {"conversation", "token"})
        again = Person(elsewhere, **back.json())
        texts = [one["text"] for one in (await again.reads())["messages"]]
        assert "my bike was stolen" in texts
        assert await again.says("me again") == ["answer to me again"]
    assert (await person.sends(text="from the old phone")).status_code == 401


async def test_wrong_words_get_a_kind_refusal_with_999(browser: httpx.AsyncClient) -> None:
    for typed in (WRONG, "", "one two", "x" * 200):
        refused = await _returns(browser, typed)
        assert refused.status_code == 404
        assert "999" in refused.json()["emergency"]
        assert typed not in refused.text or not typed


async def test_words_are_made_for_the_holder_of_the_key_alone(person: Person) -> None:
    answer = await person.client.post(f"{person.home}/phrase")
    assert answer.status_code == 401


async def test_deleting_ends_the_words(person: Person) -> None:
    phrase = await _phrase(person)
    await person.client.delete(person.home, headers=person.key)
    assert (await _returns(person.client, phrase)).status_code == 404


async def test_guessing_is_stopped_and_danger_is_still_heard(app: FastAPI, parts: Parts) -> None:
    app.state.parts = replace(parts, floods=Floods())
    async with a_browser(app) as guesser:
        for _ in range(RETURNS.amount):
            assert (await _returns(guesser, WRONG)).status_code == 404
        flooded = await _returns(guesser, WRONG)
        assert flooded.status_code == 429
        assert "999" in flooded.json()["emergency"]
        page = await guesser.post("/come-back", data={"phrase": WRONG})
        assert page.status_code == 429
        assert "call 999" in page.text
        person = await Person.arrives(guesser)
        await person.says("DANGER he is here")
        assert (await person.reads())["holder"] == "waiting"


async def test_on_the_page_the_words_are_shown_once_and_stand_in_no_thread(
    app: FastAPI, browser: httpx.AsyncClient, parts: Parts
) -> None:
    await _says(browser, "my bike was stolen")
    page = await browser.post("/come-back/words")
    phrase = _shown(page.text)
    assert len(phrase.split()) == 5
    assert page.headers["cache-control"] == "no-store"
    for path in ("/", "/come-back", "/notes"):
        assert " ".join(phrase.split()[:2]) not in (await browser.get(path)).text


async def test_the_page_says_how_long_a_chat_is_kept_by_the_rules(
    browser: httpx.AsyncClient,
) -> None:
    await _says(browser, "my bike was stolen")
    for page in (await browser.get("/come-back"), await browser.post("/come-back/words")):
        for kind in (Kind.ABANDONED, Kind.SIGNPOSTING):
            assert rules()[kind].said in page.text


async def test_the_page_opens_the_chat_on_another_phone(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    await _says(browser, "my bike was stolen")
    phrase = _shown((await browser.post("/come-back/words")).text)
    async with a_browser(app) as phone:
        assert "Give me my words" not in (await phone.get("/come-back")).text
        answer = await phone.post("/come-back", data={"phrase": phrase.title()})
        assert (answer.status_code, answer.headers["location"]) == (303, "/#latest")
        assert "my bike was stolen" in (await phone.get("/")).text


async def test_in_a_frame_the_key_is_that_of_the_site_around_it(
    app: FastAPI, person: Person
) -> None:
    await person.says("my bike was stolen")
    phrase = await _phrase(person)
    async with a_browser(app) as phone:
        page = await phone.get("/come-back", headers={"Sec-Fetch-Dest": "iframe"})
        assert 'name="framed" value="1"' in page.text
        answer = await phone.post("/come-back", data={"phrase": phrase, "framed": "1"})
        assert "Partitioned" in answer.headers["set-cookie"]


async def test_wrong_words_on_the_page_can_be_mended(browser: httpx.AsyncClient) -> None:
    page = await browser.post("/come-back", data={"phrase": f"{WRONG} <b>"})
    assert page.status_code == 404
    assert "call 999" in page.text
    assert f'value="{WRONG} &lt;b&gt;"' in page.text
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("path", ["/come-back", "/come-back/words"])
async def test_another_site_cannot_use_the_page(browser: httpx.AsyncClient, path: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await browser.post(path, data={}, headers=headers)).status_code == 403


async def test_without_a_chat_there_are_no_words(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/come-back/words")
    assert (answer.status_code, answer.headers["location"]) == (303, "/come-back")


@pytest.mark.parametrize("ends", ["coming back", "leaving"])
async def test_what_listened_with_the_key_before_hears_no_more(
    app: FastAPI, person: Person, ends: str
) -> None:
    phrase = await _phrase(person)
    async with Listener(app, f"{person.home}/events", person.key) as stream, a_browser(app) as new:
        for _ in range(2):
            await stream.event()  # the greeting, and who answers
        if ends == "leaving":
            await _leaves(app, person)
        back = Person(new, **(await _returns(new, phrase)).json())
        async with asyncio.timeout(1):  # by itself, with nothing new to hear
            assert await stream.end()
        await back.says("I am in Ware now")
        assert "Ware" not in stream.rest()


@pytest.mark.parametrize("path", ["events?after=1", "messages?after=1&wait=5"])
async def test_nothing_of_the_next_key_slips_through_in_the_middle_of_a_look(
    app: FastAPI, person: Person, parts: Parts, path: str
) -> None:
    phrase = await _phrase(person)
    look, patch = parts.knowledge.conversations.thread, pytest.MonkeyPatch()

    async def comes_back_first(conversation: str, **kept: Any) -> Any:
        patch.undo()
        await parts.returning.come_back(phrase)
        await parts.reception.receive(an_incoming(conversation, "I am in Ware now"))
        return await look(conversation, **kept)

    patch.setattr(parts.knowledge.conversations, "thread", comes_back_first)
    async with Listener(app, f"{person.home}/{path}", person.key) as listened:
        assert await listened.end()
        assert "Ware" not in listened.rest()


async def _leaves(app: FastAPI, person: Person) -> None:
    async with a_browser(app) as browser:
        token = person.key["Authorization"].removeprefix("Bearer ")
        browser.cookies.set(COOKIE, f"{person.conversation}.{token}")
        assert (await browser.post("/left", json={})).status_code == 204


async def _says(browser: httpx.AsyncClient, text: str) -> None:
    form = {"id": "0b1f7a52-8a33-4a0e-9d0c-111111111111", "text": text}
    assert (await browser.post("/say", data=form)).status_code == 303


async def _phrase(person: Person) -> str:
    answer = await person.client.post(f"{person.home}/phrase", headers=person.key)
    assert answer.status_code == 201
    return str(answer.json()["phrase"])


async def _returns(client: httpx.AsyncClient, phrase: str) -> httpx.Response:
    return await client.post("/api/conversations/return", json={"phrase": phrase})


def _shown(page: str) -> str:
    found = re.search(r'id="phrase">([a-z ]+)<', page)
    assert found
    return found[1]
