"""The editors' pages: add, correct, take out, vouch; what was written is never lost."""

import csv
import html
import io
import re
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from channels.console import directory_pages
from channels.parts import Parts
from knowledge.coordinators.model import RIGHTS, Right, Role
from knowledge.directory.records import Deed
from tests.channels.builders import PASSWORD, Desk, another_desk

HOME = "/console/directory"
NEW = {
    "name": "Made-up Helpers",
    "description": "Helps people.",
    "url": "https://helpers.example",
    "phone": "01632 960000",
    "area": "hertfordshire",
    "crime_types": ["burglary", "criminal_damage"],
    "needs": ["finance_benefits"],
    "confidence": "medium",
    "role": "support",
}
DOORS = [
    ("GET", HOME),
    ("GET", f"{HOME}/new"),
    ("POST", f"{HOME}/new"),
    ("GET", f"{HOME}/services.csv"),
    ("GET", f"{HOME}/nat-shout"),
    ("POST", f"{HOME}/nat-shout"),
    ("POST", f"{HOME}/nat-shout/assure"),
    ("POST", f"{HOME}/nat-shout/retire"),
    ("POST", f"{HOME}/nat-shout/restore"),
    ("POST", f"{HOME}/nat-shout/letter"),
    ("POST", f"{HOME}/answers/1/accept"),
]


@pytest.fixture
async def editor(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Edith, who edits the directory and sees no conversation."""
    parts: Parts = app.state.parts
    await parts.knowledge.directory.seed()
    async with another_desk(app, "Edith", Role.EDITOR) as desk:
        yield desk.client


async def seen_of(editor: httpx.AsyncClient, id_: str) -> dict[str, str]:
    """What the form of an entry carries along."""
    page = (await editor.get(f"{HOME}/{id_}")).text
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    return {"seen": html.unescape(found[1])}


def test_every_door_stands_in_the_table() -> None:
    assert len(directory_pages.router.routes) == len(DOORS)


@pytest.mark.parametrize(("method", "path"), DOORS)
async def test_a_coordinator_who_is_no_editor_finds_nothing(
    app: FastAPI, method: str, path: str
) -> None:
    async with another_desk(app, "Ben", Role.COORDINATOR) as desk:
        answer = await desk.client.request(method, path)
    assert answer.status_code == 404


@pytest.mark.parametrize(("method", "path"), [door for door in DOORS if door[0] == "POST"])
async def test_another_site_can_do_nothing(
    editor: httpx.AsyncClient, method: str, path: str
) -> None:
    editor.headers["Sec-Fetch-Site"] = "cross-site"
    assert (await editor.request(method, path)).status_code == 403


async def test_who_is_not_signed_in_is_asked_to(browser: httpx.AsyncClient, app: FastAPI) -> None:
    answer = await browser.get(HOME)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")


async def test_an_editor_comes_to_the_services_and_sees_no_queue(
    editor: httpx.AsyncClient,
) -> None:
    given = {"email": "edith@waymark.example", "password": PASSWORD}
    signed_in = await editor.post("/console/sign-in", data=given)

    assert signed_in.headers["location"] == HOME
    assert (await editor.get("/console")).headers["location"] == HOME
    assert (await editor.get("/api/console/queue")).status_code == 404
    assert RIGHTS[Right.EDIT_DIRECTORY] == {Role.EDITOR, Role.ADMINISTRATOR}


async def test_the_list_says_what_is_stale_unsure_and_retired(
    editor: httpx.AsyncClient, desk: Desk
) -> None:
    await editor.post(f"{HOME}/nat-shout/retire")
    everything = (await editor.get(HOME)).text
    retired = (await editor.get(HOME, params={"show": "retired"})).text
    found = (await editor.get(HOME, params={"search": "samaritans"})).text

    assert "retired (1)" in everything
    assert "/nat-shout" in retired
    assert "1 found." in found
    assert "/nat-samaritans" in found
    assert re.search(r"unconfirmed \(\d\d\)", everything)
    assert (await desk.client.get(HOME)).status_code == 200  # an administrator may too


async def test_a_hub_without_a_number_stands_among_what_is_unsure(
    editor: httpx.AsyncClient,
) -> None:
    page = (await editor.get(HOME, params={"show": "unconfirmed"})).text
    for hub in ("herts-beacon", "cambs-hub"):
        assert f"{HOME}/{hub}" in page
    assert "a hub without a confirmed number" in (await editor.get(f"{HOME}/cambs-hub")).text

    known = {**NEW, **await seen_of(editor, "cambs-hub"), "phone": "01632 960001"}
    await editor.post(f"{HOME}/cambs-hub", data=known)
    page = (await editor.get(HOME, params={"show": "unconfirmed"})).text
    assert f"{HOME}/cambs-hub" not in page


async def test_all_of_it_can_be_taken_along_as_a_file(editor: httpx.AsyncClient) -> None:
    file = await editor.get(f"{HOME}/services.csv")
    rows = list(csv.DictReader(io.StringIO(file.text)))

    assert file.headers["content-disposition"] == 'attachment; filename="services.csv"'
    assert len(rows) == 152
    assert next(row["name"] for row in rows if row["id"] == "nat-shout") == "Shout"


async def test_a_service_is_added_and_shown_at_once(
    editor: httpx.AsyncClient, parts: Parts
) -> None:
    answer = await editor.post(f"{HOME}/new", data=NEW)

    assert answer.status_code == 303
    service = parts.knowledge.directory.service("made-up-helpers")
    assert service.crime_types == ("burglary", "criminal_damage")
    assert service.source == "entered by Edith"
    assert "Kept." in (await editor.get(answer.headers["location"])).text


async def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(
    editor: httpx.AsyncClient,
) -> None:
    wrong = {**NEW, "phone": "12 <b>", "opening_hours": "whenever"}
    answer = await editor.post(f"{HOME}/new", data=wrong)

    assert answer.status_code == 422
    assert 'value="12 &lt;b&gt;"' in answer.text
    assert 'value="Made-up Helpers"' in answer.text
    assert 'value="criminal_damage" checked' in answer.text
    assert 'id="error-phone"' in answer.text
    assert 'id="error-opening_hours"' in answer.text


async def test_a_correction_stands_in_the_history_with_its_author(
    editor: httpx.AsyncClient, parts: Parts
) -> None:
    form = {**await seen_of(editor, "nat-shout"), "description": "Text any time."}
    kept = parts.knowledge.directory.service("nat-shout")
    answer = await editor.post(f"{HOME}/nat-shout", data=form | many(kept.needs, kept.crime_types))

    assert answer.status_code == 303
    (line, *_) = await parts.knowledge.editing.history("nat-shout")
    assert (line.deed, line.who) == (Deed.CORRECTED, "Edith")
    assert set(line.after) == {"description"}
    assert "<ins>Text any time.</ins>" in (await editor.get(f"{HOME}/nat-shout")).text


def many(needs: frozenset[str], crimes: tuple[str, ...]) -> dict[str, object]:
    """The boxes of an entry, ticked as they are."""
    return {"needs": sorted(needs), "crime_types": list(crimes)}


async def test_a_correction_over_somebody_elses_is_not_kept_but_not_lost(
    editor: httpx.AsyncClient, parts: Parts
) -> None:
    seen = await seen_of(editor, "nat-shout")
    await parts.knowledge.editing.correct("nat-shout", {"name": "Shout by text"}, "Anna")
    kept = parts.knowledge.directory.service("nat-shout")
    form = {**seen, "name": "Mine", **many(kept.needs, kept.crime_types)}

    answer = await editor.post(f"{HOME}/nat-shout", data=form)

    assert answer.status_code == 422
    assert "Somebody else changed this entry" in answer.text
    assert 'value="Mine"' in answer.text
    assert parts.knowledge.directory.service("nat-shout").name == "Shout by text"


async def test_vouching_for_an_entry(editor: httpx.AsyncClient, parts: Parts) -> None:
    await editor.post(f"{HOME}/herts-beacon/assure")

    assert parts.knowledge.directory.service("herts-beacon").assurer == "Edith"
    assert "by Edith" in (await editor.get(f"{HOME}/herts-beacon")).text


async def test_taken_out_and_shown_again(editor: httpx.AsyncClient, parts: Parts) -> None:
    await editor.post(f"{HOME}/nat-shout/retire")
    assert "nat-shout" not in parts.knowledge.directory.services().by_id
    await editor.post(f"{HOME}/nat-shout/restore")

    assert "nat-shout" in parts.knowledge.directory.services().by_id


async def test_without_a_mail_server_the_page_says_so(editor: httpx.AsyncClient) -> None:
    page = (await editor.get(f"{HOME}/nat-shout")).text
    answer = await editor.post(f"{HOME}/nat-shout/letter", data={"to": "a@helper.example"})

    assert "Letters are off" in page
    assert answer.status_code == 422
    assert "No mail server is set up" in answer.text


@pytest.mark.parametrize("path", ["nobody", "nobody/assure", "answers/none/accept"])
async def test_what_is_not_there_is_not_found(editor: httpx.AsyncClient, path: str) -> None:
    method = "GET" if path == "nobody" else "POST"
    assert (await editor.request(method, f"{HOME}/{path}")).status_code == 404
