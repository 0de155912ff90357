"""The directory in the database: where it starts, what editors change, what stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from knowledge.directory import load
from knowledge.directory.editing import BY_LINK
from knowledge.directory.records import Deed, Proposal
from knowledge.directory.rows import NotUsable
from knowledge.errors import Conflict, NotFound
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import HandClock

from .builders import a_plain_row

ANNA = "Anna"


async def test_without_a_directory_in_the_database_our_file_stands_in(
    knowledge: Knowledge,
) -> None:
    await knowledge.directory.refresh()

    assert knowledge.directory.services() == load().services


async def test_what_our_file_holds_comes_back_from_the_database_as_it_was(
    knowledge: Knowledge,
) -> None:
    report = await knowledge.directory.seed()

    kept = {one.id: one for one in await knowledge.editing.entries()}
    assert (report.added, report.refused) == (152, [])
    for service in load().services:
        assert replace(kept[service.id].service, changed_at=None) == service


async def test_filling_it_again_changes_nothing(knowledge: Knowledge) -> None:
    await knowledge.directory.seed()
    version = knowledge.directory.version

    report = await knowledge.directory.seed()

    assert (report.unchanged, report.added, report.changed) == (152, 0, 0)
    assert knowledge.directory.version == version


async def test_filling_it_again_never_overwrites_what_somebody_corrected(
    knowledge: Knowledge,
) -> None:
    await knowledge.directory.seed()
    await knowledge.editing.correct("nat-samaritans", {"description": "Listens."}, ANNA)
    await knowledge.editing.retire("nat-shout", ANNA)

    report = await knowledge.directory.seed()

    assert [id_ for id_, _ in report.left_alone] == ["nat-samaritans"]
    assert knowledge.directory.service("nat-samaritans").description == "Listens."
    with pytest.raises(NotFound):
        knowledge.directory.service("nat-shout")


async def test_a_change_is_seen_by_another_process(
    knowledge: Knowledge, database_url: str
) -> None:
    await knowledge.directory.seed()
    other = open_knowledge(database_url)
    async with other.directory.kept_fresh():
        await knowledge.editing.correct("nat-samaritans", {"name": "The Samaritans"}, ANNA)
        await other.directory.refresh()

    assert other.directory.service("nat-samaritans").name == "The Samaritans"
    await other.database.close()


async def test_history_says_who_changed_what_and_when(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    clock.move(days=1)
    await knowledge.editing.correct("a-row", {"phone": "01632 960001"}, "Ben")

    changed, added = await knowledge.editing.history("a-row")

    assert (added.deed, added.who) == (Deed.ADDED, ANNA)
    assert (changed.deed, changed.who, changed.at) == (Deed.CORRECTED, "Ben", clock.now)
    assert (changed.before, changed.after) == (
        {"phone": "01632 960000"},
        {"phone": "01632 960001"},
    )


async def test_a_correction_that_changes_nothing_is_no_line_of_history(
    knowledge: Knowledge,
) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.correct("a-row", a_plain_row(), "Ben")

    assert len(await knowledge.editing.history("a-row")) == 1


async def test_assuring_says_who_vouches_since_when(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(confidence="low"), ANNA)
    await knowledge.editing.assure("a-row", "Ben")

    service = knowledge.directory.service("a-row")
    assert (service.assurer, service.assured_on) == ("Ben", date(2026, 11, 24))
    assert service.is_confirmed


async def test_two_editors_do_not_overwrite_each_other(
    knowledge: Knowledge, clock: HandClock
) -> None:
    entry = await knowledge.editing.add(a_plain_row(), ANNA)
    seen = (await knowledge.editing.entry(entry.id)).service.changed_at
    clock.move(minutes=1)
    await knowledge.editing.correct("a-row", {"name": "First"}, ANNA, seen=seen)

    with pytest.raises(Conflict):
        await knowledge.editing.correct("a-row", {"name": "Second"}, "Ben", seen=seen)


async def test_editors_at_the_same_time_lose_nothing(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await asyncio.gather(
        *(
            knowledge.editing.correct("a-row", {"name": f"Row {n}"}, f"Editor {n}")
            for n in range(6)
        )
    )

    lines = await knowledge.editing.history("a-row")
    assert {line.who for line in lines} == {ANNA, *(f"Editor {n}" for n in range(6))}
    for later, earlier in pairwise(lines):
        assert later.before["name"] == earlier.after["name"]


async def test_what_is_wrong_is_told_for_each_field(knowledge: Knowledge) -> None:
    wrong = a_plain_row(phone="12", opening_hours="whenever", name="")

    with pytest.raises(NotUsable) as refusal:
        await knowledge.editing.add(wrong | {"id": "x"}, ANNA)
    assert set(refusal.value.problems) == {"phone", "opening_hours", "name"}


async def test_an_id_is_given_once(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)

    with pytest.raises(NotUsable, match="already"):
        await knowledge.editing.add(a_plain_row(), ANNA)


async def test_retired_can_be_restored(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.retire("a-row", ANNA)
    assert [one.is_retired for one in await knowledge.editing.entries()] == [True]
    await knowledge.editing.restore("a-row", ANNA)

    assert knowledge.directory.service("a-row").name == "A row"


def an_answer(link: str = "link-1", note: str = "", **changed: str) -> Proposal:
    return Proposal(link, "a-row", HandClock().now, changed, note)


async def test_a_providers_correction_waits_for_an_editor(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.propose(an_answer(phone="01632 960009"))
    assert knowledge.directory.service("a-row").phone == "01632 960000"

    (waiting,) = await knowledge.editing.proposals()
    await knowledge.editing.decide(waiting.id, ANNA, accept=True)

    assert waiting.changed == {"phone": "01632 960009"}
    assert knowledge.directory.service("a-row").phone == "01632 960009"
    assert (await knowledge.editing.history("a-row"))[0].who == f"{ANNA} for {BY_LINK}"


async def test_a_declined_correction_changes_nothing(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.propose(an_answer(phone="01632 960009"))
    await knowledge.editing.decide("link-1", ANNA, accept=False)

    assert knowledge.directory.service("a-row").phone == "01632 960000"
    assert await knowledge.editing.proposals() == []
    with pytest.raises(Conflict):
        await knowledge.editing.decide("link-1", "Ben", accept=True)


async def test_a_providers_yes_counts_at_once(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.propose(an_answer())

    assert await knowledge.editing.proposals() == []
    assert knowledge.directory.service("a-row").assurer == BY_LINK


async def test_a_link_is_answered_once(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.propose(an_answer(phone="01632 960009"))

    assert await knowledge.editing.is_answered("link-1")
    with pytest.raises(Conflict):
        await knowledge.editing.propose(an_answer(phone="01632 960010"))


async def test_whom_to_write_to_is_kept_and_shown_nowhere(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), ANNA)
    await knowledge.editing.remember_contact("a-row", "helper@service.example")
    await knowledge.editing.correct("a-row", {"name": "Another"}, ANNA)

    entry = await knowledge.editing.entry("a-row")
    assert entry.contact == "helper@service.example"
    assert "helper@service.example" not in str(entry.row) + str(entry.service)
