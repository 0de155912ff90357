"""Watches the clocks: what nobody hears in time goes up, and who vanishes is noticed.

One process watches (alive.py). Should two ever do it for a moment, the database decides who
acts, so each thing happens once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import httpx

from channels import mail
from channels.alerting.ways import DUTY, ByEmail, ByPush, Gone, NotSent, Way, words
from channels.bell import QUEUE, Bell
from channels.settings import Settings
from knowledge.alarms.model import Alarm, Notice, Step
from knowledge.centres import Centres
from knowledge.clock import LONDON
from knowledge.coordinators.model import Coordinator, Role
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0  # seconds
HIGHER = (Role.SUPERVISOR, Role.ADMINISTRATOR)  # who is told; the latter where there is no former


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
        self._ways: Mapping[str, Way] = ways or {
            "email": ByEmail(settings, knowledge.coordinators),
            "push": ByPush(settings, knowledge.devices, self._client),
        }
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to watch."""
        for work in (self.send_up, self.tell, self.notice_silence):
            self._tasks.append(asyncio.create_task(_again_and_again(work)))

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
        ringing = [alarm.conversation for alarm in await alarms.ringing()]
        if not ringing:
            return
        counties = await self._knowledge.assessments.counties(ringing)
        moment = self._knowledge.clock().astimezone(LONDON)

        def closed(alarm: Alarm) -> bool:
            county = counties.get(alarm.conversation)
            return self._centres.at(county, moment).open_now is False

        for alarm, step in await alarms.to_go_up(self._settings.alarm_limits, closed):
            to = await self._recipients(step, counties.get(alarm.conversation))
            if await alarms.go_up(alarm, step, to):
                self._bell.ring(alarm.conversation, QUEUE)
                if not to:
                    log.error("an alarm went up, and there is nobody to tell (see README)")

    async def tell(self) -> None:
        """Send the notices that are due."""
        while (notice := await self._knowledge.alarms.next_notice()) is not None:
            await self._tell(notice)

    async def notice_silence(self) -> None:
        """One look for people in danger who vanished."""
        after = timedelta(minutes=self._settings.silence)
        gone = await self._knowledge.presence.note_silence(after)
        if gone:
            self._bell.ring(QUEUE, *gone)

    async def _tell(self, notice: Notice) -> None:
        alarms = self._knowledge.alarms
        try:
            await self._ways[notice.way].send(notice.to, self._words)
        except (Gone, KeyError):
            await alarms.sent(notice)
        except NotSent:
            if not await alarms.not_sent(notice):
                log.error("a notice was given up: %s", notice.way)
        else:
            await alarms.sent(notice)

    async def _recipients(self, step: Step, county: str | None) -> list[tuple[str, str]]:
        """The duty phone, and those above; without a duty phone they are told out of hours too."""
        devices = await self._knowledge.devices.every()
        duty = [("push", one.id) for one in devices if one.is_duty]
        if self._settings.duty_email and mail.can_send(self._settings):
            duty.append(("email", DUTY))
        if step is Step.NOBODY_ON_DUTY and duty:
            return duty
        above = {one.id for one in await self._above(county)}
        pushed = [("push", one.id) for one in devices if one.coordinator in above]
        mailed = [("email", one) for one in sorted(above)] if mail.can_send(self._settings) else []
        return list(dict.fromkeys([*duty, *pushed, *mailed]))

    async def _above(self, county: str | None) -> list[Coordinator]:
        everyone = [one for one in await self._knowledge.coordinators.everyone() if one.is_active]
        for role in HIGHER:
            found = [one for one in everyone if one.role is role]
            if here := [one for one in found if one.area.covers(county)]:
                return here
        return [one for one in everyone if one.role in HIGHER]


async def _again_and_again(work: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # the database is away: look again
            log.error("watching failed: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY)
