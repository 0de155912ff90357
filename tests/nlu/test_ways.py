"""Which way of getting in touch an answer asks for, among those that it names."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understand import MODEL, Asked, Reader
from nlu import examples
from nlu.facts import contact, contact_named
from nlu.facts.contact_named import Way
from nlu.facts.plain import plain_of

needs_model = pytest.mark.skipif(not MODEL.is_file(), reason="not trained: run `make train`")
TODAY = date(2026, 11, 30)
Odds = tuple[tuple[str, float], ...]
WANTED = [
    ("The salon phone is where all the clients can hear, so email me", "email"),
    ("I never pick up to numbers I don't know. Text me first", "text"),
    ("gone right off texts since this. can you put it in an email", "email"),
    ("My sister says have them ring but no. A letter, please", "letter"),
    ("ring me, I can't be doing with typing", "phone"),
    ("by phone, evenings", "phone"),
    ("email please", "email"),
    ("text, any time", "text"),
    ("You can write to me here, that will do", "this_chat"),
]
NONE = ["I don't mind, whatever is easiest for you", "you can leave a message"]
# What is wanted where a classifier has been asked, and where it has not.
DECIDED = [
    ((("email", 0.9), ("phone", 0.1)), "email"),
    ((("email", 0.7), ("phone", 0.6)), "email"),
    ((("email", 0.3), ("phone", 0.3)), "phone"),  # neither surely: as the rules say
    ((("phone", 0.1), ("email", 0.1)), None),
    ((), "phone"),
]


@needs_model
@pytest.mark.parametrize(("text", "how"), WANTED)
def test_the_way_that_is_asked_for_is_found_among_others(text: str, how: str) -> None:
    (answer,) = Reader.load().read([Asked("1", text, "contact", TODAY)])
    assert answer["facts"]["contact"]["how"] == how


@needs_model
@pytest.mark.parametrize("text", NONE)
def test_a_way_that_is_only_named_is_not_wanted(text: str) -> None:
    (answer,) = Reader.load().read([Asked("1", text, "contact", TODAY)])
    assert "how" not in answer["facts"].get("contact", {})


@pytest.mark.parametrize(("odds", "how"), DECIDED)
def test_what_is_surely_heard_decides(odds: Odds, how: str | None) -> None:
    plain = plain_of("phone me or the email, I forget")
    fact = contact.read(plain, "contact", lambda _plain: odds)
    assert (fact.value.get("how") if fact else None) == how


def test_a_way_that_must_not_be_used_is_never_wanted() -> None:
    plain = plain_of("don't ring me, he listens in")
    fact = contact.read(plain, "contact", lambda _plain: (("phone", 0.99),))
    assert fact is not None
    assert "how" not in fact.value
    assert "phone" in fact.value["avoid"]


def test_every_way_is_named_with_what_stands_beside_it() -> None:
    ways = contact_named.ways(plain_of("not the landline, text me. My sister rang"))
    assert [(way.how, way.stands) for way in ways] == [
        ("phone", "denied"),
        ("text", "named"),
        ("phone", "loosely"),
    ]
    assert all(isinstance(way, Way) and way.start < way.end for way in ways)


def test_the_examples_are_of_the_contract() -> None:
    hows = {one.how for one in examples.wished()}
    assert hows == {None, "phone", "text", "email", "letter", "this_chat"}
