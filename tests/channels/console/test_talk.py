"""Working together in one conversation: by the desk's API, and what the person is told."""

import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels.parts import Parts
from knowledge.assessment.model import Fact
from knowledge.audit.model import Wanted, What
from knowledge.coordinators.model import Area, Role
from tests.channels.builders import Desk, Listener, Person, another_desk


class TestTransfer:
    """Passing a conversation on."""

    async def test_it_waits_for_the_colleague_and_the_person_is_told(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with another_desk(app) as ben:
            note = "she is worried about her sister"
            passed = await desk.does("transfer", person, to=ben.coordinator["id"], note=note)
            assert passed.status_code == 204
            read = await person.reads()
            assert read["holder"] == "waiting"
            assert "Sam is passing this chat on" in read["messages"][-1]["text"]
            assert "sister" not in str(read)
            (mine,) = (await ben.client.get("/api/console/mine")).json()["mine"]
            assert (mine["how"], mine["conversation"]) == ("handed", person.conversation)
            assert "sister" in str(await ben.sees(person))
            assert (await ben.does("take", person)).status_code == 204
        assert (await person.reads())["holder"] == "coordinator"

    async def test_a_clock_of_its_own_runs_until_somebody_sees_it(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        """Whoever it is passed on to may be away."""
        await desk.does("take", person)
        assert (await desk.queue())[0]["passed_on"] is None
        async with another_desk(app) as ben:
            await desk.does("transfer", person, to=ben.coordinator["id"])
            (item,) = await desk.queue()
            assert (item["alarm"]["clock"], item["passed_on"]["to"]) == ("running", "Ben")
            assert "passed on by Sam to Ben" in (await desk.client.get("/console")).text
            await ben.does("take", person)
            (item,) = await desk.queue()
            assert (item["alarm"]["clock"], item["passed_on"]) == ("acknowledged", None)

    async def test_who_is_there_comes_first_and_who_may_not_see_it_not_at_all(
        self, app: FastAPI, person: Person, desk: Desk, parts: Parts
    ) -> None:
        await desk.does("take", person)
        hitchin = {"district": "north-hertfordshire", "county": "hertfordshire"}
        fact = Fact(name="place", value=hitchin, message="m1", as_said="Hitchin")
        await parts.knowledge.assessments.keep(person.conversation, [fact])
        for name, area in (("Al", Area.BOTH), ("Fen", Area.CAMBRIDGESHIRE)):
            await parts.knowledge.coordinators.add(
                f"{name}@desk.example", "a pass phrase of theirs", name, Role.COORDINATOR, area
            )
        async with another_desk(app):
            page = (await desk.client.get(f"/console/conversations/{person.conversation}")).text
            to = re.findall(r"<option value=[^>]*>([^<]*)</option>", page.split('id="to"')[1])
            assert to[:3] == ["Whoever is free", "Ben", "Al (not at the desk now)"]
            assert "Fen" not in page

    async def test_somebody_else_may_take_it_meanwhile(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with another_desk(app) as ben, another_desk(app, "Cat") as cat:
            await desk.does("transfer", person, to=ben.coordinator["id"])
            assert [one["holder"] for one in await cat.queue()] == ["waiting"]
            assert (await cat.does("take", person)).status_code == 204
            assert (await ben.client.get("/api/console/mine")).json()["mine"] == []

    async def test_only_who_holds_it_passes_it_on(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with another_desk(app) as ben:
            assert (await ben.does("transfer", person, note="mine now")).status_code == 409
        assert (await desk.does("transfer", person, to="nobody")).status_code == 404
        assert (await person.reads())["holder"] == "coordinator"


class TestSupervisor:
    """Looking on, joining, taking over."""

    async def test_joins_speaks_and_leaves_and_the_person_is_told_each_time(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with another_desk(app, "Anna", Role.SUPERVISOR) as anna:
            assert (await anna.does("messages", person, text="hello")).status_code == 409
            assert (await anna.does("join", person)).status_code == 204
            assert (await anna.does("join", person)).status_code == 204
            assert (await anna.does("messages", person, text="hello")).status_code == 202
            assert (await desk.sees(person))["guests"] == ["Anna"]
            assert (await anna.does("leave", person)).status_code == 204
            assert (await anna.does("messages", person, text="again")).status_code == 409
            assert (await anna.does("leave", person)).status_code == 409
        texts = [one["text"] for one in (await person.reads())["messages"][2:]]
        assert texts == [
            "Anna from the team has joined this chat as well.",
            "hello",
            "Anna has left this chat.",
        ]

    async def test_takes_over_and_the_colleague_can_say_no_more(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with another_desk(app, "Anna", Role.SUPERVISOR) as anna:
            assert (await anna.does("take-over", person)).status_code == 204
            assert (await desk.does("messages", person, text="hello")).status_code == 409
            assert (await anna.does("messages", person, text="hello")).status_code == 202
            told = (await person.reads())["messages"][-2]["text"]
        assert told.startswith("Anna from the team is with you now, in place of Sam.")

    async def test_what_nobody_holds_is_taken_not_joined(
        self, app: FastAPI, person: Person
    ) -> None:
        async with another_desk(app, "Anna", Role.SUPERVISOR) as anna:
            for deed in ("join", "leave", "take-over"):
                assert (await anna.does(deed, person)).status_code == 409

    async def test_looking_on_is_seen_by_the_team_and_not_by_the_person(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        before = await person.reads()
        async with another_desk(app, "Anna", Role.SUPERVISOR) as anna, _stream(app, anna, person):
            assert (await desk.sees(person))["looking"] == ["Anna"]
            assert await person.reads() == before
            async with _stream(app, desk, person):  # who holds it, or joined, does not look on
                assert (await anna.sees(person))["looking"] == []
            await anna.does("join", person)
            assert (await desk.sees(person))["looking"] == []


class TestWriting:
    """Signs that somebody writes, and marks of what was read."""

    async def test_the_person_sees_who_writes_and_never_what(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with Listener(app, f"{person.home}/events?after=99", person.key) as stream:
            assert (await stream.event())["event"] == "holder"
            await desk.does("typing", person)
            event = await stream.event()
            assert (event["event"], event["data"]) == ("typing", {"names": ["Sam"]})
            await desk.does("messages", person, text="hello")
            assert (await stream.event())["data"] == {"names": []}

    async def test_the_desk_sees_that_the_person_writes(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        async with _stream(app, desk, person) as stream:
            await stream.event()
            answer = await person.client.post(f"{person.home}/typing", headers=person.key)
            assert answer.status_code == 204
            event = await stream.event()
        assert (event["event"], event["data"]["typing"]) == ("around", ["The person"])

    async def test_nobody_is_told_while_no_co_ordinator_is_there(
        self, person: Person, desk: Desk
    ) -> None:
        await person.says("DANGER")
        await person.client.post(f"{person.home}/typing", headers=person.key)
        assert (await desk.sees(person))["typing"] == []
        await desk.does("typing", person)  # looks on, holds nothing
        assert (await desk.sees(person))["typing"] == []

    async def test_what_went_out_is_delivered_and_what_was_seen_is_read(
        self, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        said = (await desk.does("messages", person, text="hello")).json()["sequence"]
        assert (await desk.sees(person))["person"]["delivered"] < said
        await person.reads(after=1)
        assert (await desk.sees(person))["person"] == {"delivered": said, "read": 0}
        await _has_read(person, said)
        assert (await desk.sees(person))["person"] == {"delivered": said, "read": said}

    async def test_nobody_reads_what_is_not_there_yet_nor_takes_it_back(
        self, person: Person, desk: Desk
    ) -> None:
        await _has_read(person, 2**31 - 1)
        await _has_read(person, 0)
        assert (await desk.sees(person))["person"]["read"] == 1

    async def test_unread_messages_are_counted_until_they_are_looked_at(
        self, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        for words in ("one", "two"):
            await person.sends(text=words)
        (mine,) = (await desk.client.get("/api/console/mine")).json()["mine"]
        assert (mine["how"], mine["unread"], mine["last_words"]) == ("held", 2, "two")
        await desk.client.get(f"/console/conversations/{person.conversation}")
        (mine,) = (await desk.client.get("/api/console/mine")).json()["mine"]
        assert mine["unread"] == 0


class TestFacts:
    """Facts that a co-ordinator puts right."""

    async def test_the_value_changes_and_the_origin_stays(
        self, app: FastAPI, person: Person, desk: Desk
    ) -> None:
        fact = Fact(name="crime_type", value="theft", message="m1", as_said="nicked my van")
        await app.state.parts.knowledge.assessments.keep(person.conversation, [fact])
        answer = await desk.does("facts", person, field="crime_type", value="robbery")
        assert answer.status_code == 204
        seen = await desk.sees(person)
        assert seen["assessment"]["crime_type"] == "robbery"
        assert seen["assessment"]["told"]["crime_type"]["as_said"] == "nicked my van"
        (kept,) = seen["corrections"]
        assert (kept["field"], kept["before"], kept["after"]) == ("crime_type", "theft", "robbery")
        assert kept["by"] == "Sam"

    async def test_the_person_sees_the_right_fact_and_not_who_corrected_it(
        self, person: Person, desk: Desk
    ) -> None:
        await desk.does("facts", person, field="reported", value="yes")
        mine = (await person.client.get(f"{person.home}/assessment", headers=person.key)).json()
        assert mine["reported"] == "yes"
        assert desk.coordinator["id"] not in str(mine)
        assert len((await person.reads())["messages"]) == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("crime_type", "murder most foul"),
            ("consent", True),
            ("status", "completed"),
            ("told", {}),
            ("occurred", {"from": "2026-12-01", "to": "2026-11-01", "as_said": "then"}),
            ("occurred", "yesterday"),
            ("place", {"as_said": "x", "house": "14"}),
            ("needs", {"mental_physical_health": 9}),
            ("needs", {"happiness": 1}),
            ("contact", {"how": "pigeon"}),
            ("crime_reference", ""),
        ],
    )
    async def test_what_fits_no_field_is_refused(
        self, person: Person, desk: Desk, field: str, value: Any
    ) -> None:
        before = (await desk.sees(person))["assessment"]
        assert (await desk.does("facts", person, field=field, value=value)).status_code == 422
        assert (await desk.sees(person))["assessment"] == before

    async def test_a_need_can_be_taken_back(self, person: Person, desk: Desk) -> None:
        for level in (2, 0):
            value = {"finance_benefits": level}
            await desk.does("facts", person, field="needs", value=value)
        needs = (await desk.sees(person))["assessment"]["needs"]
        assert (needs["finance_benefits"], needs["drugs_alcohol"]) == (0, None)


async def test_every_deed_is_in_the_log(app: FastAPI, person: Person, desk: Desk) -> None:
    await person.says("hello")
    await desk.does("take", person)
    await desk.does("facts", person, field="reported", value="yes")
    missed = {"verdict": "missed", "message": 2, "disposition": "urgent"}
    await desk.does("marks", person, **missed, categories=["hate_crime"])
    async with another_desk(app, "Anna", Role.SUPERVISOR) as anna:
        await anna.does("join", person)
        await anna.does("leave", person)
        await anna.does("take-over", person)
        await anna.does("transfer", person)
    rows = await app.state.parts.knowledge.audit.rows(Wanted(subject=person.conversation))
    assert [row.what for row in reversed(rows)] == [
        What.TOOK,
        What.CORRECTED,
        What.MARKED,
        What.JOINED,
        What.LEFT,
        What.TOOK_OVER,
        What.TRANSFERRED,
    ]
    assert all(row.who for row in rows)


def _stream(app: FastAPI, desk: Desk, person: Person) -> Listener:
    cookie = "; ".join(f"{name}={value}" for name, value in desk.client.cookies.items())
    path = f"/api/console/conversations/{person.conversation}/events"
    return Listener(app, path, {"Cookie": cookie})


async def _has_read(person: Person, upto: int) -> httpx.Response:
    path = f"{person.home}/read"
    return await person.client.post(path, json={"upto": upto}, headers=person.key)
