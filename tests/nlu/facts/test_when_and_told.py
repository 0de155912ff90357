"""The day of the deed among days of telling, finding out and dying, on 22 November 2026."""

from __future__ import annotations

import pytest

from tests.nlu.facts.table import facts

OF_THE_DEED = [
    # told or found out on one day, done on another
    ("my niece told us last night that a man flashed at her on Wednesday", "2026-11-18"),
    ("he was hit by a truck on 2 October and died on the 9th", "2026-10-02"),
    ("stabbed on bonfire night, he passed away on the 8th of November", "2026-11-05"),
    # where nothing else is told, the day of death counts
    ("my uncle was murdered, he died on the 9th of October", "2026-10-09"),
    # by the words around it
    ("a week tomorrow since our cat was shot", "2026-11-16"),
    ("it'll be three years on the 4th since she was murdered", "2023-12-04"),
    ("robbed at the bus stop in Hitchin sat. two lads", "2026-11-21"),
    ("they hit my brother at friday lunch", "2026-11-20"),
    ("somebody took my coat this teatime", "2026-11-22"),
    ("a man I had thrown out came back on Friday and punched me", "2026-11-20"),
    ("lads got in next door's shed and stole the mower on Thursday", "2026-11-19"),
    ("I lost my bag on Tuesday, somebody stole it off the bench", "2026-11-17"),
    ("got called names and shoved outside the bank on Tuesday", "2026-11-17"),
    ("I watched a van hit a cyclist on Thursday", "2026-11-19"),
    ("every bank holiday they steal from us. yesterday they smashed the till", "2026-11-21"),
    ("my brother was murdered in Luton, 2018. We never got over it", "2018-01-01"),
    ("the attack was in the early hours of this morning", "2026-11-22"),
    ("mugged during the October half term, Tuesday the 27th, by two boys", "2026-10-27"),
    ("assaulted three years ago in June", "2023-06-01"),
    ("mugged on the third of this month", "2026-11-03"),
    ("he ran me over on the last Saturday in August", "2026-08-29"),
    ("burgled the first Monday of February last year", "2025-02-03"),
    ("my purse was snatched in the market, Thursday dinner time", "2026-11-19"),
    ("the fence was set on fire two days before Christmas 2023", "2023-12-23"),
    ("our tyres were slashed the day before Christmas", "2025-12-24"),
    ("he was killed on the A10 in 2022, the 4th of May", "2022-05-04"),
    ("they sit on my wall most nights. on Friday two of them had a go at my lad", "2026-11-20"),
    ("on Wednesday some men break glass of my car and take bag", "2026-11-18"),
    ("a lad threw paint over the door while we were closing up on Tuesday", "2026-11-17"),
]
TO_TODAY = [
    ("he's been scamming my mum. it started in March", "2026-03-01"),
    ("since the meeting at the hall on 7 September they throw eggs at my door", "2026-09-07"),
    ("our bins were set on fire, third time this month", "2026-11-01"),
]
OF_NO_DEED = [
    "one of my patients told me on Monday that her uncle rapes her",
    "yesterday a pupil told me his dad beats him with a belt",
    "they cloned my card, I only found out on Friday",
    "he raped me for years and I found the videos in September",
    "he stalks me, I blocked him in August",
    "my shed was burgled, it's incident 388 of the 20th",
    "my daughter's trainer takes pictures of the girls, it all came out on Friday",
    "scammed out of everything, my daughter did the sums at the weekend",
    "my shed was burgled, the neighbour rang me on Friday to say the door was off",
    "he harasses me over a loan, I paid it off in June",
    "a stone was thrown over the fence where my nan sat. she cried",
    "the non-mol order is from September and he hits me still",
]
ANSWERS = [
    ("9/11. no hang on it was the tuesday so 10/11", "2026-11-10"),
    ("it was before three days", "2026-11-19"),
    ("that will have been the Friday before last", "2026-11-13"),
    ("long ago. like 2011", "2011-01-01"),
    ("on the Thursday, 5th, near the lido", "2026-11-05"),
    ("over Easter. Easter Monday to be exact", "2026-04-06"),
    ("she died on 20 October. The crash was on the 16th of October", "2026-10-16"),
]


@pytest.mark.parametrize(("said", "first"), OF_THE_DEED)
def test_the_day_of_the_deed(said: str, first: str) -> None:
    assert facts(said)["occurred"]["from"] == first


@pytest.mark.parametrize(("said", "first"), TO_TODAY)
def test_from_its_beginning_to_today(said: str, first: str) -> None:
    found = facts(said)["occurred"]
    assert (found["from"], found["to"]) == (first, "2026-11-22")


@pytest.mark.parametrize("said", OF_NO_DEED)
def test_the_day_of_telling_or_finding_out_is_not_when_it_happened(said: str) -> None:
    assert "occurred" not in facts(said)


@pytest.mark.parametrize(("said", "first"), ANSWERS)
def test_an_answer_that_puts_itself_right_or_counts_back(said: str, first: str) -> None:
    assert facts(said, "when")["occurred"]["from"] == first


def test_a_time_beside_a_place_is_told_with_it() -> None:
    assert facts("by the bandstand in Ely, about nine on Friday", "where")["occurred"]["from"] == (
        "2026-11-20"
    )


def test_a_threat_is_told_and_done_at_once() -> None:
    said = "my husband hits me. he told me last night that he would kill me if I go"
    assert facts(said)["occurred"]["from"] == "2026-11-21"


def test_what_is_told_beside_being_safe_is_kept() -> None:
    said = "yes yes, the fire is out. It was in Paston, Thursday in the evening"
    assert facts(said, "safe_now")["occurred"]["from"] == "2026-11-19"
