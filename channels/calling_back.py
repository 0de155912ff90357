"""Agreeing on a call-back by choices. No assistant is needed: it works also when that is down."""

from datetime import date, datetime, timedelta

from channels.assistant import Answer
from channels.message import Reply
from channels.words import Say, Words
from knowledge.assessment.model import Fact
from knowledge.clock import LONDON
from knowledge.contact.model import Way
from knowledge.contact.times import Part
from knowledge.conversations.model import Pending
from knowledge.directory.hours import clock_words
from knowledge.opening import Knowledge

FIELDS = {
    "callback": {"yes", "no"},
    "callback_way": {str(way) for way in Way},
    "callback_message": {"yes", "no"},
    "callback_time": {str(part) for part in Part},
}


def is_of_callbacks(choice: str) -> bool:
    """Whether this room answers a choice, and not the assistant."""
    field, _, value = choice.partition("=")
    return value in FIELDS.get(field, ())


class CallingBack:
    """Answers the choices whose field begins with ``callback``."""

    def __init__(self, knowledge: Knowledge, words: Words) -> None:
        self._knowledge = knowledge
        self._words = words

    def knows(self, choice: str) -> bool:
        """Whether a choice is one of these."""
        return is_of_callbacks(choice)

    async def answer(self, pending: Pending) -> Answer:
        """The next question, or what was agreed. A choice carries no words and so no risk."""
        field, _, value = str(pending.entry.details["choice"]).partition("=")
        if field == "callback_way":
            reply = await self._after_way(pending, Way(value))
        elif field == "callback_message":
            await self._told(pending, safe_to_leave_message=value == "yes")
            reply = self._words.reply(Say.CALLBACK_TIME)
        elif field == "callback_time":
            reply = await self._agreed(pending, Part(value))
        else:
            yes = value == "yes"
            reply = self._words.reply(Say.CALLBACK_WAY if yes else Say.CALLBACK_NO)
        return Answer((reply,), None)

    async def _after_way(self, pending: Pending, way: Way) -> Reply:
        await self._told(pending, how=way)
        return self._words.reply(Say.CALLBACK_VOICEMAIL if way is Way.PHONE else Say.CALLBACK_TIME)

    async def _agreed(self, pending: Pending, part: Part) -> Reply:
        contact = (await self._knowledge.assessments.read(pending.conversation))["contact"]
        if contact["how"] not in set(Way):
            return self._words.reply(Say.CALLBACK_WAY)  # it was taken back meanwhile
        await self._told(pending, safe_times=pending.entry.text, times=[part])
        way = Way(contact["how"])
        made = await self._knowledge.callbacks.agree(pending.conversation, way, part)
        say = Say.CALLBACK_AGREED_CHAT if way is Way.THIS_CHAT else Say.CALLBACK_AGREED
        when = when_words(made.start, made.end, self._knowledge.clock())
        return self._words.reply(say, when=when)

    async def _told(self, pending: Pending, **contact: object) -> None:
        entry = pending.entry
        fact = Fact(
            name="contact",
            value=contact,
            message=entry.message_id or str(entry.sequence),
            as_said=entry.text,
        )
        await self._knowledge.assessments.keep(pending.conversation, [fact])


def when_words(start: datetime, end: datetime, now: datetime) -> str:
    """`tomorrow between 9 am and noon`."""
    day, today = _day(start), _day(now)
    name = {today: "today", today + timedelta(days=1): "tomorrow"}.get(day, f"on {day:%A}")
    first, last = (clock_words(at.astimezone(LONDON)) for at in (start, end))
    return f"{name} between {first} and {last}"


def _day(moment: datetime) -> date:
    return moment.astimezone(LONDON).date()
