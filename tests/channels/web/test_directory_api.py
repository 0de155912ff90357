"""The directory as open data: to the standard, in pages, open, and never an address."""

import re
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from jsonschema import Draft202012Validator

from channels.floods import DIRECTORY, Floods
from channels.parts import Parts
from knowledge.directory import load
from tests.channels.builders import a_browser

from .hsds import problems

HOME = "/api/directory"
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")
LISTS = {
    "services": "service",
    "services?full=true": "service",
    "services?minimal=true": "minimal",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.fixture
async def reader(app: FastAPI) -> httpx.AsyncClient:
    """Anybody, on the directory as it starts."""
    parts: Parts = app.state.parts
    await parts.knowledge.directory.seed()
    return a_browser(app)


async def got(reader: httpx.AsyncClient, path: str, **query: Any) -> Any:
    answer = await reader.get(f"{HOME}/{path}", params=query or None)
    assert answer.status_code == 200
    return answer.json()


async def every(reader: httpx.AsyncClient, path: str) -> list[Any]:
    """All pages of a list, each checked as the standard's wrapper."""
    items: list[Any] = []
    for number in range(1, 50):
        mark = "&" if "?" in path else "?"
        page = await got(reader, f"{path}{mark}page={number}&per_page=60")
        assert problems("page", page) == []
        assert page["size"] == len(page["contents"])
        assert page["first_page"] is (number == 1)
        items += page["contents"]
        if page["last_page"]:
            assert (page["total_items"], page["total_pages"]) in (
                (len(items), number),
                (len(items), 1),
            )
            return items
    raise AssertionError("no last page")


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
async def test_every_object_of_every_list_is_as_the_standard_says(
    reader: httpx.AsyncClient, path: str, kind: str
) -> None:
    items = await every(reader, path)

    assert items
    assert [found for item in items for found in problems(kind, item)] == []
    assert len({item["id"] for item in items}) == len(items)


async def test_one_by_one_every_service_has_all_its_lists(reader: httpx.AsyncClient) -> None:
    for one in await every(reader, "services?minimal=true"):
        service = await got(reader, f"services/{one['id']}")
        assert problems("service", service) + problems("full_service", service) == []
        assert service["attributes"]
        assert service["service_areas"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ],
)
async def test_one_of_each_list_can_be_read_alone(
    reader: httpx.AsyncClient, path: str, kind: str
) -> None:
    first = (await got(reader, path, per_page=1))["contents"][0]
    alone = await got(reader, f"{path}/{first['id']}")

    assert problems(kind, alone) == []
    assert alone["id"] == first["id"]


async def test_the_feed_says_what_it_is(reader: httpx.AsyncClient) -> None:
    about = await got(reader, "")

    assert problems("about", about) == []
    assert about["version"] == "HSDS-UK-3.0"
    assert "GeoNames, CC BY 4.0" in about["attributions"]
    assert "Open Government Licence" in about["attributions"]


async def test_no_address_is_ever_given_out(reader: httpx.AsyncClient) -> None:
    said = (await reader.get(f"{HOME}/services", params={"full": True, "per_page": 500})).text

    assert not POSTCODE.search(said)
    assert '"addresses"' not in said
    assert '"email":""' not in said


async def test_a_number_that_is_not_confirmed_is_not_given_out(
    reader: httpx.AsyncClient,
) -> None:
    known = {one.id: one for one in load().services}
    for item in await every(reader, "services?full=true"):
        service = known[item["waymark"]["id"]]
        if not service.is_confirmed:
            assert item["phones"] == []
            assert "alert" in item


@pytest.mark.parametrize("path", ["", "services", "services/nobody", "services?page=0"])
async def test_any_page_may_read_it_and_no_cookie_is_set(
    reader: httpx.AsyncClient, path: str
) -> None:
    answer = await reader.get(f"{HOME}/{path}")

    assert answer.headers["access-control-allow-origin"] == "*"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("services/nobody", 404),
        ("taxonomies/nothing", 404),
        ("services?page=0", 422),
        ("services?per_page=100000", 422),
        ("services?day=Monday", 422),
        ("services?postcode=SG8%205AA", 422),
    ],
)
async def test_what_cannot_be_answered_is_a_problem_document(
    reader: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await reader.get(f"{HOME}/{path}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_has_it_already_is_told_so(reader: httpx.AsyncClient) -> None:
    first = await reader.get(f"{HOME}/services")
    again = await reader.get(f"{HOME}/services", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in again.headers["cache-control"]


async def names(reader: httpx.AsyncClient, **query: Any) -> set[str]:
    page = await got(reader, "services", per_page=500, full=True, **query)
    return {one["waymark"]["id"] for one in page["contents"]}


async def test_filters_leave_what_was_asked_for(reader: httpx.AsyncClient) -> None:
    money = await names(reader, taxonomy_term_id="needs/finance_benefits")
    known = {one.id for one in load().services if "finance_benefits" in one.needs}

    assert money == known
    assert await names(reader, search="samaritans") == {"nat-samaritans"}
    assert "nat-childline" in await names(reader, maximum_age=18)
    assert "nat-victim-support" not in await names(reader, maximum_age=18)
    assert "cambs-hub" not in await names(reader, postcode="SG1 1AA")
    assert "herts-beacon" in await names(reader, postcode="SG1 1AA")
    assert "nat-report-fraud" in await names(reader, day="MO", start_time="08:00")


async def test_changes_since_a_moment(reader: httpx.AsyncClient, parts: Parts) -> None:
    moment = parts.knowledge.clock()
    assert await names(reader, modified_after=moment.isoformat()) == set()

    await parts.knowledge.editing.correct("nat-shout", {"name": "Shout!"}, "Anna")

    assert await names(reader, modified_after=moment.isoformat()) == {"nat-shout"}


async def test_a_page_behind_the_last_is_empty(reader: httpx.AsyncClient) -> None:
    page = await got(reader, "services", page=99)

    assert (page["empty"], page["last_page"], page["total_items"]) == (True, True, 152)


async def test_the_description_of_the_api_names_it(reader: httpx.AsyncClient) -> None:
    paths = (await reader.get("/openapi.json")).json()["paths"]
    names = {one["name"] for one in paths[f"{HOME}/services"]["get"]["parameters"]}

    assert {"page", "per_page", "search", "taxonomy_term_id", "modified_after"} <= names
    assert {"minimal", "full", "postcode", "minimum_age", "day"} <= names


@pytest.mark.parametrize("path", [one for one in LISTS if "=" not in one])
async def test_what_the_description_promises_is_what_comes(
    reader: httpx.AsyncClient, path: str
) -> None:
    described = (await reader.get("/openapi.json")).json()
    promised = {at: _described(described, f"{HOME}/{path}{at}") for at in ("", "/{id}")}
    page = await got(reader, path, per_page=500)

    assert [one.message for one in promised[""].iter_errors(page)] == []
    for item in page["contents"][::9]:
        alone = await got(reader, f"{path}/{item['id']}")
        assert [one.message for one in promised["/{id}"].iter_errors(alone)] == []


def _described(described: Any, path: str) -> Draft202012Validator:
    """The schema of a door's answer, in which nothing that is not described may stand."""
    answer = described["paths"][path]["get"]["responses"]["200"]
    kinds = described["components"]["schemas"].items()
    closed = {name: kind | {"additionalProperties": False} for name, kind in kinds}
    schema = answer["content"]["application/json"]["schema"]
    return Draft202012Validator(schema | {"components": {"schemas": closed}})


async def test_a_page_elsewhere_may_ask_with_headers_of_its_own(
    reader: httpx.AsyncClient,
) -> None:
    asks = {"Origin": "https://council.example", "Access-Control-Request-Method": "GET"}
    may = await reader.options(f"{HOME}/services", headers=asks)
    got = await reader.get(f"{HOME}/services", headers=asks)

    assert (may.status_code, may.headers["access-control-allow-origin"]) == (204, "*")
    assert "If-None-Match" in may.headers["access-control-allow-headers"]
    assert "ETag" in got.headers["access-control-expose-headers"]


async def test_a_flood_is_held_back(wired: FastAPI) -> None:
    wired.state.parts = replace(wired.state.parts, floods=Floods())  # they are off here
    async with a_browser(wired) as client:
        answers = [
            (await client.get(f"{HOME}/taxonomies?per_page=1")).status_code
            for _ in range(DIRECTORY.amount + 1)
        ]
    assert set(answers[:-1]) == {200}
    assert answers[-1] == 429
