"""The machine's clock is set while it runs: nobody waits until a time comes a second time."""

from datetime import timedelta

import pytest

from knowledge.alarms.model import Alarm, Clock, Limits, Step
from knowledge.clock import is_over
from knowledge.conversations.model import Kind, Priority, Reader
from knowledge.errors import NotAllowed
from knowledge.opening import Knowledge
from tests.fakes import TUESDAY_MORNING, HandClock
from tests.knowledge.conversations.builders import BEN, tell, waiting

NORMAL, URGENT, EMERGENCY = Priority
LIMITS = Limits()
FIVE = timedelta(minutes=5)
TO = (("email", "duty"),)
TRIES = 6  # wrong passwords, more than are free


@pytest.mark.parametrize(
    ("later", "over"),
    [(-3600, True), (-61, True), (-60, False), (0, False), (299, False), (300, True)],
)
def test_a_time_that_began_in_the_future_is_over(later: int, over: bool) -> None:
    now = TUESDAY_MORNING + timedelta(seconds=later)
    assert is_over(TUESDAY_MORNING, FIVE, now) is over


def never(_alarm: Alarm) -> bool:
    """Somebody is on duty."""
    return False


@pytest.mark.parametrize("jump", [{"hours": -1}, {"days": 2}])
async def test_an_alarm_goes_up_once_whatever_the_clock_does(
    knowledge: Knowledge, clock: HandClock, jump: dict[str, float]
) -> None:
    conversation = await waiting(knowledge, EMERGENCY)
    clock.move(**jump)
    (alarm,) = await knowledge.alarms.ringing()
    assert alarm.clock(clock(), LIMITS) is Clock.RUN_OUT
    ((alarm, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    assert step is Step.CLOCK_RAN_OUT
    assert await knowledge.alarms.go_up(alarm, step, TO)
    for seconds in (1, 3600, 3600):
        clock.move(seconds=seconds)
        assert await knowledge.alarms.to_go_up(LIMITS, never) == []
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert [one.kind for one in thread].count(Kind.WENT_UP) == 1


async def test_what_was_seen_and_left_goes_up_although_the_clock_went_back(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await waiting(knowledge, URGENT)
    await knowledge.alarms.acknowledge(conversation, BEN)
    clock.move(hours=-1)
    ((_, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    assert step is Step.NOBODY_TOOK_IT


async def test_a_notice_is_sent_although_the_clock_went_back(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await waiting(knowledge, EMERGENCY)
    clock.move(minutes=2)
    ((alarm, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    await knowledge.alarms.go_up(alarm, step, TO)
    clock.move(hours=-1)
    notice = await knowledge.alarms.next_notice()
    assert notice is not None
    assert await knowledge.alarms.next_notice() is None  # in one hand
    await knowledge.alarms.sent(notice)
    clock.move(hours=-1)
    assert await knowledge.alarms.next_notice() is None


async def test_who_vanishes_when_the_clock_went_back_is_noticed_as_soon_as_ever(
    knowledge: Knowledge, clock: HandClock
) -> None:
    here, gone = [await waiting(knowledge, EMERGENCY) for _ in range(2)]
    for one in (here, gone):
        await tell(knowledge.conversations, one, "he is back")
        await knowledge.presence.seen(one)
    clock.move(hours=-1)
    assert await knowledge.presence.note_silence(FIVE) == []
    clock.move(minutes=4)
    await knowledge.presence.seen(here)
    assert await knowledge.presence.note_silence(FIVE) == []
    clock.move(minutes=1)
    assert await knowledge.presence.note_silence(FIVE) == [gone]


async def test_who_mistyped_is_not_kept_out_until_the_time_comes_again(
    knowledge: Knowledge, clock: HandClock
) -> None:
    for _ in range(TRIES):
        with pytest.raises(NotAllowed):
            await knowledge.coordinators.sign_in("nobody@desk.example", "wrong")
        clock.move(minutes=16)
    clock.move(hours=-1)
    with pytest.raises(NotAllowed):  # the password is looked at
        await knowledge.coordinators.sign_in("nobody@desk.example", "wrong")
