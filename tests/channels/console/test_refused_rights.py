"""Whoever tries what they have no right to is refused, and the trace knows it."""

import pytest
from fastapi import FastAPI

from channels.parts import Parts
from knowledge.assessment.model import Fact
from knowledge.audit.model import Row, Wanted, What
from knowledge.coordinators.model import Area, Role
from knowledge.errors import Unavailable
from tests.channels.builders import Person, another_desk

PLACE = {"as_said": "ely", "district": "east_cambridgeshire", "county": "cambridgeshire"}


async def _refused(parts: Parts) -> list[Row]:
    return await parts.knowledge.audit.rows(Wanted(what=What.REFUSED))


@pytest.mark.parametrize(
    ("method", "path", "missing"),
    [
        ("GET", "/api/console/conversations/{}", "read_conversation"),
        ("POST", "/api/console/conversations/{}/take", "take_conversation"),
        ("POST", "/console/conversations/{}/hold", "hold_conversation"),
        ("GET", "/console/trace", "read_trace"),
        ("GET", "/console/figures", "see_figures"),
    ],
)
async def test_the_row_says_who_what_and_which_right(
    app: FastAPI, parts: Parts, person: Person, method: str, path: str, missing: str
) -> None:
    async with another_desk(app, "Anna", Role.EDITOR) as anna:
        answer = await anna.client.request(method, path.format(person.conversation))
        assert answer.status_code == 404
        (row,) = await _refused(parts)
    assert row.who == anna.coordinator["id"]
    assert row.subject == (person.conversation if "{}" in path else "")
    assert row.why == missing
    assert row.where


async def test_the_other_area_is_noted_with_its_conversation(
    app: FastAPI, parts: Parts, person: Person
) -> None:
    fact = Fact(name="place", value=PLACE, message="m1", as_said="ely")
    await parts.knowledge.assessments.keep(person.conversation, [fact])
    async with another_desk(app, "Anna", area=Area.HERTFORDSHIRE) as anna:
        assert (await anna.does("take", person)).status_code == 404
    (row,) = await _refused(parts)
    assert (row.subject, row.why) == (person.conversation, "area")


async def test_trying_again_and_again_does_not_fill_the_trace(
    app: FastAPI, parts: Parts, person: Person
) -> None:
    async with another_desk(app, "Anna", Role.EDITOR) as anna:
        for _ in range(20):
            await anna.does("take", person)
            await anna.does("notes", person, text="hello")
    assert sorted(row.why for row in await _refused(parts)) == ["take_conversation", "write_note"]


async def test_no_word_gets_into_the_trace_by_the_address(app: FastAPI, parts: Parts) -> None:
    async with another_desk(app, "Anna", Role.EDITOR) as anna:
        await anna.client.get("/api/console/conversations/zebulonquux")
    (row,) = await _refused(parts)
    assert row.subject == ""


async def test_the_duty_phone_is_noted_too(app: FastAPI, parts: Parts) -> None:
    keys = {"p256dh": "B" + "A" * 86, "auth": "A" * 22}
    given = {"endpoint": "https://push.example/1", "keys": keys, "is_duty": True}
    async with another_desk(app, "Anna") as anna:
        assert (await anna.client.post("/api/console/devices", json=given)).status_code == 403
    (row,) = await _refused(parts)
    assert row.why == "set_duty_phone"


async def test_what_cannot_be_noted_is_refused_all_the_same(
    app: FastAPI, parts: Parts, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise Unavailable("away")

    async with another_desk(app, "Anna", Role.EDITOR) as anna:
        monkeypatch.setattr(parts.knowledge.audit, "looked", broken)
        assert (await anna.does("take", person)).status_code == 503
    assert (await person.reads())["holder"] == "assistant"


async def test_what_is_allowed_is_no_refusal(app: FastAPI, parts: Parts, person: Person) -> None:
    async with another_desk(app, "Anna") as anna:
        assert (await anna.does("take", person)).status_code == 204
    assert await _refused(parts) == []
