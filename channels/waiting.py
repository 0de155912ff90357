"""What a person hears while they wait: their place, how long, and a sign of life.

Only whoever is there is told anything: a person who has gone gets no words of ours.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

from channels.background import Background
from channels.bell import QUEUE, Bell
from channels.message import Reply
from channels.words import Say, Words
from knowledge.centres import Centres
from knowledge.clock import LONDON
from knowledge.conversations.line import QueueItem
from knowledge.conversations.model import Author, Holder, Priority
from knowledge.errors import NotFound
from knowledge.opening import Knowledge

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0  # seconds
PAUSE = 0.5  # seconds; many things at once need one look
THERE = timedelta(seconds=45)  # since the last sign: a page asks for news far more often
STILL_EVERY = timedelta(minutes=10)
MOST_SIGNS = 6
WATCHED = "rule:watched"  # somebody else may be reading: no words that were not asked for


class Waiting(Background):
    """Started and stopped with the channels process."""

    def __init__(self, knowledge: Knowledge, words: Words, bell: Bell) -> None:
        self._knowledge = knowledge
        self._words = words
        self._bell = bell
        self._centres = Centres.load()

    async def look(self) -> None:
        """One look at everybody who waits."""
        items = await self._knowledge.conversations.queue()
        waiting = [one for one in items if one.state.holder is Holder.WAITING]
        if not waiting:
            return
        ids = [one.conversation for one in waiting]
        signs = await self._knowledge.presence.signs(ids)
        unanswered = set(await self._knowledge.conversations.unfinished())
        counties = await self._knowledge.assessments.counties(ids)
        now = self._knowledge.clock()
        for place, item in enumerate(waiting, start=1):
            one = item.conversation
            here = one in signs and now - signs[one] <= THERE
            if here and one not in unanswered and not _keeps_quiet(item):
                await self._keep_company(item, place, counties.get(one))

    async def _keep_company(self, item: QueueItem, place: int, county: str | None) -> None:
        alarm, now = item.alarm, self._knowledge.clock()
        if alarm is None:
            return
        if self._centres.at(county, now.astimezone(LONDON)).open_now is False:
            offer = self._words.reply(Say.CALLBACK_OFFER)
            await self._say(item, f"callback:{alarm.sequence}", offer)
            return
        if item.state.priority is Priority.EMERGENCY:
            return  # 999 was said; nobody in an emergency reads about a line
        waited = now - (item.state.waiting_since or alarm.raised_at)
        signs = max(0, min(int(waited / STILL_EVERY), MOST_SIGNS))  # a clock may be set back
        if signs == 0:
            words = await self._place(item, place)
        else:
            words = self._words.reply(Say.WAITING_STILL, place=str(place))
        await self._say(item, f"waiting:{alarm.sequence}:{signs}", words)

    async def _place(self, item: QueueItem, place: int) -> Reply:
        priority = item.state.priority or Priority.NORMAL
        expected = await self._knowledge.workload.expected_wait(priority)
        if expected is None:
            wait = self._words.reply(Say.WAITING_UNKNOWN).text
        else:
            low, high = (str(minutes) for minutes in expected)
            wait = self._words.reply(Say.WAITING_RANGE, low=low, high=high).text
        return self._words.reply(
            Say.WAITING_PLACE, channel=item.channel, place=str(place), wait=wait
        )

    async def _say(self, item: QueueItem, id_: str, words: Reply) -> None:
        """Once, whichever process comes first."""
        draft = replace(words.as_draft(Author.SYSTEM), message_id=id_)
        if await self._knowledge.conversations.remark(item.conversation, draft):
            self._bell.ring(item.conversation, QUEUE)

    async def _run(self) -> None:
        with self._bell.listening(QUEUE) as ear:
            while True:
                try:
                    await self.look()
                except NotFound:  # erased meanwhile
                    continue
                except Exception as error:  # the database is away: look again
                    log.error("keeping company failed: %s", type(error).__name__)
                await ear.wait(LOOK_EVERY)
                await asyncio.sleep(PAUSE)


def _keeps_quiet(item: QueueItem) -> bool:
    return item.left_in_a_hurry or any(found.by == WATCHED for found in item.evidence)
