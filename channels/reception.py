"""The one place that decides who answers. In by here, out by the thread."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from channels import figures
from channels.assistant import Answer, Assistant, AssistantFailed, may_be_in_danger
from channels.bell import QUEUE, Bell, bringing_to
from channels.calling_back import CallingBack
from channels.crowd import Crowd
from channels.forgetting import WAITS, Forgetting
from channels.lifelines import Lifelines
from channels.message import clean, parts_of, said_by
from channels.words import Say, Words
from knowledge.contact.consent import MAY_NOT_WRITE, MAY_WRITE
from knowledge.conversations.model import (
    UNREADABLE,
    Author,
    Draft,
    Entry,
    Holder,
    Opened,
    Pending,
    Received,
)
from knowledge.conversations.operations import Conversations
from knowledge.coordinators.model import Coordinator
from knowledge.marks.model import AGREED, REFUSED

log = logging.getLogger(__name__)

AT_ONCE = 32  # conversations asking the assistant at the same time
TAKEN_UP = 8  # of those left alone, at each look, however many others write
THANKS = {  # for the answers to what the desk asked, not the assistant
    AGREED: Say.LEARNING_YES,
    REFUSED: Say.LEARNING_NO,
    MAY_WRITE: Say.WRITING_YES,
    MAY_NOT_WRITE: Say.WRITING_NO,
}
TRY_AGAIN_AFTER = 2.0  # seconds, when the database is away
Ask = Callable[[Pending], Awaitable[Answer]]


class UnknownChoice(ValueError):
    """The choice was never offered in this conversation."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A message of a person as a channel hands it on: a text, or the value of a choice."""

    conversation: str
    message_id: str
    text: str = ""
    choice: str | None = None


class Reception:
    """Takes messages in, has them answered one by one and in order, and wakes who waits."""

    def __init__(
        self,
        conversations: Conversations,
        assistant: Assistant,
        words: Words,
        lifelines: Lifelines,
        bell: Bell,
    ) -> None:
        self._conversations = conversations
        self._assistant = assistant
        self._words = words
        self._lifelines = lifelines
        self._bell = bell
        self.forgetting = Forgetting(conversations, assistant)
        self.calling_back: CallingBack | None = None  # who answers choices about call-backs
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._more: set[str] = set()  # conversations that got a message while being answered
        self._keeping: set[asyncio.Future[bool]] = set()  # answers on their way into the thread
        self._places = asyncio.Semaphore(AT_ONCE)
        self._brief_places = asyncio.Semaphore(AT_ONCE)
        self._crowd = Crowd()
        self._stopping = False

    async def take_up(self) -> None:
        """See to what an earlier run, or another process that died, left unanswered.

        The rest of many comes with the next look, unless another process was faster.
        """
        left = [one for one in await self._conversations.left_alone() if one not in self._at_work]
        room = max(AT_ONCE - len(self._at_work), TAKEN_UP)
        for conversation in left[:room]:
            briefly = self._crowd.is_heard_briefly(len(self._at_work))
            self._work_on(conversation, briefly=briefly)

    async def stop(self, patience: float = 0.0) -> None:
        """Finish the answers that are under way, within some seconds, and begin no other.

        What is unfinished stays in the inbox, for the next start or for another process.
        """
        self._stopping = True
        tasks = list(self._at_work.values())
        if tasks and patience:
            await asyncio.wait(tasks, timeout=patience)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._keeping, return_exceptions=True)

    async def open(self, channel: str, greeted: Say = Say.WELCOME) -> Opened:
        """A new conversation, greeted."""
        greeting = self._words.reply(greeted).as_draft()
        return await self._conversations.open(channel, greeting)

    async def receive(self, incoming: Incoming) -> Received:
        """Store a message before anything else happens to it, then see that it is answered.

        Raises UnknownChoice for a choice that was never offered, Overloaded, NotFound and
        Unavailable.
        """
        draft = await self._draft(incoming)
        briefly = await self._check_load(incoming.conversation, draft)
        received = await self._conversations.receive(incoming.conversation, draft)
        self._bell.ring(incoming.conversation)
        self._work_on(incoming.conversation, briefly=briefly)
        return received

    async def tells_of_danger(self, text: str, choice: str | None = None) -> bool:
        """Whether words that came over a limit must be let in; in doubt they are.

        For a choice the text is its title.
        """
        return await may_be_in_danger(self._assistant, clean(text), choice)

    async def take(self, conversation: str, coordinator: Coordinator) -> None:
        """A co-ordinator takes the conversation; the person is told. Raises Conflict."""
        words = self._words.reply(Say.JOINED, name=coordinator.name).text
        await self._conversations.take(conversation, coordinator.id, words)
        self._bell.ring(conversation, QUEUE)

    async def say(
        self,
        conversation: str,
        coordinator: Coordinator,
        text: str,
        message_id: str | None,
        services: Sequence[Mapping[str, Any]] = (),
    ) -> Received:
        """A co-ordinator's words to the person, with cards of services. Raises Conflict."""
        said = clean(text)
        received = await self._conversations.say(
            conversation, coordinator.id, said, message_id, services
        )
        self._bell.ring(conversation, QUEUE)
        return received

    async def note(self, conversation: str, coordinator: Coordinator, text: str) -> Entry:
        """A note among co-ordinators."""
        entry = await self._conversations.note(conversation, coordinator.id, clean(text))
        self._bell.ring(conversation)
        return entry

    async def remark(self, conversation: str, said: Draft) -> None:
        """Something the channel itself says; the same id again changes nothing."""
        await self._conversations.remark(conversation, said)
        self._bell.ring(conversation, QUEUE)

    async def give_back(self, conversation: str, coordinator: Coordinator) -> None:
        """The assistant may answer again; the person is told. Raises Conflict."""
        words = self._words.reply(Say.GIVEN_BACK, name=coordinator.name)
        draft = words.as_draft(Author.SYSTEM)
        await self._conversations.give_back(conversation, coordinator.id, draft)
        self._bell.ring(conversation, QUEUE)

    async def close(
        self, conversation: str, coordinator: Coordinator, outcome: str | None
    ) -> None:
        """The conversation ends; the person is told. Raises Conflict."""
        words = self._words.reply(Say.CLOSED, name=coordinator.name).text
        await self._conversations.close(conversation, coordinator.id, words, outcome)
        self._bell.ring(conversation, QUEUE)

    async def erase(self, conversation: str, why: str = "") -> bool:
        """Remove everything about a conversation, then have the assistant forget it.

        False when the assistant has not by now: it will, within minutes or when it is back.
        Raises NotFound, Held while a supervisor keeps it, and Unavailable; nothing is gone then.
        """
        await self._conversations.erase(conversation, why)
        self._bell.ring(conversation, QUEUE)
        answering = self._at_work.get(conversation)
        if answering is not None:  # its turn first: the assistant is being told something
            await asyncio.wait({answering}, timeout=WAITS)
        if conversation in self._at_work:
            return False
        return await self.forgetting.now(conversation)

    async def _check_load(self, conversation: str, draft: Draft) -> bool:
        """Whether a message goes briefly; who is being answered goes on. Raises Overloaded."""
        if conversation in self._at_work:
            return False
        choice = draft.details.get("choice")
        dangerous = partial(self.tells_of_danger, draft.text, choice)
        waiting = len(self._at_work)
        return await self._crowd.lets_in(waiting, dangerous, pressed=choice is not None)

    async def _draft(self, incoming: Incoming) -> Draft:
        text, details = clean(incoming.text), dict[str, str]()
        if incoming.choice is not None:
            offered = await self._conversations.offered(incoming.conversation)
            if not set(parts_of(incoming.choice)) <= offered.keys():
                raise UnknownChoice(incoming.choice)
            text, details = said_by(incoming.choice, offered)
        return Draft(
            author=Author.PERSON, text=text, message_id=incoming.message_id, details=details
        )

    def _work_on(self, conversation: str, *, briefly: bool = False) -> None:
        """See that somebody answers this conversation: one message at a time, in order."""
        if conversation in self._at_work:
            self._more.add(conversation)
            return
        figures.WAITING.inc()
        self._at_work[conversation] = asyncio.create_task(self._answer_all(conversation, briefly))

    async def _answer_all(self, conversation: str, briefly: bool) -> None:
        ask = self._ask_briefly if briefly else self._ask
        try:
            async with self._brief_places if briefly else self._places:
                while not self._stopping and (
                    await self._answer_next(conversation, ask) or conversation in self._more
                ):
                    self._more.discard(conversation)
        finally:  # nothing awaits between the last look at `more` and here
            del self._at_work[conversation]
            figures.WAITING.dec()

    async def _answer_next(self, conversation: str, ask: Ask) -> bool:
        """Answer the oldest message; False when there is none for this process to answer."""
        try:
            pending = await self._conversations.next_pending(conversation)
            if pending is not None:
                await self._answer(pending, ask)
        except Exception as error:  # the message is kept: try until it is answered
            log.error("answering failed: %s", type(error).__name__)
            await asyncio.sleep(TRY_AGAIN_AFTER)
            return True
        return pending is not None

    async def _answer(self, pending: Pending, ask: Ask) -> None:
        try:
            answer = await ask(pending)
        except Exception as error:  # whatever went wrong, the person gets an answer
            log.error("the assistant failed: %s", type(error).__name__)
            answer = self._lifelines.answer(pending, error)
        else:
            figures.ANSWERED.inc()
        # What the desk asked is thanked for also while a co-ordinator holds the conversation.
        author = Author.SYSTEM if _is_thanked(pending) else Author.ASSISTANT
        replies = [reply.as_draft(author) for reply in answer.replies]
        # Stopping must not tear a transaction apart: what has begun is finished.
        kept = self._conversations.answer(pending, replies, answer.hand_off)
        keeping = asyncio.ensure_future(kept)
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        if not await asyncio.shield(keeping):
            await self.forgetting.if_gone(pending.conversation)
        # Whom the assistant alone talks with stands in no queue: nobody there need look again.
        in_queue = answer.hand_off is not None or pending.holder is not Holder.ASSISTANT
        queue = [QUEUE] if in_queue else []
        self._bell.ring(pending.conversation, bringing_to(pending.channel), *queue)

    async def _ask(self, pending: Pending) -> Answer:
        if pending.entry.text == UNREADABLE:
            raise AssistantFailed(
                "the message can't be opened", read=True
            )  # people must see to it
        choice = pending.entry.details.get("choice", "")
        if say := THANKS.get(choice):
            return Answer((self._words.reply(say),), None)
        if pending.holder is Holder.COORDINATOR:
            return Answer((), await self._assistant.recognise(pending))
        if self.calling_back is not None and self.calling_back.knows(choice):
            return await self.calling_back.answer(pending)
        return await self._assistant.answer(pending)

    async def _ask_briefly(self, pending: Pending) -> Answer:
        """The risk alone, so that the person hears of 999 and people see to them soon."""
        if pending.holder is Holder.COORDINATOR or pending.entry.text == UNREADABLE:
            return await self._ask(pending)
        risk = await self._assistant.recognise(pending)
        raise AssistantFailed("too many wait", risk, read=True)


def _is_thanked(pending: Pending) -> bool:
    return pending.entry.details.get("choice") in THANKS
