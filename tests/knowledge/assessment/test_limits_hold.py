"""A limit that somebody told about being reached is never wiped by what they say later."""

from typing import Any

import pytest

from knowledge.assessment.contact import no_contact_told, with_contact

ANY = {"safe_times": "any time", "times": ["morning", "afternoon", "evening"]}
EVENINGS = {"safe_times": "evenings", "times": ["evening"]}


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [
        ("evenings, never when he is in", ANY, True),
        ("evenings, never when he is in", EVENINGS, True),
        ("anytime but my mum sees my phone at home", ANY, True),
        ("my mum is out after 6", ANY, True),
        ("any time but not Mondays", ANY, True),
        ("not before six", {"how": "letter"}, True),
        ("only after six", EVENINGS, False),
        ("after six", ANY, False),
        ("no problem", ANY, False),
        ("my mobile in the evening", ANY, False),
        ("evenings, never when he is in", {"how": "email"}, False),
    ],
)
def test_a_limit_outlives_the_hours_that_it_stood_with(
    first: str, then: dict[str, Any], *, kept: bool
) -> None:
    told = with_contact(no_contact_told(), {"how": "phone", "safe_times": first})
    told = with_contact(told, then)
    assert told["care"] == ([first] if kept else [])
    assert kept or told["safe_times"] in (first, then.get("safe_times"))


def test_careful_limits_add_up_and_stand_once() -> None:
    told = with_contact(no_contact_told(), {"how": "text", "care": ["call me Jay"]})
    told = with_contact(told, {"care": ["call me Jay", "nothing about trans"], **ANY})
    told = with_contact(told, {"how": "email"})
    assert told["care"] == ["call me Jay", "nothing about trans"]


def test_a_record_from_before_there_were_careful_limits_takes_them() -> None:
    older = {key: one for key, one in no_contact_told().items() if key != "care"}
    assert with_contact(older, {"care": ["call me Jay"]})["care"] == ["call me Jay"]
    assert with_contact(older, {"how": "text"})["care"] == []
