"""Where it happened among other places that a telling names."""

from __future__ import annotations

import pytest

from tests.nlu.facts.table import facts

WHERE = [
    ("garden trashed. Sawston nr Cambridge", "south-cambridgeshire"),
    ("our gate was smashed in Waterbeach, near Cambridge", "south-cambridgeshire"),
    ("it wasn't Watford, it was Hitchin", "north-hertfordshire"),
    ("slurs on the door. me and my wife have lived in Baldock ten years", "north-hertfordshire"),
    ("officers came to us in Linton and took the phone he had filmed her with",
     "south-cambridgeshire"),
    ("I am writing about my sister. She's in Ware and he hit her", "east-hertfordshire"),
    ("my phone was nicked at a food court in Watford", "watford"),
    ("two boys robbed me by the cash machine in March on Thursday", "fenland"),
    ("I live in Ware since 1971. somebody came in my garden and broke the glass",
     "east-hertfordshire"),
    ("they lit our fence. Ramsey, Cambs.", "huntingdonshire"),
]  # fmt: skip
NOT_WHERE = [
    # where it was told, and where somebody went since
    "I went to the front desk at Hatfield and they wrote it down",
    "he hits me. we are sleeping at my cousin's in Ware",
    "he hit her again. she's at ours now in Ely",
    "he was stabbed two years ago, we live in Royston now",
    "the fire took all we had. we are in a hotel in Ware since",
    "dad hits mum. I'm at uni in Cambridge",
    "what time does Cambridge United kick off",
    "somebody broke the window, they left the church open for walkers",
]


@pytest.mark.parametrize(("said", "district"), WHERE)
def test_where_it_happened(said: str, district: str) -> None:
    assert facts(said)["place"]["district"] == district


@pytest.mark.parametrize("said", NOT_WHERE)
def test_where_it_did_not_happen(said: str) -> None:
    assert "place" not in facts(said)


@pytest.mark.parametrize(
    ("said", "district"),
    [
        ("at my nan's in Soham but I live in Leeds", "east-cambridgeshire"),
        ("I was visiting my aunt in Norwich but I live in Ramsey", None),
    ],
)
def test_asked_where_it_is_not_where_the_writer_lives(said: str, district: str | None) -> None:
    assert facts(said, "where")["place"]["district"] == district


def test_where_somebody_stays_counts_when_that_was_asked() -> None:
    assert facts("I'm at my mum's in Ware", "where")["place"]["district"] == "east-hertfordshire"
