"""Coming back with five words: by the API, and by the page without a script."""

import re
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from channels.floods import RETURNS, Floods
from channels.parts import Parts
from channels.web.keys import COOKIE
from knowledge.retention.model import Kind, rules
from tests.channels.builders import Person, a_browser

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
