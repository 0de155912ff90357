"""When a clock starts, when it stops, and what goes up: once, whoever looks."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from knowledge.alarms.model import Alarm, Clock, Limits, Step, starts_a_clock
from knowledge.contact.model import Way
from knowledge.conversations.model import Holder, Kind, Priority, Reader, State
from knowledge.errors import Conflict
from knowledge.opening import Knowledge, open_knowledge
from tests.fakes import TUESDAY_MORNING, HandClock
from tests.knowledge.conversations.builders import ANNA, BEN, asked, opened, tell, waiting

NORMAL, URGENT, EMERGENCY = Priority
LIMITS = Limits()
TO = (("email", "duty"),)


def never(_alarm: Alarm) -> bool:
    """Somebody is on duty."""
    return False


@pytest.mark.parametrize(
    ("holder", "was", "rings", "asked_for", "starts"),
    [
        (Holder.ASSISTANT, None, None, NORMAL, True),
        (Holder.WAITING, NORMAL, NORMAL, NORMAL, False),
        (Holder.WAITING, NORMAL, NORMAL, EMERGENCY, True),
        (Holder.WAITING, EMERGENCY, EMERGENCY, URGENT, False),
        (Holder.WAITING, NORMAL, None, NORMAL, False),  # seen, and asked again
        (Holder.WAITING, URGENT, None, URGENT, True),  # seen, and in danger again
        (Holder.COORDINATOR, EMERGENCY, None, EMERGENCY, False),  # somebody is with them
        (Holder.COORDINATOR, NORMAL, None, EMERGENCY, True),
        (Holder.ASSISTANT, NORMAL, None, NORMAL, True),  # given back, and asked again
    ],
)
def test_a_clock_starts_for_what_is_new_or_worse(
    holder: Holder, was: Priority, rings: Priority, asked_for: Priority, starts: bool
) -> None:
    assert starts_a_clock(State(holder=holder, priority=was), rings, asked_for) is starts


@pytest.mark.parametrize(
    ("priority", "after", "clock"),
    [
        (EMERGENCY, 0, Clock.RUNNING),
        (EMERGENCY, 30, Clock.WARNING),
        (EMERGENCY, 59, Clock.WARNING),
        (EMERGENCY, 60, Clock.RUN_OUT),
        (URGENT, 149, Clock.RUNNING),
        (URGENT, 150, Clock.WARNING),
        (URGENT, 300, Clock.RUN_OUT),
        (NORMAL, 899, Clock.RUNNING),
        (NORMAL, 1800, Clock.RUN_OUT),
    ],
)
def test_each_level_has_its_time(priority: Priority, after: int, clock: Clock) -> None:
    alarm = Alarm(conversation="c", sequence=1, priority=priority, raised_at=TUESDAY_MORNING)
    assert alarm.clock(TUESDAY_MORNING + timedelta(seconds=after), LIMITS) is clock


async def test_taking_is_hearing(knowledge: Knowledge, clock: HandClock) -> None:
    conversation = await waiting(knowledge, URGENT)
    clock.move(seconds=20)
    await knowledge.conversations.take(conversation, ANNA, "Anna is here")
    (alarm,) = await knowledge.alarms.of([conversation])
    assert alarm.acknowledged_by == ANNA
    assert alarm.acknowledged_at == alarm.taken_at == clock.now
    assert await knowledge.alarms.ringing() == []


async def test_acknowledging_is_not_taking(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, URGENT)
    await knowledge.alarms.acknowledge(conversation, BEN)
    (alarm,) = await knowledge.alarms.of([conversation])
    assert (alarm.acknowledged_by, alarm.taken_at) == (BEN, None)
    (item,) = await knowledge.conversations.queue()
    assert item.state.holder is Holder.WAITING
    assert item.alarm == alarm


async def test_an_alarm_is_acknowledged_by_one(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, URGENT)
    results = await asyncio.gather(
        *(knowledge.alarms.acknowledge(conversation, who) for who in (ANNA, BEN)),
        return_exceptions=True,
    )
    assert sorted(type(one).__name__ for one in results) == ["Conflict", "NoneType"]


async def test_nothing_to_acknowledge_is_a_conflict(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    with pytest.raises(Conflict):
        await knowledge.alarms.acknowledge(conversation, ANNA)


async def test_who_talks_with_the_person_has_heard(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, NORMAL)
    await knowledge.conversations.take(conversation, ANNA, "here")
    await tell(knowledge.conversations, conversation, "he is at the door")
    await knowledge.conversations.hand_off(conversation, asked(EMERGENCY, "immediate_danger"))
    assert len(await knowledge.alarms.ringing()) == 1
    await knowledge.conversations.say(conversation, ANNA, "Call 999 now")
    assert await knowledge.alarms.ringing() == []


async def test_a_note_of_a_colleague_is_not_hearing(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, URGENT)
    await knowledge.conversations.note(conversation, BEN, "I know them")
    assert len(await knowledge.alarms.ringing()) == 1


async def test_what_runs_out_goes_up_once_in_each_process(
    knowledge: Knowledge, clock: HandClock, database_url: str
) -> None:
    conversation = await waiting(knowledge, EMERGENCY)
    clock.move(seconds=59)
    assert await knowledge.alarms.to_go_up(LIMITS, never) == []
    clock.move(seconds=1)
    other = open_knowledge(database_url, clock)  # another process
    looks = [await one.alarms.to_go_up(LIMITS, never) for one in (knowledge, other)]
    assert [step for look in looks for _, step in look] == [Step.CLOCK_RAN_OUT] * 2
    went = await asyncio.gather(
        *(
            one.alarms.go_up(alarm, step, TO)
            for one, look in zip((knowledge, other), looks, strict=True)
            for alarm, step in look
        )
    )
    assert sorted(went) == [False, True]
    await other.database.close()
    assert await _kinds(knowledge, conversation) == [Kind.WENT_UP]
    assert await knowledge.alarms.to_go_up(LIMITS, never) == []


async def test_a_restart_forgets_no_clock_and_repeats_none(
    knowledge: Knowledge, clock: HandClock, database_url: str
) -> None:
    await waiting(knowledge, URGENT)
    clock.move(minutes=6)
    again = open_knowledge(database_url, clock)
    ((alarm, step),) = await again.alarms.to_go_up(LIMITS, never)
    assert await again.alarms.go_up(alarm, step, TO)
    await again.database.close()
    assert await knowledge.alarms.to_go_up(LIMITS, never) == []
    assert await knowledge.alarms.next_notice() is not None


async def test_out_of_hours_an_emergency_goes_up_at_once_and_others_wait_for_the_morning(
    knowledge: Knowledge, clock: HandClock
) -> None:
    emergency = await waiting(knowledge, EMERGENCY)
    await waiting(knowledge, URGENT)
    clock.move(hours=1)
    due = await knowledge.alarms.to_go_up(LIMITS, lambda _: True)
    assert [(alarm.conversation, step) for alarm, step in due] == [
        (emergency, Step.NOBODY_ON_DUTY)
    ]
    assert len(await knowledge.alarms.to_go_up(LIMITS, never)) == 2


async def test_seen_is_not_taken_and_a_call_back_is_an_answer(
    knowledge: Knowledge, clock: HandClock
) -> None:
    left, agreed, quiet = [await waiting(knowledge, one) for one in (URGENT, URGENT, NORMAL)]
    for one in (left, agreed, quiet):
        await knowledge.alarms.acknowledge(one, BEN)
    start = clock() + timedelta(hours=1)
    await knowledge.callbacks.plan(agreed, Way.THIS_CHAT, (start, start + timedelta(hours=1)), BEN)
    clock.move(minutes=24)
    assert await knowledge.alarms.to_go_up(LIMITS, never) == []
    clock.move(minutes=1)
    ((alarm, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    assert (alarm.conversation, step) == (left, Step.NOBODY_TOOK_IT)
    assert await knowledge.alarms.to_go_up(LIMITS, lambda _: True) == []
    await knowledge.conversations.take(left, ANNA, "here")
    assert not await knowledge.alarms.go_up(alarm, step, TO)
    clock.move(hours=2)  # the agreed time is over, and nobody came
    ((alarm, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    assert (alarm.conversation, step) == (agreed, Step.NOBODY_TOOK_IT)


async def test_a_level_that_rises_has_a_clock_of_its_own(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await waiting(knowledge, NORMAL)
    await _goes_up(knowledge, clock, minutes=31)
    await knowledge.conversations.hand_off(conversation, asked(EMERGENCY, "immediate_danger"))
    await _goes_up(knowledge, clock, minutes=1)
    assert await _kinds(knowledge, conversation) == [Kind.WENT_UP, Kind.WENT_UP]


async def test_what_was_heard_meanwhile_does_not_go_up(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await waiting(knowledge, EMERGENCY)
    clock.move(minutes=2)
    ((alarm, step),) = await knowledge.alarms.to_go_up(LIMITS, never)
    await knowledge.alarms.acknowledge(conversation, ANNA)
    assert await knowledge.alarms.go_up(alarm, step, TO) is False
    assert await knowledge.alarms.next_notice() is None


async def test_a_notice_is_in_one_hand_and_comes_back_when_that_hand_is_gone(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await waiting(knowledge, EMERGENCY)
    await _goes_up(knowledge, clock, minutes=2)
    first = await knowledge.alarms.next_notice()
    assert first is not None
    assert (first.way, first.to) == ("email", "duty")
    assert await knowledge.alarms.next_notice() is None
    clock.move(minutes=1)
    again = await knowledge.alarms.next_notice()
    assert again is not None
    assert again.id == first.id
    await knowledge.alarms.sent(again)
    clock.move(days=1)
    assert await knowledge.alarms.next_notice() is None


async def test_a_notice_that_never_arrives_is_given_up_loudly(
    knowledge: Knowledge, clock: HandClock
) -> None:
    await waiting(knowledge, EMERGENCY)
    await _goes_up(knowledge, clock, minutes=2)
    tries, goes_on = 0, True
    while goes_on:
        notice = await knowledge.alarms.next_notice()
        if notice is not None:
            tries += 1
            goes_on = await knowledge.alarms.not_sent(notice)
        clock.move(minutes=30)
    assert tries == 8
    assert await knowledge.alarms.next_notice() is None


async def test_erasing_a_conversation_takes_its_alarms_along(knowledge: Knowledge) -> None:
    conversation = await waiting(knowledge, EMERGENCY)
    await knowledge.conversations.erase(conversation)
    assert await knowledge.alarms.ringing() == []


async def _goes_up(knowledge: Knowledge, clock: HandClock, **by: float) -> None:
    clock.move(**by)
    due: Sequence[tuple[Alarm, Step]] = await knowledge.alarms.to_go_up(LIMITS, never)
    assert len(due) == 1
    assert await knowledge.alarms.go_up(*due[0], TO)


async def _kinds(knowledge: Knowledge, conversation: str) -> list[Kind]:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    return [one.kind for one in thread if one.kind is Kind.WENT_UP]
