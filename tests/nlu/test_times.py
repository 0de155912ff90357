"""Which of the times in a telling is that of what happened, as the trained assistant hears it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from bot.understand import MODEL, Asked, Reader, trained
from nlu import examples, times
from nlu.components.shared import embedding
from nlu.examples import Told
from nlu.facts import dates
from nlu.facts.plain import plain_of
from nlu.mentions import MentionReader

needs_model = pytest.mark.skipif(not MODEL.is_file(), reason="not trained: run `make train`")
TODAY = date(2026, 11, 30)  # a Monday
ENOUGH = 2500  # marked times; fewer were not enough to tell them apart
TELLINGS = [
    (
        "I volunteer at the food bank and a lad there told me on Friday that his step dad locks "
        "him in the coal shed",
        None,
    ),
    ("My bike was cut off the rack outside the pool. I have had it since 2019.", None),
    ("someone keyed our car while we were at mass. my girl is ten this Saturday", None),
    (
        "We moved to Hatfield two years ago from Ghana. On Thursday a man spat at my wife at the "
        "bus stop and said go home",
        "2026-11-26",
    ),
    (
        "I've worked on the tills for 22 years. On Wednesday a man punched me over a scratch card",
        "2026-11-25",
    ),
    (
        "Last Tuesday I was walking the dog by the river and two boys on bikes pulled my bag off "
        "me. I told my doctor yesterday",
        "2026-11-24",
    ),
]


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return [one for one in examples.told() if one.times]


def test_marks_stand_where_the_times_are(told: list[Told]) -> None:
    assert sum(len(one.times) for one in told) >= ENOUGH
    assert not any("[[" in one.text or "]]" in one.text for one in examples.told())
    assert all(one.text[mark.start : mark.end].strip() for one in told for mark in one.times)


def test_a_kept_reader_reads_the_same(told: list[Told]) -> None:
    reader = times.train(told[:200], embedding())
    arrays = reader.arrays()
    kept = MentionReader.of_arrays({name: np.array(value) for name, value in arrays.items()})
    plain = plain_of("on Friday she told me he hit her at Easter")
    named = dates.times(plain.text, TODAY, answering=False)

    assert len(named) == 2
    odds = times.read(reader, embedding(), plain, named)
    assert times.read(kept, embedding(), plain, named) == pytest.approx(odds)


@needs_model
@pytest.mark.parametrize(("text", "day"), TELLINGS)
def test_the_time_of_what_happened_is_found_among_others(text: str, day: str | None) -> None:
    (answer,) = Reader.load().read([Asked("1", text, None, TODAY)])
    occurred = answer["facts"].get("occurred")
    assert (occurred and occurred["from"]) == day


@needs_model
def test_every_time_has_odds_also_beyond_what_the_encoder_reads() -> None:
    plain = plain_of("he shouted at us and went away again. " * 60 + "it was on Friday")
    named = dates.times(plain.text, TODAY, answering=False)
    (odds,) = times.read(trained(MODEL).times, embedding(), plain, named)
    assert 0 < odds < 1
