"""Facts that are put right, asked about or named only to say that they are not so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import TODAY, facts, finder


@pytest.mark.parametrize("text", ["police? i must tell?", "the police? how?"])
@pytest.mark.parametrize("known", ["yes", "no", "does_not_want"])
def test_a_question_alone_does_not_tell_whether_the_police_know(text: str, known: str) -> None:
    odds = {"reported": [(known, 0.9)]}
    found = finder().read(text, question="reported", today=TODAY, odds=odds)
    assert "reported" not in {fact.name for fact in found.facts}


def test_an_answer_with_a_question_after_it_does() -> None:
    assert facts("no. must I tell them?", "reported")["reported"] == "no"


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("it's she who doesn't want the police, I'd tell them", "no"),
        ("she doesn't want the police", "does_not_want"),
    ],
)
def test_whose_wish_it_is(text: str, reported: str) -> None:
    assert facts(text, "confirm_summary")["reported"] == reported


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("not me, it's my wife", "other"),
        ("it happened to my mum, not me", "other"),
        ("it was me, not my wife", None),
    ],
)
def test_who_it_happened_to_is_put_right_where_the_summary_is_read_back(
    text: str, role: str | None
) -> None:
    assert facts(text, "confirm_summary").get("role") == role


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("home is ok, i have home", {"shelter_accommodation": 0}),
        ("we are not homeless", {"shelter_accommodation": 0}),
        ("i sleep in hotel", {"shelter_accommodation": 2}),
        ("two staff resigned", {"education_skills_employment": 1}),
        ("it costs us £600 a week", {"finance_benefits": 1}),
        ("short with everyone at home", {"family_friends_children": 1}),
        ("just embarrassed", {"outlook_attitudes": 1}),
        ("pissed off", {"outlook_attitudes": 1}),
        ("he was pissed off", None),
    ],
)
def test_what_it_has_changed(text: str, needs: dict[str, int] | None) -> None:
    assert facts(text, "needs").get("needs") == needs


def test_nobody_who_is_not_afraid_is_noted_as_afraid() -> None:
    assert "needs" not in facts("it was in Ware and I am not afraid of anyone", "confirm_summary")


@pytest.mark.parametrize(
    ("text", "crimes"),
    [
        ("my bank card stolen and someone use it in shop", ("theft", ["fraud_cyber"])),
        ("my card was nicked", ("theft", None)),
        ("my card details were stolen", ("fraud_cyber", None)),
    ],
)
def test_a_card_that_was_taken_is_a_theft_whatever_it_sounds_like(
    text: str, crimes: tuple[Any, Any]
) -> None:
    odds = {"crime_type": [("fraud_cyber", 0.45), ("burglary", 0.4), ("theft", 0.01)]}
    found = finder().read(text, question=None, today=TODAY, odds=odds)
    told = {fact.name: fact.value for fact in found.facts}
    assert (told.get("crime_type"), told.get("also")) == crimes
