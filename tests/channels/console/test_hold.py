"""A supervisor keeps a conversation from being deleted; everybody at the desk sees it."""

from fastapi import FastAPI

from knowledge.coordinators.model import Role
from tests.channels.builders import Desk, Person, another_desk

WHY = "she may be at risk"


async def test_a_hold_is_shown_with_its_reason_and_name(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR) as vera:
        assert (await vera.does("hold", person, reason=WHY)).status_code == 204
    hold = (await desk.sees(person))["hold"]
    assert (hold["reason"], hold["by"]) == (WHY, "Vera")
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert WHY in page.text
    assert "Vera" in page.text


async def test_the_person_is_told_kindly_that_it_stays(app: FastAPI, person: Person) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR) as vera:
        await vera.does("hold", person, reason=WHY)
        refused = await person.client.delete(person.home, headers=person.key)
        assert refused.status_code == 409
        assert "stay safe" in refused.json()["detail"]
        assert WHY not in refused.text
        assert (await vera.does("release", person)).status_code == 204
    assert (await person.client.delete(person.home, headers=person.key)).status_code == 204


async def test_by_the_page_too(app: FastAPI, person: Person) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR) as vera:
        here = f"/console/conversations/{person.conversation}"
        assert (await vera.client.post(f"{here}/hold", data={"reason": WHY})).status_code == 303
        assert "End the hold" in (await vera.client.get(here)).text
        assert (await vera.client.post(f"{here}/release")).status_code == 303
        assert (await vera.sees(person))["hold"] is None


async def test_the_page_to_delete_says_it_stays(app: FastAPI, person: Person) -> None:
    async with another_desk(app, "Vera", Role.SUPERVISOR) as vera:
        await vera.does("hold", person, reason=WHY)
    token = person.key["Authorization"].removeprefix("Bearer ")
    person.client.cookies.set("waymark", f"{person.conversation}.{token}")
    answer = await person.client.post("/delete")
    assert answer.status_code == 409
    assert "stay safe" in answer.text
