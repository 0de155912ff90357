"""What must never happen, on text of every kind."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest

from tests.nlu.facts.table import TODAY, finder

QUESTIONS = (
    None, "welcome", "role", "safe_now", "crime_type", "when", "where", "reported", "needs",
    "vulnerability", "contact", "consent", "confirm_summary", "offer_human", "feedback",
)  # fmt: skip
PIECES = (
    "last", "next", "tuesday", "31st", "29th of february", "february", "99/99/9999", "0/0", "in",
    "2099", "december", "3000 years ago", "999 weeks ago", "for 900 decades", "sg8", "SG1 3GR",
    "march", "tomorrow", "since", "easter", "christmas 2030", "'", "’", "\n", "...", "٣/٤", "½",
    "😭", "İ", "ﬁ", "\x00", "\u202e", "41/1/1", "my", "was burgled", "not",
    "don't", "£", "1st", "to", "and",
    "between", "0001-01-01", "9999-12-31", "week", "a", "gone", "ago", "the 1980s", "20", "24/7",
)  # fmt: skip
DAYS = (TODAY, date(2024, 2, 29), date(2027, 1, 1), date(1, 1, 1), date(2026, 3, 31))


def _texts(number: int) -> list[str]:
    dice = random.Random(7)  # noqa: S311 - for tests
    texts = []
    for _ in range(number):
        pieces = [dice.choice(PIECES) for _ in range(dice.randint(1, 12))]
        odd = "".join(chr(dice.randrange(0x20, 0x2FFF)) for _ in range(dice.randint(0, 12)))
        texts.append(dice.choice(("", odd)) + " ".join(pieces))
    return texts


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_nothing_raises_and_no_time_lies_ahead(today: date) -> None:
    for at, text in enumerate(_texts(400)):
        found = finder().read(text, question=QUESTIONS[at % len(QUESTIONS)], today=today)
        names = [fact.name for fact in found.facts]
        assert len(names) == len(set(names))
        for fact in found.facts:
            if fact.name == "occurred":
                first, last = fact.value["from"], fact.value["to"]
                assert first <= last <= today.isoformat(), text


@pytest.mark.parametrize("ahead", range(0, 400, 13))
def test_every_day_of_a_year_reads_relative_days_in_its_past(ahead: int) -> None:
    today = TODAY + timedelta(ahead)
    for said in (
        "last tuesday",
        "easter",
        "half term",
        "bank holiday",
        "in may",
        "over the weekend",
    ):
        found = finder().find(said, question="when", today=today)
        assert found, said
        assert found[0].value["to"] <= today.isoformat()


def test_no_full_postcode_or_house_number_is_kept() -> None:
    told = (
        "burgled at 14 Bedford Street, SG1 3GR on friday, took my bag at 14 Bedford Street SG13GR"
    )
    for question in ("where", "welcome", "crime_type"):
        found = finder().read(
            told, question=question, today=TODAY, odds={"crime_type": [("burglary", 0.9)]}
        )
        kept = str(found).lower()
        assert "3gr" not in kept
        assert "14 bedford" not in kept


def test_it_is_quick() -> None:
    usual = "my house in hitchin was broken into last tuesday, i've told the police, cant sleep"
    finder().find(usual, today=TODAY)
    start = time.process_time()
    for _ in range(20):
        finder().find(usual, today=TODAY)
    assert (time.process_time() - start) / 20 < 0.012  # 3 ms on a quiet machine
