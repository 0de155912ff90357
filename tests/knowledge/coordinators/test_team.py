"""Inviting, leaving, coming back; guessing; the idle lock; devices."""

from datetime import timedelta

import pytest

from knowledge.audit.model import Actor, acting
from knowledge.coordinators import tries
from knowledge.coordinators.model import Area, Role
from knowledge.coordinators.passwords import PasswordRefused
from knowledge.coordinators.team import GOOD_FOR
from knowledge.coordinators.tries import (
    FREE,
    LONGEST_WAIT,
    WAIT_OF_STRANGERS,
)
from knowledge.errors import Conflict, Locked, NotAllowed, NotFound, NotYet
from knowledge.opening import Knowledge
from tests.fakes import HandClock

EMAIL, PASSWORD = "anna@waymark.example", "a long enough password"
QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def _from_here() -> None:
    acting(Actor("", "here"))


async def test_who_is_invited_joins_once(knowledge: Knowledge) -> None:
    secret = await knowledge.team.invite(EMAIL, Role.SUPERVISOR, Area.CAMBRIDGESHIRE)
    anna = await knowledge.team.accept(secret, "Anna", PASSWORD)
    assert (anna.role, anna.area) == (Role.SUPERVISOR, Area.CAMBRIDGESHIRE)
    assert (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).coordinator == anna
    with pytest.raises(NotFound):
        await knowledge.team.accept(secret, "Eve", PASSWORD)


async def test_links_that_do_not_work(knowledge: Knowledge, clock: HandClock) -> None:
    first = await knowledge.team.invite(EMAIL, Role.EDITOR, Area.BOTH)
    second = await knowledge.team.invite(EMAIL, Role.EDITOR, Area.BOTH)  # the first is void
    third = await knowledge.team.invite("ben@waymark.example", Role.EDITOR, Area.BOTH)
    (ben,) = [one for one in await knowledge.team.invitations() if one.email.startswith("ben")]
    await knowledge.team.withdraw(ben.id)
    clock.move(seconds=GOOD_FOR.total_seconds())
    for secret in ("", "guessed", first, second, third):
        with pytest.raises(NotFound):
            await knowledge.team.accept(secret, "Anna", PASSWORD)
    assert await knowledge.team.invitations() == []


async def test_an_easy_password_leaves_the_link_good(knowledge: Knowledge) -> None:
    secret = await knowledge.team.invite(EMAIL, Role.COORDINATOR, Area.BOTH)
    with pytest.raises(PasswordRefused):
        await knowledge.team.accept(secret, "Anna", "password1234")
    assert await knowledge.team.accept(secret, "Anna", PASSWORD)


async def test_who_is_on_the_team_is_not_invited(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    with pytest.raises(Conflict):
        await knowledge.team.invite(EMAIL.upper(), Role.COORDINATOR, Area.BOTH)


async def test_who_leaves_is_out_at_once(knowledge: Knowledge) -> None:
    anna = await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    session = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    await knowledge.team.deactivate(anna.id)
    for deed in (
        knowledge.coordinators.signed_in(session),
        knowledge.coordinators.sign_in(EMAIL, PASSWORD),
    ):
        with pytest.raises(NotAllowed):
            await deed
    await knowledge.team.reactivate(anna.id)
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)
    with pytest.raises(NotAllowed):  # the old session stays over
        await knowledge.coordinators.signed_in(session)


async def test_the_last_administrator_stays(knowledge: Knowledge) -> None:
    sam = await knowledge.coordinators.first("sam@waymark.example", PASSWORD, "Sam")
    assert sam
    with pytest.raises(Conflict):
        await knowledge.team.deactivate(sam.id)
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna", Role.ADMINISTRATOR)
    await knowledge.team.deactivate(sam.id)


@pytest.mark.parametrize("email", [EMAIL, "nobody@waymark.example"])
async def test_guessing_takes_longer_each_time_and_never_ends_for_good(
    knowledge: Knowledge, clock: HandClock, email: str
) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    waits = []
    for _ in range(FREE):
        await _fails(knowledge, email)
    for _ in range(8):
        with pytest.raises(NotYet) as held:
            await knowledge.coordinators.sign_in(email, PASSWORD)  # even the right one
        waits.append(held.value.wait)
        clock.move(seconds=held.value.wait.total_seconds())
        await _fails(knowledge, email)
    assert waits == sorted(waits)
    assert waits[0] < waits[1] < waits[2]
    assert waits[-1] == LONGEST_WAIT
    clock.move(seconds=LONGEST_WAIT.total_seconds())
    if email == EMAIL:
        assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)


async def test_who_guesses_elsewhere_does_not_hold_anna_back(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    acting(Actor("", "elsewhere"))
    for _ in range(FREE):
        await _fails(knowledge, EMAIL)
    acting(Actor("", "here"))
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)


@pytest.fixture
def few_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three free tries of strangers instead of fifty: each takes its time."""
    monkeypatch.setattr(tries, "FREE_OF_STRANGERS", 3)


@pytest.mark.usefixtures("few_strangers")
@pytest.mark.parametrize("email", [EMAIL, "nobody@waymark.example"])
async def test_guessing_from_many_addresses_is_slowed(
    knowledge: Knowledge, clock: HandClock, email: str
) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    await _many_guess(knowledge, email)
    for at in range(3):
        acting(Actor("", f"yet another {at}"))
        with pytest.raises(NotYet):
            await knowledge.coordinators.sign_in(email, PASSWORD)  # even the right one
        clock.move(seconds=WAIT_OF_STRANGERS.total_seconds())
        await _fails(knowledge, email)


@pytest.mark.usefixtures("few_strangers")
async def test_many_guessers_hold_up_nobody_at_their_own_device(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    await _many_guess(knowledge, EMAIL)
    acting(Actor("", "home"))
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD, known=True)
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)  # here she was a moment ago
    clock.move(days=31)
    await _many_guess(knowledge, EMAIL)
    acting(Actor("", "home"))  # too long ago by now
    with pytest.raises(NotYet):
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD)
    clock.move(seconds=WAIT_OF_STRANGERS.total_seconds())
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)  # nor is a new device out


@pytest.mark.usefixtures("few_strangers")
async def test_who_signs_in_well_is_never_taken_for_a_guesser(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    for at in range(4):
        acting(Actor("", f"address {at}"))
        assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)


async def test_a_known_device_guesses_no_more_than_others(knowledge: Knowledge) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    for _ in range(FREE):
        with pytest.raises(NotAllowed):
            await knowledge.coordinators.sign_in(EMAIL, "guessed", known=True)
    with pytest.raises(NotYet):
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD, known=True)


async def _many_guess(knowledge: Knowledge, email: str) -> None:
    for at in range(3):
        acting(Actor("", f"address {at}"))
        await _fails(knowledge, email)


async def test_an_idle_session_asks_for_the_password(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    session = (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session
    signed_in = knowledge.coordinators.signed_in
    clock.move(minutes=14)
    assert await signed_in(session, lock_after=QUARTER)
    clock.move(minutes=14)
    assert await signed_in(session, lock_after=QUARTER, is_active=False)  # a page by itself
    clock.move(minutes=1)
    for _ in range(2):  # asking does not open it
        with pytest.raises(Locked):
            await signed_in(session, lock_after=QUARTER)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.unlock(session, "a wrong password")
    await knowledge.coordinators.unlock(session, PASSWORD)
    assert await signed_in(session, lock_after=QUARTER)


async def test_each_device_can_be_signed_out(knowledge: Knowledge) -> None:
    anna = await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    here, there = [
        (await knowledge.coordinators.sign_in(EMAIL, PASSWORD, device=one)).session
        for one in ("Firefox on Linux", "Safari on iPhone")
    ]
    this, devices = await knowledge.coordinators.devices(here)
    (other,) = [one for one in devices if one.id != this]
    assert other.device == "Safari on iPhone"
    with pytest.raises(NotFound):  # nobody else's
        await knowledge.coordinators.sign_out_devices("ben", other.id)
    await knowledge.coordinators.sign_out_devices(anna.id, other.id)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.signed_in(there)
    assert await knowledge.coordinators.signed_in(here)


async def test_a_new_password_signs_the_others_out(knowledge: Knowledge) -> None:
    anna = await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")
    here, there = [
        (await knowledge.coordinators.sign_in(EMAIL, PASSWORD)).session for _ in range(2)
    ]
    this, _ = await knowledge.coordinators.devices(here)
    new = "otter saxophone gravel"
    with pytest.raises(NotAllowed):
        await knowledge.keys.change_password(anna.id, "wrong", new, keep_session=this)
    await knowledge.keys.change_password(anna.id, PASSWORD, new, keep_session=this)
    assert await knowledge.coordinators.signed_in(here)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.signed_in(there)
    await _fails(knowledge, EMAIL)
    assert await knowledge.coordinators.sign_in(EMAIL, new)


async def _fails(knowledge: Knowledge, email: str) -> None:
    password = "a wrong password" if email == EMAIL else PASSWORD
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(email, password)
