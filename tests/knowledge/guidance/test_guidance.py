"""Guidance: whole, sourced, dated, and in words that a child of eleven can read."""

import re
import shutil
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.assessment.model import CRIME_TYPES
from knowledge.guidance import Guidance, GuidanceError
from knowledge.guidance.load import HERE
from knowledge.guidance.model import Crime

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its way of finding its version is an old one
    import textstat

GUIDANCE = Guidance.load()
READING_AGE = 11
AGE_OF_GRADE = 5  # a pupil of grade n is about n + 5 years old
NUMBERS = re.compile(r"\b(?!999\b|101\b|111\b|55\b|18\b|20\b|12\b)\d[\d ]{2,}\b")
UNASKED = re.compile(r"restorative|meet (?:him|her|them)|forgive|why did", re.IGNORECASE)


def test_there_is_a_page_for_each_kind_of_crime() -> None:
    assert tuple(GUIDANCE.crimes) == CRIME_TYPES


@pytest.mark.parametrize("crime", GUIDANCE.crimes.values(), ids=lambda crime: crime.type)
class TestEachPage:
    """What every page must hold."""

    def test_it_says_what_to_do_expect_and_claim(self, crime: Crime) -> None:
        assert crime.now
        assert crime.expect
        assert len(crime.rights) >= 3

    def test_each_statement_names_its_source_and_the_page_its_day(self, crime: Crime) -> None:
        assert all(one.source.name for one in (*crime.now, *crime.expect, *crime.rights))
        assert date(2026, 1, 1) <= crime.reviewed

    def test_no_right_rests_on_common_knowledge(self, crime: Crime) -> None:
        assert [one for one in crime.rights if one.source.name.startswith("Common")] == []

    def test_it_is_plain(self, crime: Crime) -> None:
        hard = [text for text in _texts(crime) if _reading_age(text) > READING_AGE]
        assert hard == []

    def test_it_pushes_nobody_to_meet_who_did_it(self, crime: Crime) -> None:
        assert [text for text in _texts(crime) if UNASKED.search(text)] == []

    def test_no_number_of_a_service_is_typed_into_it(self, crime: Crime) -> None:
        assert [text for text in _texts(crime) if NUMBERS.search(text)] == []


def test_who_lost_somebody_is_given_nothing_to_do() -> None:
    gentle = {kind for kind, crime in GUIDANCE.crimes.items() if crime.gentle}
    assert gentle == {"homicide_bereavement", "road_collision_bereavement"}
    for kind in gentle:
        assert GUIDANCE.crimes[kind].opening.startswith("We are so sorry.")


def test_the_pledge_is_plain_and_sourced() -> None:
    assert [one.title for one in GUIDANCE.pledge.promises if not one.source.name] == []
    hard = [p.text for p in GUIDANCE.pledge.promises if _reading_age(p.text) > READING_AGE]
    assert hard == []


@pytest.mark.parametrize(
    ("words", "crime"),
    [
        ("my house was burgled", "burglary"),
        ("someone stole my car", "theft"),
        ("car was stolen from the drive", "vehicle_crime"),
        ("i was scammed", "fraud_cyber"),
        ("someone is following me", "stalking"),
        ("help with housing", None),
        ("", None),
    ],
)
def test_the_words_of_a_search_name_a_kind_of_crime(words: str, crime: str | None) -> None:
    assert GUIDANCE.crime_in(words) == crime


def test_a_statement_without_a_known_source_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(HERE, tmp_path / "guidance")
    page = folder / "crimes" / "theft.yml"
    page.write_text(page.read_text("utf-8").replace("source: police", "source: hearsay"), "utf-8")
    with pytest.raises(GuidanceError, match="hearsay"):
        Guidance.load(folder)


def _texts(crime: Crime) -> Iterator[str]:
    yield crime.opening
    yield from (one.text for one in (*crime.now, *crime.expect, *crime.rights))


def _reading_age(text: str) -> float:
    return float(textstat.flesch_kincaid_grade(text)) + AGE_OF_GRADE
