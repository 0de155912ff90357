"""Conversations are shared out evenly among engines, and each keeps its own."""

import pytest

from knowledge.conversations.spread import Ids, place_of
from knowledge.opening import Knowledge

from .builders import opened


@pytest.mark.parametrize("engines", [1, 2, 4, 8])
async def test_eight_that_begin_one_after_another_fall_evenly(
    knowledge: Knowledge, engines: int
) -> None:
    begun = [await opened(knowledge) for _ in range(8)]
    places = [place_of(conversation, engines) for conversation in begun]
    assert [places.count(place) for place in range(engines)] == [8 // engines] * engines


def test_ids_are_long_and_never_the_same() -> None:
    ids = Ids()
    made = {ids.new() for _ in range(2000)}
    assert len(made) == 2000
    assert {len(one) for one in made} == {32}


@pytest.mark.parametrize("engines", [1, 2, 3, 5])
def test_a_conversation_keeps_its_place(engines: int) -> None:
    place = place_of("f3a1", engines)
    assert 0 <= place < engines
    assert place == place_of("f3a1", engines)
