"""Watches the clocks: what nobody hears in time goes up, and who vanishes is noticed.

One process watches (alive.py). Should two ever do it for a moment, the database decides who
acts, so each thing happens once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

import httpx

from channels import figures, mail
from channels.alerting.ways import ByEmail, ByPush, Gone, NotSent, Way, words
from channels.bell import QUEUE, Bell
from channels.settings import Settings
from knowledge.alarms.model import Alarm, Notice
from knowledge.alarms.on_call import OnCall
from knowledge.centres import Centres
from knowledge.clock import LONDON
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
AT_ONCE = 8  # notices of one way on their way together


class Watch:
    """Started and stopped with the channels process."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        bell: Bell,
        ways: Mapping[str, Way] | None = None,
    ) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._bell = bell
        self._centres = Centres.load()
        self._client = httpx.AsyncClient(follow_redirects=False)
        self._words = words(settings)
        self._on_call = OnCall(
            devices=knowledge.devices,
            coordinators=knowledge.coordinators,
            by_email=mail.can_send(settings),
            by_push=settings.push_key is not None,
            duty_email=settings.duty_email is not None,
        )
        self._ways: Mapping[str, Way] = ways or {
            "email": ByEmail(settings, knowledge.coordinators),
            "push": ByPush(settings, knowledge.devices, self._client),
        }
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to watch."""
        works: list[Callable[[], Awaitable[None]]] = [self.send_up, self.notice_silence]
        works += [partial(self.tell, way) for way in self._ways]
        for work in works:
            self._tasks.append(asyncio.create_task(_again_and_again(work)))

    def ended(self) -> bool:
        """Whether something of it ended by itself."""
        return any(task.done() for task in self._tasks)

    async def stop(self) -> None:
        """End; what is under way is taken up by the next look of any process."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def send_up(self) -> None:
        """One look at the clocks."""
        alarms = self._knowledge.alarms
        unanswered = [alarm.conversation for alarm in await alarms.unanswered()]
        if not unanswered:
            return
        counties = await self._knowledge.assessments.counties(unanswered)
        moment = self._knowledge.clock().astimezone(LONDON)

        def closed(alarm: Alarm) -> bool:
            county = counties.get(alarm.conversation)
            return self._centres.at(county, moment).open_now is False

        for alarm, step in await alarms.to_go_up(self._settings.alarm_limits, closed):
            to = await self._on_call.recipients(step, counties.get(alarm.conversation))
            if await alarms.go_up(alarm, step, to):
                self._bell.ring(alarm.conversation, QUEUE)
                if not to:
                    figures.NOT_SENT.labels("nobody").inc()
                    log.error("an alarm went up, and there is nobody to tell (see README)")

    async def tell(self, way: str) -> None:
        """Send the notices of one way that are due, some at once: a server may hang."""
        places = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as sending:
            while True:
                await places.acquire()
                notice = await self._knowledge.alarms.next_notice(way)
                if notice is None:
                    return
                told = sending.create_task(self._told(notice))
                told.add_done_callback(lambda _: places.release())

    async def notice_silence(self) -> None:
        """One look for people in danger who vanished."""
        after = timedelta(minutes=self._settings.silence)
        gone = await self._knowledge.presence.note_silence(after)
        if gone:
            self._bell.ring(QUEUE, *gone)

    async def _told(self, notice: Notice) -> None:
        """Send one of several: what goes wrong with it must not break off the others."""
        try:
            await self._tell(notice)
        except Exception as error:  # it is due again in a minute
            log.error("telling failed: %s", type(error).__name__)

    async def _tell(self, notice: Notice) -> None:
        alarms = self._knowledge.alarms
        try:
            await self._ways[notice.way].send(notice.to, self._words)
        except Gone:
            await alarms.sent(notice)
        except NotSent:
            figures.NOT_SENT.labels(notice.way).inc()
            if not await alarms.not_sent(notice):
                log.error("a notice was given up: %s", notice.way)
        else:
            await alarms.sent(notice)


async def _again_and_again(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # the database is away: look again
            log.error("watching failed: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)
