"""What somebody looks for under /help can be read in no address that they leave behind."""

import re
from datetime import timedelta
from urllib.parse import unquote_plus

import httpx
import pytest
from fastapi import FastAPI

from channels.parts import Parts
from channels.web.help_address import GOOD_FOR, opened, sealed
from channels.web.help_search import Search
from knowledge.sealing.columns import ring_in_use, use
from knowledge.sealing.ring import Key, Ring
from tests.channels.builders import a_browser
from tests.fakes import HandClock

WORDS = "my husband hits me"
LOOKED_FOR = {"q": WORDS, "place": "SG8 5AB", "crime": "domestic_abuse", "who": ["woman", "deaf"]}
TELLING = re.compile("husband|hits|sg8|5ab|domestic|abuse|woman|deaf|royston", re.IGNORECASE)


async def test_the_words_and_the_place_stand_on_the_page_and_in_no_address(
    browser: httpx.AsyncClient,
) -> None:
    looked, page = await _looks(browser)
    assert not TELLING.search(unquote_plus(looked))
    assert f'value="{WORDS}"' in page.text
    assert 'value="SG8"' in page.text  # no house
    assert page.text.count("checked") == 2
    assert page.text.count('id="result-') == 3
    here = re.findall(r'(?:href|action|name="back" value)="(/(?:help)?\?[^"]*)"', page.text)
    assert len(here) >= 2
    assert not [one for one in here if TELLING.search(unquote_plus(one))]


async def test_a_town_and_more_can_be_chosen_and_are_as_secret(
    browser: httpx.AsyncClient,
) -> None:
    _, page = await _looks(browser)
    (town,) = re.findall(r'href="([^"]+)">Royston<', page.text)
    (more,) = re.findall(r'href="([^"]+)#result-4"', page.text)
    assert not TELLING.search(town + more)
    assert (await browser.get(more)).text.count('id="result-') > 3
    chosen = (await browser.get(town)).text
    assert 'value="Royston"' in chosen
    assert f'value="{WORDS}"' in chosen


async def test_a_kind_of_crime_and_a_place_lead_to_no_telling_address_either(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/help/crimes/stalking")).text
    assert '<form class="search near" method="post" action="/help"' in page
    answer = await browser.post("/help", data={"crime": "stalking", "place": "Ely"})
    assert answer.headers["location"].startswith("/help?s=")
    assert "stalking" not in answer.headers["location"]


async def test_a_reload_shows_the_same_until_half_an_hour_is_over(
    browser: httpx.AsyncClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = HandClock()
    monkeypatch.setattr("channels.web.help_pages._now", lambda _parts: clock())
    looked, page = await _looks(browser)
    clock.move(minutes=29)
    assert (await browser.get(looked)).status_code == page.status_code == 200
    clock.move(minutes=2)
    late = await browser.get(looked)
    assert (late.status_code, late.headers["location"]) == (303, "/help")


async def test_a_house_is_left_out_without_a_word_in_the_clear(
    browser: httpx.AsyncClient, parts: Parts
) -> None:
    made = sealed(Search(q=WORDS, place="SG8 5AB"), parts.knowledge.clock())
    answer = await browser.get(made)
    assert answer.headers["location"].startswith("/help?s=")
    assert 'value="SG8"' in (await browser.get(answer.headers["location"])).text


async def test_another_language_shows_the_same_search(browser: httpx.AsyncClient) -> None:
    looked, _ = await _looks(browser)
    answer = await browser.post("/language", data={"lang": "en", "back": looked})
    assert answer.headers["location"] == looked


async def test_any_process_opens_it_while_keys_change(
    browser: httpx.AsyncClient, app: FastAPI
) -> None:
    looked, _ = await _looks(browser)
    use(Ring([Key.new("t2"), *ring_in_use().keys]))
    async with a_browser(app) as another:
        assert WORDS in (await another.get(looked)).text
    use(Ring([Key.new("t3")]))
    assert (await browser.get(looked)).status_code == 303


@pytest.mark.parametrize("token", ["", "x", "é", "gAAAAA", "gAAAAABn" + "A" * 200, "A" * 4000])
async def test_what_was_not_made_here_opens_nothing(
    browser: httpx.AsyncClient, token: str
) -> None:
    answer = await browser.get("/help", params={"s": token})
    assert (answer.status_code, answer.headers["location"]) == (303, "/help")


async def test_a_changed_one_opens_nothing(browser: httpx.AsyncClient) -> None:
    looked, _ = await _looks(browser)
    at = len(looked) // 2
    changed = looked[:at] + ("A" if looked[at] != "A" else "B") + looked[at + 1 :]
    assert (await browser.get(changed)).status_code == 303


async def test_who_looks_for_nothing_sees_all_kinds(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/help", data={"q": " ", "crime": "no such one"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/help")


async def test_another_site_may_lead_here_by_a_plain_address(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/help?crime=stalking&place=SG8")
    assert page.status_code == 200
    assert "Stalking" in page.text


def test_the_same_search_has_another_address_each_time() -> None:
    now = HandClock()()
    made = [sealed(Search(q=WORDS), now) for _ in range(2)]
    assert made[0] != made[1]
    for one in made:
        token = one.partition("=")[2]
        found = opened(token, now + GOOD_FOR - timedelta(seconds=1))
        assert found is not None
        assert found["q"] == WORDS
        assert opened(token, now + GOOD_FOR + timedelta(seconds=1)) is None


async def _looks(browser: httpx.AsyncClient) -> tuple[str, httpx.Response]:
    """Look for something by the form; where it leads, and the page there."""
    answer = await browser.post("/help", data=LOOKED_FOR)
    assert answer.status_code == 303
    looked = answer.headers["location"]
    return looked, await browser.get(looked)
