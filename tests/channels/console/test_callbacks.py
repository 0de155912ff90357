"""Call-backs at the desk: by the way and in the time that were agreed, and in no other."""

from datetime import datetime

import pytest

from channels.parts import Parts
from channels.settings import Settings
from channels.web import app as process
from knowledge.assessment.model import Fact
from knowledge.audit.model import Wanted, What
from knowledge.contact.model import Way
from knowledge.contact.times import Part
from tests.channels.builders import Desk, Person
from tests.fakes import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def settings(settings: Settings, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """10:40, and nobody is locked out while time goes on."""
    monkeypatch.setattr(process, "clock_from", lambda _start: clock)
    return settings.model_copy(update={"idle_lock": 0.0})


@pytest.fixture
async def callback(parts: Parts, person: Person) -> str:
    """Agreed: by phone, from 12 to 5."""
    await person.says("hello")
    told = Fact(name="contact", value={"how": "phone"}, message="m", as_said="by phone")
    await parts.knowledge.assessments.keep(person.conversation, [told])
    agree = parts.knowledge.callbacks.agree
    return (await agree(person.conversation, Way.PHONE, Part.AFTERNOON)).id


@pytest.mark.parametrize("late", [(0, "begun"), (0, "kept"), (7, "begun"), (7, "kept")])
async def test_outside_the_agreed_time_it_is_refused_logged_and_shown(
    parts: Parts,
    person: Person,
    desk: Desk,
    clock: HandClock,
    callback: str,
    late: tuple[int, str],
) -> None:
    hours, outcome = late
    clock.move(hours=hours)
    answer = await desk.does(f"callbacks/{callback}", person, outcome=outcome)
    assert (answer.status_code, answer.json()["why"]) == (409, "not_the_safe_time")
    (row,) = await parts.knowledge.audit.rows(Wanted(what=What.CONTACT_REFUSED))
    assert (row.who, row.why) == (desk.coordinator["id"], "phone: not_the_safe_time")
    here = f"/console/conversations/{person.conversation}"
    page = await desk.client.post(
        f"{here}/callbacks/{callback}", data={"outcome": outcome}, follow_redirects=True
    )
    assert "Kept back. It is not the time that was agreed." in page.text
    seen = await desk.sees(person)
    assert [one["outcome"] for one in seen["callbacks"]] == ["open"]
    assert [one["kind"] for one in seen["thread"]].count("kept_back") == 2


async def test_what_was_begun_in_its_time_is_kept_in_time(
    parts: Parts, person: Person, desk: Desk, clock: HandClock, callback: str
) -> None:
    clock.move(hours=5)
    path = f"callbacks/{callback}"
    assert (await desk.does(path, person, outcome="begun")).status_code == 204
    assert (await desk.does(path, person, outcome="begun")).status_code == 409
    clock.move(hours=2)  # a long talk
    assert (await desk.does(path, person, outcome="kept")).status_code == 204
    assert (await parts.knowledge.callbacks.get(callback)).was_kept_in_time


@pytest.mark.parametrize("outcome", ["not_reached", "called_off"])
async def test_that_nobody_was_reached_can_be_said_at_any_time(
    person: Person, desk: Desk, callback: str, outcome: str
) -> None:
    answer = await desk.does(f"callbacks/{callback}", person, outcome=outcome)
    assert answer.status_code == 204


async def test_the_desk_keeps_what_it_agreed_on_with_the_person(
    parts: Parts, person: Person, desk: Desk, clock: HandClock, callback: str
) -> None:
    here = f"/console/conversations/{person.conversation}"
    agreed = {"way": "phone", "start": "2026-11-24T18:00", "until": "2026-11-24T19:00"}
    page = await desk.client.post(f"{here}/callbacks", data=agreed, follow_redirects=True)
    assert "Phone, Tue 24 Nov, 18:00 to 19:00: open" in page.text
    assert "called off" in page.text
    call = {"way": "phone"}
    assert (await desk.does("contact", person, **call)).json()["why"] == "not_the_safe_time"
    clock.move(hours=7, minutes=30)
    assert (await desk.does("contact", person, **call)).json()["allowed"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 201),
        ({"way": "text"}, 409),  # not the way they chose
        ({"from": "2026-11-24T08:00Z", "until": "2026-11-24T09:00Z"}, 422),  # over
        ({"from": "2026-11-24T19:00Z", "until": "2026-11-24T18:00Z"}, 422),
        ({"until": "2026-11-26T19:00Z"}, 422),  # no part of a day
        ({"from": "2027-11-24T18:00Z", "until": "2027-11-24T19:00Z"}, 422),
        ({"from": "2026-11-24T18:00"}, 422),  # of which place?
    ],
)
async def test_what_can_be_agreed_on(
    person: Person, desk: Desk, callback: str, changes: dict[str, str], status: int
) -> None:
    asked = {"way": "phone", "from": "2026-11-24T18:00Z", "until": "2026-11-24T19:00Z"}
    assert (await desk.does("callbacks", person, **(asked | changes))).status_code == status


async def test_a_call_without_any_known_time_is_refused(
    parts: Parts, person: Person, desk: Desk
) -> None:
    await person.says("hello")
    words = {"how": "phone", "safe_times": "in the morning he is at home, so not then"}
    told = Fact(name="contact", value=words, message="m", as_said="by phone")
    await parts.knowledge.assessments.keep(person.conversation, [told])
    answer = await desk.does("contact", person, way="phone")
    assert answer.json() == {"allowed": False, "why": "no_safe_time_known"}
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert "No safe time is known. Please agree on one with them first." in page.text


async def test_the_desk_may_tick_the_times_that_were_agreed(
    person: Person, desk: Desk, parts: Parts
) -> None:
    await person.says("hello")
    form = {"field": "contact", "how": "phone", "safe_times": "before noon", "times": "morning"}
    path = f"/console/conversations/{person.conversation}/facts"
    assert (await desk.client.post(path, data=form)).status_code == 303
    assert (await desk.does("contact", person, way="phone")).json()["allowed"]
    told = Fact(name="contact", value={"safe_times": "not now"}, message="m", as_said="not now")
    await parts.knowledge.assessments.keep(person.conversation, [told])
    assert not (await desk.does("contact", person, way="phone")).json()["allowed"]


class TestWhileTimeGoesOn:
    """With a clock that is later at each look, as clocks are."""

    @pytest.fixture
    def clock(self) -> HandClock:
        class Running(HandClock):
            def __call__(self) -> datetime:
                self.move(microseconds=50)
                return self.now

        return Running()

    async def test_a_time_that_was_agreed_at_the_desk_is_kept(
        self, parts: Parts, person: Person, desk: Desk
    ) -> None:
        await person.says("hello")
        told = Fact(name="contact", value={"how": "phone"}, message="m", as_said="by phone")
        await parts.knowledge.assessments.keep(person.conversation, [told])
        await desk.does("take", person)
        agreed = {"from": "2026-11-25T10:00:00Z", "until": "2026-11-25T12:00:00Z"}
        answer = await desk.does("callbacks", person, way="phone", **agreed)
        assert answer.status_code == 201, answer.text
