"""A warning that others see what comes by a way is never the wish for that way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import facts

LETTER, EMAIL, TEXT, PHONE = ["letter"], ["email"], ["text"], ["phone", "text"]
WARNINGS: list[tuple[str, list[str]]] = [
    ("my mum opens my post", LETTER),
    ("no, my mum opens my post", LETTER),
    ("he opens all my post", LETTER),
    ("no he opens all my post", LETTER),
    ("my wife reads my emails", EMAIL),
    ("no my wife reads my emails", EMAIL),
    ("the whole family sees that email", EMAIL),
    ("My flatmate's nosey and opens letters", LETTER),
    ("my dad gets to the post before me", LETTER),
    ("the post is always opened by my husband", LETTER),
    ("my letters get opened here", LETTER),
    ("post goes to my parents house", LETTER),
    ("if a letter comes he'll open it", LETTER),
    ("a letter would give me away", LETTER),
    ("letters - my mum opens them", LETTER),
    ("we share a letterbox", LETTER),
    ("someone else might open my letters", LETTER),
    ("post isn't private here", LETTER),
    ("my brother has the password to my email", EMAIL),
    ("my ex can log into my email", EMAIL),
    ("my emails come up on his phone", EMAIL),
    ("it's a shared inbox", EMAIL),
    ("my partner and I share an email", EMAIL),
    ("email is risky, my boss reads it", EMAIL),
    ("my girlfriend sees my texts", TEXT),
    ("he goes through my texts", TEXT),
    ("texts pop up on the family ipad", TEXT),
    ("my husband could read a text", TEXT),
    ("my son has got my messages on his tablet", TEXT),
    ("he checks my phone", PHONE),
    ("no, he checks my phone", PHONE),
    ("my boyfriend is always on my phone", PHONE),
    ("my phone is shared with my sister", PHONE),
    ("my mum looks through my phone every night", PHONE),
    ("my husband listens to my calls", ["phone"]),
    ("if you ring he will go mad", ["phone"]),
    ("everyone in the house can hear me", ["phone"]),
    ("my gran answers the landline", ["landline"]),
    ("he opens my post and reads my emails", ["email", "letter"]),
    ("he reads my texts, emails and letters", ["email", "letter", "text"]),
    ("I don't want my mum to see a letter", LETTER),
    ("scared of him finding a letter", LETTER),
    ("they read everything, texts too, my dad checks them", TEXT),
    ("my kids use my phone", PHONE),
    ("my husband doesn't know so nothing to the house", LETTER),
]
TWO_WAYS: list[tuple[str, dict[str, Any]]] = [
    ("email me, my mum opens my post", {"how": "email", "avoid": LETTER}),
    ("my mum opens my post so text me", {"how": "text", "avoid": LETTER}),
    ("my mum opens my post, email is fine", {"how": "email", "avoid": LETTER}),
    ("no letters, he opens them. Ring me", {"how": "phone", "avoid": LETTER}),
    ("letter please. my husband reads my emails", {"how": "letter", "avoid": EMAIL}),
    ("he reads my emails but a letter is ok", {"how": "letter", "avoid": EMAIL}),
    ("phone, my husband goes through my texts", {"how": "phone", "avoid": TEXT}),
    ("call me don't text, he checks my phone", {"how": "phone", "avoid": TEXT}),
    ("my phone is shared with my brother, email me", {"how": "email", "avoid": PHONE}),
    ("letter so she doesn't see my texts", {"how": "letter", "avoid": TEXT}),
    ("email so my dad doesn't see the post", {"how": "email", "avoid": LETTER}),
    ("text or email, but he reads my texts", {"how": "email", "avoid": TEXT}),
    ("they took my phone, so email me", {"how": "email", "avoid": PHONE}),
    ("text me, he reads my texts", {"avoid": TEXT}),
    ("a letter, but my mum opens them", {"avoid": LETTER}),
    ("my mum answers the home phone, ring my mobile", {"how": "phone", "avoid": ["landline"]}),
    ("07700 900321 but my ex has that phone now", {"avoid": PHONE}),
    ("everyone at work sees my emails, text is best", {"how": "text", "avoid": EMAIL}),
    ("ring when he's at work, he checks my phone at night", {"how": "phone", "avoid": TEXT}),
]
NO_WARNING: list[tuple[str, dict[str, Any]]] = [
    ("nobody else opens my post, letter please", {"how": "letter"}),
    ("by post, my mum never opens my letters", {"how": "letter"}),
    ("email. he doesn't read my emails", {"how": "email"}),
    ("only I see my email", {"how": "email"}),
    ("a letter, my daughter reads me my letters and that's fine", {"how": "letter"}),
    ("email is fine, I live alone", {"how": "email"}),
    ("text me on my mobile", {"how": "text"}),
    ("email please, I check it every day", {"how": "email"}),
    ("who sees my email?", {}),
    ("by letter, I get the post myself", {"how": "letter"}),
    ("ring me, I have my phone on me", {"how": "phone"}),
    ("letter please, I trust my mum", {"how": "letter"}),
    ("my friend says email is best", {"how": "email"}),
]


def _parts(said: str) -> dict[str, Any]:
    told = facts(said, "contact").get("contact") or {}
    found = {part: told[part] for part in ("how", "avoid") if told.get(part)}
    return {part: sorted(one) if part == "avoid" else one for part, one in found.items()}


@pytest.mark.parametrize(("said", "avoided"), WARNINGS)
def test_a_warning_is_never_the_wish(said: str, avoided: list[str]) -> None:
    assert _parts(said) == {"avoid": avoided}


@pytest.mark.parametrize("said", ["he reads my emails", "my flatmate can see my inbox"])
def test_a_warning_is_heard_where_the_summary_is_read_back(said: str) -> None:
    assert facts(said, "confirm_summary")["contact"] == {"avoid": ["email"]}


@pytest.mark.parametrize("said", ["my neighbour saw it", "my brother has it now"])
def test_what_others_saw_of_the_crime_is_no_warning(said: str) -> None:
    assert "contact" not in facts(said, "confirm_summary")


@pytest.mark.parametrize(("said", "parts"), TWO_WAYS)
def test_of_two_ways_the_safe_one_is_wished_for(said: str, parts: dict[str, Any]) -> None:
    assert _parts(said) == parts


@pytest.mark.parametrize(("said", "parts"), NO_WARNING)
def test_what_warns_of_nobody_is_a_wish(said: str, parts: dict[str, Any]) -> None:
    assert _parts(said) == parts


@pytest.mark.parametrize(
    "said",
    [
        "she sees them first",
        "he reads everything",
        "my mum would open it",
        "he'd see it",
        "make sure my wife doesn't see it",
        "my parents don't know",
        "he would go mad",
        "I don't want my dad finding out",
    ],
)
def test_a_warning_that_names_no_way_is_about_the_one_that_was_asked(said: str) -> None:
    assert _parts(said) == {"avoid": ["this_way"]}


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("he checks my phone at night", None),
        ("everyone at work sees my emails, text is best", None),
        ("ring me, he checks my phone at night", "he checks my phone at night"),
        ("text me after six, he has my phone in the day", "after six, he has my phone in the day"),
    ],
)
def test_the_hours_at_which_others_look_are_not_taken_for_safe(
    said: str, hours: str | None
) -> None:
    assert facts(said, "contact")["contact"].get("safe_times") == hours


def test_who_checks_a_phone_leaves_no_message_and_asks_for_no_call() -> None:
    told = facts("my wife goes through my phone. Yesterday I had to call my mum")["contact"]
    assert told | {"avoid": sorted(told["avoid"])} == {
        "safe_to_leave_message": False,
        "avoid": ["phone", "text"],
    }


def test_what_is_no_problem_is_what_stands_before_it() -> None:
    fine = facts("Any day, my husband also can see it no problem", "contact")["contact"]
    assert "avoid" not in fine
    for said in ("he reads my texts. calling is no problem", "he can see it no problem for him"):
        assert facts(said, "contact")["contact"]["avoid"]
    late = facts("my ex reads my emails. it does not matter what time you call", "contact")
    assert "email" in late["contact"]["avoid"]
