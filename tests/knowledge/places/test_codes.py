"""Postcodes: the outward half decides, border codes ask, the inward half is never kept."""

from __future__ import annotations

import pytest

from knowledge.places import Ambiguous, Gazetteer, reading

GAZETTEER = Gazetteer.load()
CODES = [row for row in reading.rows("places.csv") if row["kind"] == "outcode"]
BORDER = [row["outcode"] for row in CODES if row["straddles"] == "true"]
WHOLE = [row for row in CODES if row["straddles"] == "false" and "%" in row["district"]]


@pytest.mark.parametrize("code", BORDER)
def test_a_code_on_the_border_is_never_guessed(code: str) -> None:
    answer = GAZETTEER.resolve(f"{code} 4AB")

    assert answer.place is None
    assert answer.must_ask or answer.outside
    with pytest.raises(Ambiguous):
        answer.one()


@pytest.mark.parametrize("row", WHOLE, ids=lambda row: row["outcode"])
def test_a_code_within_one_district_resolves(row: dict[str, str]) -> None:
    name, _ = next(iter(reading.outcodes([row]).values())).districts[0]

    assert GAZETTEER.resolve(row["outcode"].lower()).one().district == reading.slug(name)


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("SG1 4AB", "stevenage"),
        ("sg14ab", "stevenage"),
        ("sg141ab", "east-hertfordshire"),
        ("my postcode is SG1 4AB thanks", "stevenage"),
        ("SG8, Royston", "north-hertfordshire"),
        ("Melbourn SG8 6AB", "south-cambridgeshire"),
        ("PE7 Whittlesey", "fenland"),
        ("pe1", "peterborough"),
    ],
)
def test_a_code_with_or_without_a_town(said: str, district: str) -> None:
    assert GAZETTEER.resolve(said).one().district == district


def test_a_code_over_several_districts_of_one_county_keeps_the_county() -> None:
    answer = GAZETTEER.resolve("SG3")

    assert answer.must_ask
    assert answer.county == "hertfordshire"


def test_towns_are_offered_for_a_border_code() -> None:
    names = {place.name for place in GAZETTEER.towns("SG8")}

    assert {"Royston", "Melbourn", "Barley"} <= names


def test_the_inward_half_of_a_postcode_is_never_kept() -> None:
    sentence = "i live at 4 High Street, AL10 9XY in Hatfield"
    code = GAZETTEER.mentions(sentence)[0]

    assert sentence[code.start : code.end] == "AL10 9XY"
    assert code.as_said == "AL10"
    assert "9XY" not in repr(GAZETTEER.mentions(sentence))
    assert "4AB" not in repr(GAZETTEER.resolve("SG1 4AB"))


NO_CODES = (
    "on the m25|the a1 near junction 7|me2 tbh|ne1 there?|it was so 1 2nd ago|ps5 and an xbox"
)


@pytest.mark.parametrize("sentence", NO_CODES.split("|"))
def test_roads_and_chat_words_are_no_postcodes(sentence: str) -> None:
    assert GAZETTEER.mentions(sentence) == ()
