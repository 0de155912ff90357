"""The public pages over HTTP: what they find, show and ask; they keep nothing."""

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels.parts import Parts
from channels.settings import Settings
from channels.web.cookies import CHAT as COOKIE
from knowledge.assessment.model import CRIME_TYPES
from knowledge.clock import LONDON
from knowledge.directory import Service, load
from knowledge.directory.reach import has_confirmed_phone
from tests.channels.builders import a_browser
from tests.knowledge.directory.builders import a_service

SERVICES = load().services
SHOWN = [one for one in SERVICES if one.role not in ("never", "emergency")]
PAGES = [
    "/help",
    "/help?q=counselling&place=Stevenage",
    "/help?place=SG8",
    "/help/services/herts-beacon",
    "/help/services/nowhere",
    "/help/crimes/burglary",
    "/help/crimes/nothing",
    "/help/pledge",
]
FITS = {
    "q=somewhere+for+my+daughter&place=Ely": "Childline",
    "q=counselling+in+Stevenage": "Beacon Victim Care",
    "who=man&crime=domestic_abuse": "Men&#39;s Advice Line",
    "who=deaf&crime=domestic_abuse": "SignHealth",
    "q=burgled&place=Cambridge": "Cambridgeshire Victim and Witness Hub",
    "q=samaritans": "Samaritans",
    "crime=hate_crime&who=lgbt": "Galop",
}
ADDRESS = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """On a working day, when offices are open: what is found must not depend on today."""
    return settings.model_copy(update={"clock": datetime(2026, 11, 24, 10, 40, tzinfo=LONDON)})


async def test_every_page_has_999_the_exit_and_a_neutral_title(
    browser: httpx.AsyncClient,
) -> None:
    for path in PAGES:
        page = (await browser.get(path)).text
        assert 'href="tel:999"' in page, path
        assert 'href="/leave"' in page, path
        title = re.search(r"<title>(.*)</title>", page)
        assert title is not None, path
        assert re.search("crime|abuse|victim|waymark|police", title[1], re.IGNORECASE) is None


async def test_no_page_sets_a_cookie_or_asks_elsewhere(browser: httpx.AsyncClient) -> None:
    for path in PAGES:
        answer = await browser.get(path)
        assert "set-cookie" not in answer.headers, path
        assert answer.headers["referrer-policy"] == "no-referrer", path
        assert answer.headers["cache-control"] == "no-store", path
        assert re.findall(r'(?:src|href)="(?://|https?:)[^"]*\.(?:js|css|png)', answer.text) == []
        assert re.search(r"<script>|style=|onclick", answer.text) is None, path


async def test_who_chats_is_not_known_on_the_public_pages(app: FastAPI) -> None:
    async with a_browser(app) as client:
        client.cookies.set(COOKIE, "no-such-one.no-such-key")
        page = await client.get("/help?place=Stevenage")
    assert page.status_code == 200
    assert "no-such" not in page.text


async def test_at_most_three_are_shown_each_with_a_reason_and_hours(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/help?need=mental_physical_health&place=Stevenage")).text
    assert _count(page) == 3
    assert page.count("A service for ") == 3
    assert page.count('class="govuk-visually-hidden">Opening hours: ') == 3


async def test_show_more_goes_on_without_losing_the_search(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/help?need=mental_physical_health&place=Stevenage&open=1")).text
    (link,) = re.findall(r'href="([^"]+)#result-4"', page)
    more = (await browser.get(link.replace("&amp;", "&"))).text
    assert _count(more) == 6
    assert _names(more)[:3] == _names(page)
    assert 'value="Stevenage"' in more


async def test_the_same_search_gives_the_same_page(browser: httpx.AsyncClient) -> None:
    first, second = [await browser.get("/help?q=debts&place=Ely") for _ in range(2)]
    assert first.text == second.text


async def test_what_fits_is_among_the_first(browser: httpx.AsyncClient) -> None:
    for search, name in FITS.items():
        names = _names((await browser.get(f"/help?{search}")).text)
        assert any(name in shown for shown in names), (search, names)


async def test_an_address_never_keeps_a_whole_postcode(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/help?q=locks&place=SG1+2AB")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/help?q=locks&place=SG1"


async def test_values_that_mean_nothing_are_left_out(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/help?crime=x&need=y&who=z&language=q&show=-4&more=1&q=%00locks")
    assert answer.status_code == 200
    assert 'value="locks"' in answer.text


async def test_words_are_shown_as_words(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/help?q=%22%3E%3Cscript%3Ealert(1)&place=%3Cb%3E")).text
    assert "<script>alert" not in page
    assert "<b>" not in page


async def test_when_nothing_fits_the_hub_and_the_national_line_are_there(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    kept = [one for one in SERVICES if one.id in ("herts-beacon", "nat-victim-support")]
    _serve(app, *[replace(one, needs=frozenset({"finance_benefits"})) for one in kept])
    page = (await browser.get("/help?need=drugs_alcohol&place=Stevenage")).text
    assert "Nothing fits all of that" in page
    assert "0808 168 9111" in page
    assert "Beacon" in page


async def test_each_service_has_a_page_without_anything_unsure(
    browser: httpx.AsyncClient,
) -> None:
    for service in SHOWN:
        answer = await browser.get(f"/help/services/{service.id}")
        assert answer.status_code == 200, service.id
        assert ADDRESS.search(answer.text) is None, service.id
        assert re.search("unverified|check before", answer.text) is None, service.id
        if not has_confirmed_phone(service) and service.phone:
            assert service.phone not in answer.text


@pytest.mark.parametrize("hub", ["herts-beacon", "cambs-hub"])
async def test_a_hub_without_a_sure_number_has_its_web_site_and_the_national_line(
    browser: httpx.AsyncClient, hub: str
) -> None:
    page = (await browser.get(f"/help/services/{hub}")).text
    assert _numbers(page) == {"999", "08081689111"}
    assert "Website" in page


@pytest.mark.parametrize("gone", ["nat-respect", "nat-safeline", "nat-999", "x", "%2e%2e"])
async def test_what_is_closed_or_in_doubt_has_no_page(
    browser: httpx.AsyncClient, gone: str
) -> None:
    answer = await browser.get(f"/help/services/{gone}")
    assert answer.status_code == 404
    assert "/help" in answer.text or "detail" in answer.text


async def test_each_kind_of_crime_has_a_page_with_rights_and_help(
    browser: httpx.AsyncClient,
) -> None:
    for crime in CRIME_TYPES:
        page = (await browser.get(f"/help/crimes/{crime}")).text
        assert "Your rights" in page, crime
        assert re.search(r"Last checked: \d+ \w+ 20\d\d", page), crime
        assert _count(page) == 3, crime
        for place in ("All of England", "Hertfordshire", "Cambridgeshire"):
            assert re.search(f"A service for (people in )?{place}", page, re.I), (crime, place)


async def test_where_the_data_is_from_stands_on_every_page(browser: httpx.AsyncClient) -> None:
    for path in PAGES:
        page = (await browser.get(path)).text
        assert 'href="https://www.geonames.org/"' in page, path
        assert 'href="https://creativecommons.org/licenses/by/4.0/"' in page, path
        assert "Open Government Licence v3.0" in page, path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"assured_on": date(2026, 11, 20)}, "Last checked: 20 November 2026."),
        ({"verified": "2022-01"}, "What we know of it is from 2022."),
        ({"verified": "2017 (text), 2025 (chat)"}, "What we know of it is from 2025."),
        ({"verified": "unverified"}, "We have not checked all of this ourselves."),
    ],
)
async def test_a_service_says_how_old_its_details_are(
    app: FastAPI, browser: httpx.AsyncClient, change: dict[str, Any], said: str
) -> None:
    _serve(app, replace(a_service(id="one"), **change))
    assert said in (await browser.get("/help/services/one")).text


async def test_a_service_is_seen_as_soon_as_it_is_changed(
    app: FastAPI, browser: httpx.AsyncClient
) -> None:
    _serve(app, a_service(id="new", name="Brand new"))
    assert "Brand new" in (await browser.get("/help/services/new")).text
    assert (await browser.get("/help/services/herts-beacon")).status_code == 404


async def test_the_week_stands_in_words(app: FastAPI, browser: httpx.AsyncClient) -> None:
    hours = next(one for one in SERVICES if one.id == "nat-cica").hours
    _serve(app, a_service(id="week", hours=replace(hours, confirmed=True)))
    page = (await browser.get("/help/services/week")).text
    assert "<dt>Monday to Tuesday</dt><dd>8:30 am to 5 pm</dd>" in page
    assert "<dt>Wednesday</dt><dd>10 am to 5 pm</dd>" in page
    assert "<dt>Saturday to Sunday</dt><dd>Closed</dd>" in page


def _serve(app: FastAPI, *services: Service) -> None:
    parts: Parts = app.state.parts
    app.state.parts = replace(parts, help=replace(parts.help, services=lambda: services))


def _count(page: str) -> int:
    return page.count('id="result-')


def _names(page: str) -> list[str]:
    return re.findall(r'class="service-name"><a[^>]*>([^<]+)<', page)


def _numbers(page: str) -> set[str]:
    return set(re.findall(r'href="(?:tel|sms):(\d+)"', page))
