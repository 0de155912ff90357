"""How to get in touch, and when: what asks for it, what denies it, and what limits the hours."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import facts

NO_WISH = [
    "by the underpass two lads made my son hand over his phone",
    "they demanded my mobile on Friday after school, three of them by the shops",
    "he threatened me by email and by text",
    "someone posts my number online so strangers call me at all hours",
    "the neighbours' boys phone us every night, by the dozen",
    "they took his coat and his phone. He begs me not to ring the police",
    "my husband keeps my passport, I am not allowed a phone",
    "the dog warden won't ring me back",
    "how do I make this bigger, I can't read the letters",
]
WISHES = [
    ("Burgled on Friday. You can ring me after 5, not Mondays", "phone", "after 5, not Mondays"),
    ("I was robbed. By text please, evenings", "text", "evenings"),
    ("my bike was stolen. Best to email me", "email", None),
    ("he follows me. Please contact me by letter", "letter", None),
    ("I'm deaf so texts only, 07700 900219", "text", None),
]
WAYS: list[tuple[str, dict[str, Any]]] = [
    ("email. On the phone I don't understand so quick", {"how": "email", "avoid": ["phone"]}),
    ("Text only. Voice call no good", {"how": "text", "avoid": ["phone"]}),
    ("The telephone is hard for me, a letter please", {"how": "letter", "avoid": ["phone"]}),
    ("Email would suit me. Or the telephone if you must", {"how": "email"}),
    ("Phone at a push, a letter works best", {"how": "letter"}),
    ("Email me rather than my daughter", {"how": "email"}),
    ("Text me instead of ringing", {"how": "text", "avoid": ["phone"]}),
    ("nobody else has my phone", {}),
    ("my son uses my phone", {"avoid": ["phone", "text"]}),
    ("A letter would be nice. Nobody sends letters", {"how": "letter"}),
    ("can't you just do it on here", {"how": "this_chat"}),
    ("you can talk to me on here can't you", {"how": "this_chat"}),
    ("nothing that pops up on my phone screen", {}),
    ("no problem, ring me", {"how": "phone"}),
    ("don't ring me", {"avoid": ["phone"]}),
]
HOURS = [
    ("Any time except Thursday", "Any time except Thursday"),
    ("any time he's out", "any time he's out"),
    ("half 4 onwards", "half 4 onwards"),
    ("afternoons. not Tuesdays", "afternoons. not Tuesdays"),
    ("not in lessons. after 4", "not in lessons. after 4"),
    ("evenings. never when my dad is in", "evenings. never when my dad is in"),
    ("I'm asleep in the day", "I'm asleep in the day"),
    ("not Weds or Sat", "not Weds or Sat"),
    ("lunchtimes, 12 to 1", "lunchtimes, 12 to 1"),
    ("8 til 5", "8 til 5"),
    ("every time is ok", "every time"),
    ("mornings, I have choir on Friday", "mornings, I have choir on Friday"),
    ("evenings on 07700 900219 but never Sundays", "evenings but never Sundays"),
    ("after 5", "after 5"),
]


@pytest.mark.parametrize("said", NO_WISH)
def test_a_telling_that_asks_for_no_contact_holds_none(said: str) -> None:
    assert "contact" not in facts(said)


@pytest.mark.parametrize(("said", "how", "hours"), WISHES)
def test_a_telling_that_asks_for_contact_holds_it(said: str, how: str, hours: str | None) -> None:
    told = facts(said)["contact"]
    assert (told["how"], told.get("safe_times")) == (how, hours)


@pytest.mark.parametrize(("said", "parts"), WAYS)
def test_the_way_is_the_one_that_is_wanted(said: str, parts: dict[str, Any]) -> None:
    told = facts(said, "contact").get("contact") or {}
    found = {part: told[part] for part in ("how", "avoid") if part in told}
    assert found | ({"avoid": sorted(found["avoid"])} if "avoid" in found else {}) == parts


@pytest.mark.parametrize(("said", "hours"), HOURS)
def test_nothing_that_limits_the_hours_is_dropped(said: str, hours: str) -> None:
    assert facts(said, "contact")["contact"]["safe_times"] == hours


def test_any_time_to_ring_is_not_every_time_it_happens() -> None:
    assert "repeated" not in facts("every time is ok", "contact")
    assert facts("every time he comes he hits me", "contact")["repeated"] is True


@pytest.mark.parametrize(
    ("said", "avoided"),
    [
        ("he hits me. Please don't ring me", ["phone"]),
        ("Please don't get anyone to phone me", ["phone"]),
        ("burgled last week. Not the landline please", ["landline"]),
        ("they did not ring me", []),
    ],
)
def test_what_is_forbidden_unasked_is_avoided(said: str, avoided: list[str]) -> None:
    assert (facts(said).get("contact") or {}).get("avoid", []) == avoided
