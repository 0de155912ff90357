"""The search of the public pages: what its words and choices mean, and whom it leaves out."""

import re
from datetime import datetime
from typing import Any

import httpx
import pytest

from channels.settings import Settings
from knowledge.clock import LONDON
from knowledge.directory import load

SERVICES = load().services
# What people type into the box -> who is among the first three for somebody in Stevenage.
BOX = {
    "someone to talk to": "Hertfordshire mental health",
    "a broken lock": "Stevenage council: housing",
    "money": "National Debtline",
    "where can I get help with the damaged door": "Stevenage council: housing",
    "is there anyone for men": "Men&#39;s Advice Line",
    "somewhere my daughter can talk": "Childline",
    "I don't want the police to know": "Beacon Victim Care",
    "court": "Witness Service",
    "scared": "Hertfordshire mental health",
    "my landlord": "Shelter",
    "compensation": "Criminal injuries compensation",
    "restorative justice": "Restorative justice",
    "counselling": "Hertfordshire mental health",
    "housing": "Shelter",
    "debts": "National Debtline",
    "lonely": "Community Help Hertfordshire",
}
UNSURE = "We are not sure what your words mean"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """On a working day, when offices are open: what is found must not depend on today."""
    return settings.model_copy(update={"clock": datetime(2026, 11, 24, 10, 40, tzinfo=LONDON)})


@pytest.mark.parametrize("words", BOX)
async def test_the_few_words_of_a_search_box_are_understood(
    browser: httpx.AsyncClient, words: str
) -> None:
    page = (await browser.get("/help", params={"q": words, "place": "Stevenage"})).text
    assert UNSURE not in page
    assert any(BOX[words] in name for name in _names(page)), _names(page)


async def test_words_that_mean_nothing_to_us_are_not_called_a_fit(
    browser: httpx.AsyncClient,
) -> None:
    for words, unsure in {"xyzzy": True, "help": False, "burgled": False, "": False}.items():
        page = (await browser.get(f"/help?q={words}&place=Ware")).text
        assert (UNSURE in page) is unsure, words


@pytest.mark.parametrize(
    ("words", "choice"),
    [
        ("help but don't tell the police", "nopolice"),
        ("help by text only, he listens to my calls", "nophone"),
        ("help that must not show on my phone bill", "nobill"),
        ("help that is open tonight", "open"),
    ],
)
async def test_how_it_must_be_is_read_from_the_words(
    browser: httpx.AsyncClient, words: str, choice: str
) -> None:
    asked: dict[str, Any] = {"crime": "domestic_abuse", "place": "Watford", "show": 30}
    plain, chosen, said = [
        (await browser.get("/help", params=asked | more)).text
        for more in ({"q": "help"}, {"q": words, choice: "1"}, {"q": words})
    ]
    assert (_names(said), _numbers(said)) == (_names(chosen), _numbers(chosen))
    assert (_names(said), _numbers(said)) != (_names(plain), _numbers(plain))


async def test_age_and_faith_choose_who_is_offered(browser: httpx.AsyncClient) -> None:
    old, young = [
        _names((await browser.get(f"/help?crime=assault&age={age}&show=30")).text)
        for age in (70, 12)
    ]
    assert any("Childline" in name for name in young)
    assert not any("Childline" in name for name in old)
    faith = _names((await browser.get("/help?crime=hate_crime&who=muslim&show=30")).text)
    assert any("Tell MAMA" in name for name in faith)


async def test_no_number_that_shows_on_the_bill(browser: httpx.AsyncClient) -> None:
    asked = "/help?crime=domestic_abuse&place=Stevenage&show=30"
    any_number, hidden = [
        _numbers((await browser.get(asked + more)).text) - {"999"} for more in ("", "&nobill=1")
    ]
    assert hidden < any_number
    sure = {re.sub(r"\D", "", one.phone) for one in SERVICES if one.bill == "hidden"}
    assert hidden <= sure


async def test_without_a_phone_no_number_is_offered(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/help?crime=stalking&nophone=1&show=30")).text
    assert _count(page) > 1
    assert _numbers(page) == {"999"}


async def test_without_the_police_no_service_of_the_police_is_offered(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/help?crime=burglary&place=Watford&nopolice=1&show=30")).text
    assert "Constabulary" not in "".join(_names(page))


async def test_a_border_code_asks_for_the_town_and_guesses_nothing(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/help?q=counselling&place=SG8&show=30")).text
    assert "is in more than one area" in page
    assert '<a href="/help?q=counselling&amp;place=Royston&amp;show=30">Royston</a>' in page
    assert "Hertfordshire that helps" not in page
    assert "Cambridgeshire and Peterborough that helps" not in page


@pytest.mark.parametrize(
    ("place", "said"),
    [("London", "outside Hertfordshire"), ("xyzzy", "We don&#39;t know the place")],
)
async def test_a_place_that_we_do_not_serve_is_said_so(
    browser: httpx.AsyncClient, place: str, said: str
) -> None:
    page = (await browser.get(f"/help?place={place}")).text
    assert said.replace("&#39;", "'") in page.replace("&#39;", "'")
    assert "Victim Support" in page


def _count(page: str) -> int:
    return page.count('id="result-')


def _names(page: str) -> list[str]:
    return re.findall(r'class="service-name"><a[^>]*>([^<]+)<', page)


def _numbers(page: str) -> set[str]:
    return set(re.findall(r'href="(?:tel|sms):(\d+)"', page))
