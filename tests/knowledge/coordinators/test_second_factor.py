"""Codes from a phone, recovery codes, and what is kept of them."""

import asyncio
from collections import Counter
from math import log2

import pyotp
import pytest
from sqlalchemy import select

from knowledge.coordinators.second_factor import new_recovery_codes
from knowledge.coordinators.tables import recovery_codes
from knowledge.errors import NotAllowed
from knowledge.opening import Knowledge
from tests.fakes import HandClock

EMAIL, PASSWORD = "anna@waymark.example", "a long enough password"


@pytest.fixture
async def anna(knowledge: Knowledge) -> str:
    return (await knowledge.coordinators.add(EMAIL, PASSWORD, "Anna")).id


async def test_without_a_code_nobody_gets_in(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    secret, _ = await _enrolled(knowledge, anna, clock)
    clock.move(seconds=30)
    for code in ("", "000000", "abcde-fghjk", "é"):
        with pytest.raises(NotAllowed):
            await knowledge.coordinators.sign_in(EMAIL, PASSWORD, code)
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD, _code(secret, clock))


async def test_a_code_alone_is_no_key(knowledge: Knowledge, anna: str, clock: HandClock) -> None:
    secret, codes = await _enrolled(knowledge, anna, clock)
    clock.move(seconds=30)
    for code in (_code(secret, clock), codes[0]):
        with pytest.raises(NotAllowed):
            await knowledge.coordinators.sign_in(EMAIL, "a wrong password", code)
    assert await knowledge.keys.codes_left(anna) == 10


async def test_the_same_code_is_taken_once(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    secret, _ = await _enrolled(knowledge, anna, clock)
    with pytest.raises(NotAllowed):  # the code of the enrolment is used up too
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD, _code(secret, clock))
    clock.move(seconds=30)
    code = _code(secret, clock)
    tried = await asyncio.gather(
        *[knowledge.coordinators.sign_in(EMAIL, PASSWORD, code) for _ in range(3)],
        return_exceptions=True,
    )
    assert sorted(isinstance(one, NotAllowed) for one in tried) == [False, True, True]


async def test_a_phone_may_be_half_a_minute_off(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    secret, _ = await _enrolled(knowledge, anna, clock)
    clock.move(minutes=5)
    late = _code(secret, clock)
    clock.move(seconds=30)
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD, f"{late[:3]} {late[3:]}")
    clock.move(minutes=5)
    stale = _code(secret, clock)
    clock.move(minutes=2)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD, stale)


async def test_each_recovery_code_works_once(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    _, codes = await _enrolled(knowledge, anna, clock)
    assert len(set(codes)) == 10
    typed = codes[0].upper().replace("-", " ")
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD, typed)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD, codes[0])
    assert await knowledge.keys.codes_left(anna) == 9


async def test_nobody_can_try_out_all_recovery_codes() -> None:
    """112 bits: then a hash without salt is enough (ASVS 5.0, V6.5.2)."""
    codes = [code for _ in range(300) for code in new_recovery_codes()]
    shapes = {tuple(map(len, code.split("-"))) for code in codes}
    letters = Counter("".join(codes).replace("-", ""))
    assert shapes == {(4,) * 6}
    assert sum(shapes.pop()) * log2(len(letters)) >= 112
    fair = letters.total() / len(letters)  # each letter as often as any other
    assert all(abs(times - fair) < fair / 5 for times in letters.values())
    assert not set(letters) & set("01ilo")  # none that is taken for another


async def test_recovery_codes_are_not_kept_readable(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    _, codes = await _enrolled(knowledge, anna, clock)
    async with knowledge.database.reading() as unit:
        kept = str([*await unit.execute(select(recovery_codes))])
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


async def test_it_is_not_set_up_until_a_code_fits(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    first, said = await knowledge.keys.begin(anna)
    assert (await knowledge.keys.begin(anna))[0] == first
    assert f"secret={first}" in said
    with pytest.raises(NotAllowed):
        await knowledge.keys.confirm(anna, "000000")
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)


async def test_set_up_once_a_session_alone_can_not_change_it(
    knowledge: Knowledge, anna: str, clock: HandClock
) -> None:
    _, codes = await _enrolled(knowledge, anna, clock)
    with pytest.raises(NotAllowed):
        await knowledge.keys.begin(anna)
    for deed in (knowledge.keys.remove, knowledge.keys.renew_codes):
        with pytest.raises(NotAllowed):
            await deed(anna, "a wrong password")
    renewed = await knowledge.keys.renew_codes(anna, PASSWORD)
    assert not set(renewed) & set(codes)
    with pytest.raises(NotAllowed):
        await knowledge.coordinators.sign_in(EMAIL, PASSWORD, codes[0])
    await knowledge.keys.remove(anna, PASSWORD)
    assert await knowledge.coordinators.sign_in(EMAIL, PASSWORD)


async def _enrolled(knowledge: Knowledge, anna: str, clock: HandClock) -> tuple[str, list[str]]:
    secret, _ = await knowledge.keys.begin(anna)
    return secret, await knowledge.keys.confirm(anna, _code(secret, clock))


def _code(secret: str, clock: HandClock) -> str:
    return pyotp.TOTP(secret).at(clock())
