"""Careful limits on how a way is used are kept in the person's words, and rule no way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import facts

LIMITS = [
    ("email is ok but dont mention the assault in the subject line",
     "dont mention the assault in the subject line"),
    ("letter, in a plain envelope please", "in a plain envelope please"),
    ("you can ring, say you're from the dentist if my husband answers",
     "say you're from the dentist if my husband answers"),
    ("letters are fine, but don't put Victim Support on the envelope",
     "don't put Victim Support on the envelope"),
    ("email. nothing about the rape please", "nothing about the rape please"),
    ("phone is ok. withhold your number", "withhold your number"),
    ("ring twice then hang up and I'll ring back", "ring twice then hang up and I'll ring back"),
    ("phone. it takes me a while to get to it", "it takes me a while to get to it"),
    ("any time but call me Jay", "call me Jay"),
    ("my mobile, 07700 900123. Ask for Mrs K", "Ask for Mrs K"),
    ("ring my mobile, never when my dad's in", "never when my dad's in"),
    ("phone but never when he is home", "never when he is home"),
    ("dont mention it to mum and text me after 6", "dont mention it to mum"),
]  # fmt: skip
NO_LIMITS = [
    "call me after 6",
    "call me please",
    "call me Monday",
    "call me don't text",
    "I'd say mornings are best",
    "I don't say much on the phone, text please",
    "dont put anything in a text",
    "don't use the landline",
]
BESIDE_A_WISH = [
    ("robbed yesterday, please email me but dont mention it in the subject",
     ["dont mention it in the subject"]),
    ("Burgled. Please call me Jay. text me after 6", ["Please call me Jay"]),
    ("please email me. he told me never to tell my mum when he hit me", []),
]  # fmt: skip
CALLED_FINE: list[tuple[str, dict[str, Any]]] = [
    ("text is fine but my mum might see it", {"how": "text"}),
    ("text is fine, my mum sees it so don't say what it's about", {"how": "text"}),
    ("text is fine, just dont ring the house. and call me Jay",
     {"how": "text", "avoid": ["landline"]}),
    ("email is fine, my mum sometimes opens my post", {"how": "email", "avoid": ["letter"]}),
    ("my flatmate reads my emails, so text me but say it's the dentist",
     {"how": "text", "avoid": ["email"]}),
    ("dan@example.com. and dont ring the house", {"how": "email", "avoid": ["landline"]}),
    ("don't ring me at home", {"avoid": ["landline"]}),
    ("text me but he reads my texts", {"avoid": ["text"]}),
    ("my mum sees my texts sometimes", {"avoid": ["text"]}),
]  # fmt: skip
HOURS = [
    ("anytime but my mum sees my phone so dont put anything about trans in it", "anytime"),
    ("anytime but he sometimes checks my phone", "anytime but he sometimes checks my phone"),
    ("My mum sees my phone sometimes. Any time", "Any time; My mum sees my phone sometimes"),
    ("never ring when he's in. after 6", "after 6; never ring when he's in"),
    ("mornings. number no hang on, not mornings. after 6", "not mornings. after 6"),
    ("evenings, actually no, mornings", "mornings"),
    ("evenings is", "evenings"),
    ("whenever", "whenever"),
]
NO_HOURS = [
    "whats the point of a co-ordinator after 7 years though",
    "after two rings it goes to voicemail",
    "after 12 months nobody cares",
]


def _told(said: str, question: str | None = "contact") -> dict[str, Any]:
    told = facts(said, question).get("contact")
    return told if isinstance(told, dict) else {}


@pytest.mark.parametrize(("said", "limit"), LIMITS)
def test_how_a_way_may_be_used_is_kept_in_their_words(said: str, limit: str) -> None:
    assert _told(said)["care"] == [limit]


@pytest.mark.parametrize("said", NO_LIMITS)
def test_a_wish_or_a_no_to_a_way_is_no_such_limit(said: str) -> None:
    told = _told(said)
    assert told
    assert "care" not in told


@pytest.mark.parametrize(("said", "limits"), BESIDE_A_WISH)
def test_told_unasked_it_counts_beside_a_wish_and_is_no_part_of_the_story(
    said: str, limits: list[str]
) -> None:
    told = _told(said, None)
    assert told["how"] in ("email", "text")
    assert told.get("care", []) == limits


@pytest.mark.parametrize(("said", "parts"), CALLED_FINE)
def test_a_way_that_is_called_fine_is_kept_and_a_plain_warning_holds(
    said: str, parts: dict[str, Any]
) -> None:
    told = _told(said)
    assert {part: told[part] for part in ("how", "avoid") if told.get(part)} == parts


@pytest.mark.parametrize("part", ["care", "safe_times"])
def test_a_long_limit_is_not_cut_short(part: str) -> None:
    long = "when " + "the one I live with, whose name I would rather not write, " * 3 + "is in"
    starts = {"care": f"ring. never say it's you {long}", "safe_times": f"any time but not {long}"}
    told = _told(starts[part])[part]
    assert (told if part == "safe_times" else told[0]).endswith("is in")


def test_a_warning_that_says_how_to_use_the_way_is_its_reason() -> None:
    said = "any time but my mum sees my phone so dont put anything about trans in it. 07700 900123"
    told = _told(said)
    assert told["care"] == ["my mum sees my phone so dont put anything about trans in it"]
    assert not told.get("avoid")
    assert told["by_number"]


@pytest.mark.parametrize("said", ["please ring 07700 900123", "07700 900123, phone me"])
def test_who_says_to_ring_a_number_names_the_way(said: str) -> None:
    told = _told(said)
    assert told["how"] == "phone"
    assert "by_number" not in told


@pytest.mark.parametrize("said", ["call me Jay", "dont mention the assault"])
def test_a_limit_is_heard_where_the_summary_is_read_back(said: str) -> None:
    assert _told(said, "confirm_summary") == {"care": [said]}


def test_to_tell_nobody_is_no_limit_where_it_may_be_passed_on() -> None:
    assert "care" not in _told("dont tell anyone", "confirm_summary")
    assert _told("dont tell anyone. email")["care"] == ["dont tell anyone"]


@pytest.mark.parametrize(("said", "hours"), HOURS)
def test_the_hours_stand_with_what_limits_them_and_nothing_else(said: str, hours: str) -> None:
    assert _told(said)["safe_times"] == hours


@pytest.mark.parametrize("said", NO_HOURS)
def test_how_long_or_how_often_is_no_hour(said: str) -> None:
    assert "safe_times" not in _told(said)


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        ("telephone but let it ring a long time, I'm hard of hearing", ["hard of hearing"]),
        ("I'm partially deaf, ring but speak up", ["hard of hearing"]),
        ("im deaf, text", ["text relay"]),
    ],
)
def test_who_hears_badly_is_not_taken_to_hear_nothing(said: str, needed: list[str]) -> None:
    assert _told(said)["adjustments"] == needed


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("telephone but let it ring a long time, I'm hard of hearing", "phone"),
        ("phone… evening ok", "phone"),
        ("email please, mornings are best", "email"),
        ("my phone, in the evening", None),
        ("phone and purse, in the evening", None),
        ("my phone was stolen on Monday evening, that's ok now", None),
    ],
)
def test_who_opens_with_a_way_and_says_how_or_when_is_heard_unasked(
    said: str, how: str | None
) -> None:
    assert _told(said, "needs").get("how") == how
