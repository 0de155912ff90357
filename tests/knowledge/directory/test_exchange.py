"""Taking in other directories, again and again; files; what a check finds."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from knowledge.directory.checks import Kind, check
from knowledge.directory.feeds import row_of
from knowledge.directory.files import read_csv, write_csv
from knowledge.directory.ids import service_key
from knowledge.directory.load import DirectoryError
from knowledge.directory.records import Entry
from knowledge.directory.rows import Row, read_row
from knowledge.directory.shape import normal
from knowledge.opening import Knowledge

from .builders import a_plain_row
from .test_feeds import FEED, ID, an_item

TODAY = date(2026, 11, 24)


def a_feed(**changes: object) -> list[tuple[Row, str]]:
    return [(row_of(an_item(**changes), FEED), ID)]


async def test_taking_in_twice_changes_nothing(knowledge: Knowledge) -> None:
    first = await knowledge.directory.take_in(a_feed(), FEED)
    again = await knowledge.directory.take_in(a_feed(), FEED)

    assert (first.added, again.added, again.unchanged) == (1, 0, 1)
    assert len(await knowledge.editing.entries()) == 1


async def test_what_the_feed_corrects_is_corrected_here(knowledge: Knowledge) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    report = await knowledge.directory.take_in(a_feed(name="Debt advice"), FEED)

    assert report.changed == 1
    assert knowledge.directory.service(ID).name == "Debt advice"


async def test_what_somebody_assured_here_is_left_alone(knowledge: Knowledge) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    await knowledge.editing.assure(ID, "Anna")
    same = await knowledge.directory.take_in(a_feed(), FEED)
    other = await knowledge.directory.take_in(a_feed(name="Debt advice"), FEED)

    assert (same.unchanged, other.left_alone) == (1, [(ID, "somebody corrected it here")])
    assert knowledge.directory.service(ID).is_confirmed


async def test_another_feed_cannot_take_an_entry_over(knowledge: Knowledge) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    report = await knowledge.directory.take_in(a_feed(name="Mine"), "https://other.example")

    assert report.left_alone[0][0] == ID
    assert knowledge.directory.service(ID).name == "Money advice"


async def test_our_own_entries_that_come_back_are_known(knowledge: Knowledge) -> None:
    await knowledge.editing.add(a_plain_row(), "Anna")
    mirrored = {**a_plain_row(), "id": service_key("a-row"), "name": "Mirrored"}

    report = await knowledge.directory.take_in([(mirrored, mirrored["id"])], FEED)

    assert report.left_alone == [("a-row", "it is one of our own entries")]


async def test_no_feed_can_pass_for_ours(knowledge: Knowledge) -> None:
    with pytest.raises(ValueError, match="seed"):
        await knowledge.directory.take_in(a_feed(), "seed")


async def test_the_report_names_what_was_refused_and_why(knowledge: Knowledge) -> None:
    rows = [(a_plain_row(phone="12"), "one"), (a_plain_row(), "two"), (a_plain_row(), "three")]
    report = await knowledge.directory.take_in(rows, "helpers.csv")

    assert report.lines()[0] == "added 0, changed 0, unchanged 0, left alone 0, refused 3"
    assert "refused: one: '12' is not a phone number of this country" in report.lines()


async def test_what_its_source_closes_is_shown_no_more_and_comes_back_with_it(
    knowledge: Knowledge,
) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    shut = await knowledge.directory.take_in([], FEED, closed={ID}, listed={ID})
    again = await knowledge.directory.take_in([], FEED, closed={ID}, listed={ID})
    assert knowledge.directory.services().by_id.get(ID) is None
    assert (shut.taken_out, again.taken_out) == ([(ID, "its source says that it is closed")], [])
    assert (await knowledge.editing.history(ID))[0].deed == "retired"

    assert (await knowledge.directory.take_in(a_feed(), FEED)).changed == 1
    assert knowledge.directory.service(ID).name == "Money advice"


async def test_what_a_source_lists_no_more_is_named_and_stays(knowledge: Knowledge) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    report = await knowledge.directory.take_in([], FEED, listed={"another"})
    part = await knowledge.directory.take_in([], FEED)

    assert report.lines()[1:] == [f"look at: {ID}: its source does not list it any more"]
    assert part.missing == []
    assert knowledge.directory.service(ID).name == "Money advice"


async def test_what_somebody_vouched_for_or_took_out_here_stays_as_it_is(
    knowledge: Knowledge,
) -> None:
    await knowledge.directory.take_in(a_feed(), FEED)
    await knowledge.editing.assure(ID, "Anna")
    report = await knowledge.directory.take_in([], FEED, closed={ID}, listed={ID})
    assert (len(report.missing), report.taken_out) == (1, [])
    assert knowledge.directory.service(ID).assurer == "Anna"

    await knowledge.editing.retire(ID, "Anna")
    assert (await knowledge.directory.take_in(a_feed(), FEED)).unchanged == 1
    assert knowledge.directory.services().by_id.get(ID) is None


def an_entry(**changes: str) -> Entry:
    row = normal(a_plain_row(**changes))
    return Entry(read_row(row), row)


def test_a_file_written_is_read_back_as_it_was() -> None:
    entry = an_entry(
        description='=1+1, or "more"', notes="-", districts="", cost="'=2", eligibility="'tis free"
    )
    file = io.StringIO()

    assert write_csv([entry, Entry(entry.service, entry.row, is_retired=True)], file) == 1
    file.seek(0)

    assert "'=1+1" in file.getvalue()
    assert list(read_csv(file)) == [entry.row]


def test_a_row_without_an_id_is_named_after_itself() -> None:
    (row,) = read_csv(io.StringIO("name,phone\nMoney Advice (Ely),01632 960000\n"))

    assert row["id"] == "money-advice-ely"


@pytest.mark.parametrize("risky", ["=1+1", "+44", "-1", "@SUM(A1)", "'=1"])
def test_no_cell_of_a_file_starts_as_a_formula(risky: str) -> None:
    file = io.StringIO()
    write_csv([an_entry(notes=risky)], file)
    file.seek(0)

    (cells,) = csv.DictReader(file)
    assert cells["notes"] == f"'{risky}"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells.values())


def test_a_file_that_is_no_directory_is_refused() -> None:
    with pytest.raises(DirectoryError, match="no columns"):
        list(read_csv(io.StringIO("a,b\n1,2\n")))


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"verified": "2026-11-01"}, {Kind.HOURS_UNKNOWN}),
        ({"verified": "2026-05-01", "opening_hours": "Mo 09:00-10:00"}, {Kind.STALE}),
        ({"verified": "2017 (text), 2026-10 (chat)", "opening_hours": "office hours"}, set()),
        ({"verified": "unverified", "opening_hours": "office hours"}, {Kind.STALE}),
        ({"verified": "2026-11", "confidence": "low", "phone": ""}, {Kind.UNCONFIRMED}),
        ({"verified": "2026-11", "notes": "number: check", "phone": ""}, {Kind.UNCONFIRMED}),
    ],
)
def test_a_check_finds_what_is_stale_or_not_sure(change: dict[str, str], kinds: set[Kind]) -> None:
    entry = an_entry(url="https://a.example", **change)

    assert {one.kind for one in check([entry], TODAY)} == kinds
