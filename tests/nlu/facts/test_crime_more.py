"""A second crime in the same message, and words that only sound like one."""

from __future__ import annotations

import pytest

from tests.nlu.facts.table import TODAY, facts, finder

BOTH = [
    ("burgled on friday, and the card then used in a shop", "burglary", ["fraud_cyber"]),
    ("my house was burgled last tuesday and then they used my card", "burglary", ["fraud_cyber"]),
    ("my bag was stolen on the bus and my card has been used since", "theft", ["fraud_cyber"]),
    ("they nicked my moped and torched it", "arson", ["vehicle_crime"]),
    ("they broke in and raped me", "sexual_offence", ["burglary"]),
]
ONE = [
    "i paid with my card and my bag was stolen",
    "mugged for my phone at knifepoint",
    "my ex hit me and smashed my phone",
    "our office got burgled and they had all the macs",
    "it was not a burglary it was a scam",
    "i was burgled, not scammed",
    "my card was cloned",
]


@pytest.mark.parametrize(("said", "first", "also"), BOTH)
def test_a_crime_named_beside_another_is_read_too(said: str, first: str, also: list[str]) -> None:
    told = facts(said)
    assert (told["crime_type"], told["also"]) == (first, also)


@pytest.mark.parametrize("said", ONE)
def test_what_is_one_crime_is_read_as_one(said: str) -> None:
    assert "crime_type" in facts(said)
    assert "also" not in facts(said)


def test_who_only_asks_or_answers_something_else_tells_no_second_one() -> None:
    said = "my house was burgled last tuesday and then they used my card"
    asked = finder().read(said, today=TODAY, asks=True).facts
    assert "also" not in {fact.name for fact in asked}
    assert "also" not in facts(said, "needs")
