"""Call-backs: the time that was agreed, one at a time, and what became of it."""

from datetime import datetime

import pytest

from knowledge.callbacks.model import Outcome, next_time
from knowledge.clock import LONDON
from knowledge.contact.model import Way
from knowledge.contact.times import Part
from knowledge.errors import Conflict, NotFound
from knowledge.opening import Knowledge
from tests.fakes import HandClock
from tests.knowledge.conversations.builders import ANNA, BEN, opened


@pytest.mark.parametrize(
    ("part", "now", "start"),
    [
        (Part.MORNING, (24, 23, 10), (25, 9)),
        (Part.MORNING, (24, 6, 59), (24, 9)),
        (Part.MORNING, (24, 9, 0), (25, 9)),  # it has begun: the next one
        (Part.AFTERNOON, (24, 9, 0), (24, 12)),
        (Part.EVENING, (24, 16, 59), (24, 17)),
        (Part.EVENING, (24, 22, 30), (25, 17)),
    ],
)
def test_the_next_such_part_of_a_day(
    part: Part, now: tuple[int, int, int], start: tuple[int, int]
) -> None:
    day, hour, minute = now
    found, end = next_time(part, datetime(2026, 11, day, hour, minute, tzinfo=LONDON))
    assert found == datetime(2026, 11, *start, tzinfo=LONDON)
    assert end > found


async def test_it_is_due_from_its_time_until_somebody_says_what_became_of_it(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await opened(knowledge)
    made = await knowledge.callbacks.agree(conversation, Way.PHONE, Part.AFTERNOON)
    assert await knowledge.callbacks.due() == []
    clock.move(hours=2)
    assert [one.id for one in await knowledge.callbacks.due()] == [made.id]
    await knowledge.callbacks.finish(made.id, Outcome.KEPT, ANNA)
    assert await knowledge.callbacks.due() == []
    kept = await knowledge.callbacks.get(made.id)
    assert (kept.done_by, kept.was_kept_in_time) == (ANNA, True)


async def test_a_new_one_calls_off_the_one_before(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    for way in (Way.PHONE, Way.TEXT):
        await knowledge.callbacks.agree(conversation, way, Part.EVENING)
    found = await knowledge.callbacks.of([conversation])
    assert sorted((one.way, one.outcome) for one in found) == [
        (Way.PHONE, Outcome.CALLED_OFF),
        (Way.TEXT, Outcome.OPEN),
    ]


async def test_what_became_of_it_is_said_once(knowledge: Knowledge) -> None:
    made = await knowledge.callbacks.agree(await opened(knowledge), Way.TEXT, Part.EVENING)
    await knowledge.callbacks.finish(made.id, Outcome.NOT_REACHED, ANNA)
    with pytest.raises(Conflict):
        await knowledge.callbacks.finish(made.id, Outcome.KEPT, BEN)
    with pytest.raises(NotFound):
        await knowledge.callbacks.finish("0" * 32, Outcome.KEPT, BEN)
