"""A fact for a record that cannot be opened: nothing is lost, and nothing pretends."""

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from tests.channels.builders import Desk, Person


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("crime_type", "robbery", "crime type: robbery"),
        ("contact", {"how": "text", "safe_to_leave_message": False}, "how: text"),
        ("needs", {"finance_benefits": 2}, "finance benefits: 2"),
    ],
)
async def test_where_the_record_cannot_be_opened_it_stays_and_the_words_become_a_note(
    app: FastAPI, person: Person, desk: Desk, field: str, value: Any, said: str
) -> None:
    await desk.does("facts", person, field="reported", value="yes")
    await _spoil(app)
    answer = await desk.does("facts", person, field=field, value=value)
    assert answer.status_code == 409
    assert "kept as a note" in answer.json()["detail"]
    note = (await desk.sees(person))["thread"][-1]
    assert (note["kind"], note["audience"]) == ("note", "coordinators")
    assert said in note["text"]
    assert await _kept(app) == "spoilt"
    assert len((await person.reads())["messages"]) == 1


async def test_the_page_says_so_too_and_still_works(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    await desk.does("facts", person, field="reported", value="yes")
    await _spoil(app)
    form = {"field": "crime_reference", "value": "41/99887/26"}
    here = f"/console/conversations/{person.conversation}"
    page = await desk.client.post(f"{here}/facts", data=form, follow_redirects=True)
    assert page.status_code == 200
    assert "so nothing in it was changed" in page.text
    assert "41/99887/26" in page.text


async def _spoil(app: FastAPI) -> None:
    async with app.state.parts.knowledge.database.writing() as unit:
        await unit.execute(text("UPDATE assessments SET record = 'spoilt'"))


async def _kept(app: FastAPI) -> str:
    async with app.state.parts.knowledge.database.reading() as unit:
        return str(await unit.scalar(text("SELECT record FROM assessments")))
