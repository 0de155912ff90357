"""Times as people say them, against Sunday 22 November 2026."""

from __future__ import annotations

import pytest

from tests.nlu.facts.table import TODAY, facts, reading

ANSWERS = [
    ("a week last tuesday", "2026-11-10", "2026-11-10"),
    ("tuesday gone", "2026-11-17", "2026-11-17"),
    ("last tues", "2026-11-17", "2026-11-17"),
    ("fri night", "2026-11-20", "2026-11-20"),
    ("sat night", "2026-11-21", "2026-11-21"),
    ("tuesday week ago", "2026-11-10", "2026-11-10"),
    ("the tuesday before last", "2026-11-10", "2026-11-10"),
    ("three fridays ago", "2026-11-06", "2026-11-06"),
    ("2 weeks ago on friday", "2026-11-06", "2026-11-06"),
    ("tuesday last week", "2026-11-10", "2026-11-10"),
    ("the other day", "2026-11-15", "2026-11-21"),
    ("yday", "2026-11-21", "2026-11-21"),
    ("the night before last", "2026-11-20", "2026-11-20"),
    ("this morning about 6", "2026-11-22", "2026-11-22"),
    ("just now, an hour ago", "2026-11-22", "2026-11-22"),
    ("over the weekend", "2026-11-21", "2026-11-22"),
    ("last week sometime", "2026-11-09", "2026-11-15"),
    ("week before last", "2026-11-02", "2026-11-08"),
    ("3 wks ago", "2026-11-01", "2026-11-01"),
    ("about 3 wks ago", "2026-10-29", "2026-11-04"),
    ("two months ago", "2026-09-22", "2026-09-22"),
    ("3 years ago", "2023-11-01", "2023-11-30"),
    ("last friday week", "2026-11-13", "2026-11-13"),
    ("a week past wednesday", "2026-11-11", "2026-11-11"),
    ("a week ago on friday", "2026-11-13", "2026-11-13"),
    ("friday night into saturday", "2026-11-20", "2026-11-20"),
    ("since two months", "2026-09-22", "2026-11-22"),
    ("a fortnight ago", "2026-11-08", "2026-11-08"),
    ("couple of weeks ago", "2026-11-05", "2026-11-11"),
    ("two nights running", "2026-11-20", "2026-11-22"),
    ("14/3", "2026-03-14", "2026-03-14"),
    ("9/11/26", "2026-11-09", "2026-11-09"),
    ("12.11.24", "2024-11-12", "2024-11-12"),
    ("2026-03-14", "2026-03-14", "2026-03-14"),
    ("14th of march last year", "2025-03-14", "2025-03-14"),
    ("It was the fourteenth of March, a Saturday.", "2026-03-14", "2026-03-14"),
    ("dec 24", "2025-12-24", "2025-12-24"),
    ("14th", "2026-11-14", "2026-11-14"),
    ("the 24th", "2026-10-24", "2026-10-24"),
    ("tuesday 10th november", "2026-11-10", "2026-11-10"),
    ("while we were away, 4th to the 18th", "2026-11-04", "2026-11-18"),
    ("in march", "2026-03-01", "2026-03-31"),
    ("march 2023", "2023-03-01", "2023-03-31"),
    ("last november", "2025-11-01", "2025-11-30"),
    ("early january", "2026-01-01", "2026-01-11"),
    ("in december", "2025-12-01", "2025-12-31"),
    ("in 2019", "2019-01-01", "2019-12-31"),
    ("in the 80s", "1980-01-01", "1989-12-31"),
    ("last year", "2025-01-01", "2025-12-31"),
    ("last summer", "2026-06-01", "2026-08-31"),
    ("summer 2024", "2024-06-01", "2024-08-31"),
    ("christmas eve", "2025-12-24", "2025-12-24"),
    ("xmas day 2024", "2024-12-25", "2024-12-25"),
    ("the day after boxing day", "2025-12-27", "2025-12-27"),
    ("bank holiday monday", "2026-08-31", "2026-08-31"),
    ("the night of the bonfire", "2026-11-05", "2026-11-05"),
    ("halloween", "2026-10-31", "2026-10-31"),
    ("mothers day", "2026-03-15", "2026-03-15"),
    ("good friday", "2026-04-03", "2026-04-03"),
    ("half term", "2026-10-24", "2026-11-01"),
    ("since easter", "2026-04-03", "2026-11-22"),
    ("every weekend since may", "2026-05-01", "2026-11-22"),
    ("for the past two years", "2024-11-22", "2026-11-22"),
    ("on and off for 2 years", "2024-11-22", "2026-11-22"),
    ("it started in lockdown", "2020-03-23", "2026-11-22"),
    ("friday or saturday", "2026-11-20", "2026-11-21"),
    ("from friday to sunday", "2026-11-20", "2026-11-22"),
    ("first time was february and the last time was yesterday", "2026-02-01", "2026-11-21"),
    ("not yesterday, the day before yesterday", "2026-11-20", "2026-11-20"),
]
NO_ANSWERS = [
    "dunno", "when i was 12", "next friday", "24/7", "the 31st of june", "yes", "rather not say",
    "between 8pm and midnight", "my court case is on 3rd december", "tomorrow",
]  # fmt: skip
IN_A_STORY = [
    ("some lad nicked my bike outside hitchin station last tuesday", "2026-11-17", "2026-11-17"),
    ("i reported it on monday but it happened on saturday night", "2026-11-21", "2026-11-21"),
    ("i moved here in 2019 and last week they smashed my window", "2026-11-09", "2026-11-15"),
    ("my son was stabbed on the 3rd of june, funeral was on 2nd july", "2026-06-03", "2026-06-03"),
    ("the sun was out and i sat down when he hit me on saturday", "2026-11-21", "2026-11-21"),
    ("he has been hitting me for 3 years", "2023-11-22", "2026-11-22"),
    ("stolen between friday night and sunday morning", "2026-11-20", "2026-11-22"),
    ("my dad was killed in may last year", "2025-05-01", "2025-05-31"),
    ("woke up this morning to find my van gone", "2026-11-22", "2026-11-22"),
    ("no sorry it was friday", "2026-11-20", "2026-11-20"),
    ("my phone got nicked on 14/11 in town", "2026-11-14", "2026-11-14"),
    ("they stole our dog friday the thirteenth", "2026-11-13", "2026-11-13"),
    ("a bloke hit me yesterday no sorry day before, friday", "2026-11-20", "2026-11-20"),
    ("it was 1991, he attacked me, and i told nobody until tonight", "1991-01-01", "1991-12-31"),
    ("on boxing day my ex came round and kicked the door in", "2025-12-26", "2025-12-26"),
]
OTHER_TIMES = [
    "i may have been scammed",
    "he marched me to the cash machine and took my phone",
    "my court date for the burglary is 14th of december",
    "ring me after 6 on tuesday",
    "are you open on sunday?",
    "police came on tuesday",
    "i cant sleep since friday",
    "we have been together for 12 years",
    "i am 45 born 12/03/1981",
    "he is 24/7 on my case",
    "phone me on 07700 900123",
    "41/12345/26 is my crime number",
    "i had an operation last month",
    "hope someone can talk to me today",
    "i have been waiting 3 weeks to hear back",
    "not tonight",
    "happy christmas",
    "10/10",
    "i will be 18 in june",
    "they came up to the 3rd floor and took my bag",
    "he took £12.11 from my purse",
]


@pytest.mark.parametrize(("said", "first", "last"), ANSWERS)
def test_an_answer_to_when(said: str, first: str, last: str) -> None:
    found = facts(said, "when").get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (first, last)


@pytest.mark.parametrize("said", NO_ANSWERS)
def test_no_answer_to_when(said: str) -> None:
    assert "occurred" not in facts(said, "when")


@pytest.mark.parametrize(("said", "first", "last"), IN_A_STORY)
def test_a_time_in_a_story(said: str, first: str, last: str) -> None:
    found = facts(said).get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (first, last)


@pytest.mark.parametrize("said", OTHER_TIMES)
def test_times_of_other_things(said: str) -> None:
    assert "occurred" not in facts(said)


def test_march_alone_is_asked_about() -> None:
    found = reading("it happened in march")
    assert [item.name for item in found.unclear] == ["place_or_time"]
    assert [option.name for option in found.unclear[0].options] == ["occurred", "place"]
    assert "occurred" not in {fact.name for fact in found.facts}


@pytest.mark.parametrize(
    ("said", "question", "field"),
    [
        ("in march", "when", "occurred"),
        ("march", "where", "place"),
        ("i live in March and was burgled last night", None, "place"),
        ("my house in Ware was burgled in march", None, "occurred"),
        ("it happened last march", None, "occurred"),
    ],
)
def test_march_with_a_sign_is_clear(said: str, question: str | None, field: str) -> None:
    found = reading(said, question)
    assert field in {fact.name for fact in found.facts}
    assert not found.unclear


@pytest.mark.parametrize(
    "said",
    ["neighbour has been playing loud music for months", "he has been hitting me for years"],
)
def test_a_time_that_counts_nothing_is_supposed_until_it_is_confirmed(said: str) -> None:
    found = reading(said)
    assert "occurred" not in {fact.name for fact in found.facts}
    assert [fact.name for fact in found.supposed] == ["occurred"]
    assert "occurred" in facts("for months", "when")


def test_the_words_are_kept_as_written() -> None:
    assert facts("it was a week LAST Tues", "when")["occurred"]["as_said"] == "a week LAST Tues"
    assert TODAY.isoweekday() == 7
