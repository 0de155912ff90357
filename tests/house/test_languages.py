"""Every language that is told from English has its words, and 999 stands where it must."""

import re
import unicodedata

import pytest
import yaml

from actions.tongues import FOLDER, UNDETERMINED, tongue
from tests.house import domain

RECOGNISED = yaml.safe_load((domain.ROOT / "nlu/risk/languages.yml").read_text("utf-8"))
# Some are recognised but not told from one another (Urdu, Hindi, Punjabi in Latin letters: `und`).
TOLD_APART = {entry.get("code", name) for name, entry in RECOGNISED.items()} - {UNDETERMINED}
CODES = sorted(path.stem for path in FOLDER.glob("*.yml"))
TEXTS = ("offer", "asked", "waiting", "emergency", "urgent")
RIGHT_TO_LEFT = {"ar", "ur"}


def test_every_language_that_is_told_from_english_has_its_words() -> None:
    assert TOLD_APART - set(CODES) == set()
    assert len(CODES) > 10


def test_no_words_stand_for_a_language_that_nobody_recognises() -> None:
    assert set(CODES) - TOLD_APART == {UNDETERMINED}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("text", TEXTS)
def test_999_is_named_in_everything_that_is_said(code: str, text: str) -> None:
    assert "999" in getattr(tongue(code), text)


@pytest.mark.parametrize("code", CODES)
def test_in_an_emergency_999_comes_in_the_first_sentence_and_55_after(code: str) -> None:
    words = tongue(code).emergency
    assert "999" in re.split(r"[.。।۔]", words)[0]
    assert "55" in words


@pytest.mark.parametrize("code", CODES)
def test_that_the_team_knows_is_a_sentence_of_its_own(code: str) -> None:
    said = tongue(code)
    for first, told in ((said.emergency, said.emergency_told), (said.urgent, said.urgent_told)):
        assert not re.search(r"\d", told)
        assert told not in first
        assert first[-1] in ".。।۔"


@pytest.mark.parametrize("code", sorted(set(CODES) - {UNDETERMINED}))
def test_no_language_stands_in_place_of_another(code: str) -> None:
    others = [tongue(other).offer for other in CODES if other != code]
    assert tongue(code).offer not in others
    assert tongue(code).accept != tongue(code).decline


@pytest.mark.parametrize("code", CODES)
def test_its_own_buttons_are_a_yes_and_a_no(code: str) -> None:
    said = tongue(code)
    assert said.accepts(said.accept)
    assert said.declines(said.decline)
    assert not said.declines(said.accept)


@pytest.mark.parametrize("code", CODES)
def test_right_to_left_is_told_by_the_first_letter(code: str) -> None:
    """Pages set `dir="auto"`, which goes by the first letter that has a direction."""
    said = tongue(code)
    for words in (*(getattr(said, text) for text in TEXTS), said.accept, said.decline):
        directions = (unicodedata.bidirectional(letter) for letter in words)
        first = next(one for one in directions if one in ("L", "R", "AL"))
        assert (first != "L") == (code in RIGHT_TO_LEFT)


def test_a_language_without_words_gets_those_for_any() -> None:
    assert tongue("xx") is tongue(UNDETERMINED)
    assert tongue("../pl") is tongue(UNDETERMINED)
