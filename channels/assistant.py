"""The client of the assistant's door (bot/door.py)."""

import asyncio
import json
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Protocol

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientResponse,
    ClientSession,
    DummyCookieJar,
    TCPConnector,
)

from channels.breaker import Breaker
from channels.message import Reply
from knowledge.clock import LONDON
from knowledge.conversations.model import (
    Author,
    Entry,
    Evidence,
    HandOff,
    Holder,
    Pending,
    Priority,
)
from knowledge.conversations.spread import place_of

# A pressed choice is read with the question it stands under (bot/door.py has the same).
QUESTIONS_OF_SAFETY = frozenset({"safe_now"})
TO_A_COORDINATOR = "co_ordinator"  # nlu/risk/questions.py: said in a chat with a person
NOT_KEPT = datetime.fromtimestamp(0, UTC)  # of words that are only looked at
KEPT_TOGETHER_BY = "X-Waymark-Conversation"
SILENT_FOR = 5.0  # seconds after which a connection is not used again


class AssistantFailed(Exception):
    """The assistant did not answer, too late, or with nothing.

    ``risk`` is what it still said; ``read``: the message has been read for risk all the same.
    """

    def __init__(self, why: str, risk: HandOff | None = None, *, read: bool = False) -> None:
        super().__init__(why)
        self.risk = risk
        self.read = read or risk is not None


class NobodyThere(AssistantFailed):
    """The assistant takes no connection."""


@dataclass(frozen=True)
class Answer:
    """What the assistant says to a message, and the hand-off that its risk asks for."""

    replies: tuple[Reply, ...]
    hand_off: HandOff | None


class Assistant(Protocol):
    """Whoever answers when no co-ordinator does."""

    async def answer(self, pending: Pending) -> Answer:
        """The answer to a message. Raises AssistantFailed."""

    async def recognise(self, pending: Pending) -> HandOff | None:
        """The hand-off that a message's risk asks for. Raises AssistantFailed."""

    async def forget(self, conversation: str) -> None:
        """Remove all it knows of a conversation. Raises AssistantFailed."""

    async def ready(self) -> bool:
        """Whether it answers at all."""

    async def close(self) -> None:
        """Let go of what it holds."""


class RasaAssistant:
    """The engines of the assistant, over HTTP on loopback; each conversation has its own."""

    def __init__(self, urls: Sequence[str], token: str, *, patience: float = 10.0) -> None:
        self._doors = [f"{url}/webhooks/door/" for url in urls]
        self._patience = patience
        self._headers = {"Authorization": f"Bearer {token}"}
        self._session: ClientSession | None = None
        # Of each question to each engine: one whose turns hang may read risk all the same.
        self._breakers: defaultdict[str, Breaker] = defaultdict(Breaker)

    async def answer(self, pending: Pending) -> Answer:
        """One turn of the dialogue. Raises AssistantFailed, also for an empty answer."""
        given = await self._post("turn", _turn(pending), pending.conversation)
        with _well_formed():
            hand_off = hand_off_of(given["risk"], pending.entry.sequence)
            replies = tuple(Reply.from_json(one) for one in given["replies"])
            failed = given["failed"] or not replies
        if failed:
            raise AssistantFailed("empty", hand_off, read=True)
        return Answer(replies, hand_off)

    async def recognise(self, pending: Pending) -> HandOff | None:
        """The recogniser alone, for conversations that a co-ordinator holds."""
        choice = pending.entry.details.get("choice", "")
        question = choice.partition("=")[0]
        if question not in QUESTIONS_OF_SAFETY:
            question = TO_A_COORDINATOR if pending.holder is Holder.COORDINATOR else ""
        under = {"question": question} if question else {}
        body = {"text": pending.entry.text, "shown": list(pending.shown), **under}
        given = await self._post("recognise", body)
        with _well_formed():
            return hand_off_of(given, pending.entry.sequence)

    async def forget(self, conversation: str) -> None:
        """Have the trackers of a conversation removed. Raises AssistantFailed.

        Every engine is told: one that stood in for another may remember the conversation. One
        that takes no connection remembers nothing, but some engine has to remove what is kept.
        """
        told = {"conversation": conversation}
        done = await asyncio.gather(
            *(self._post("forget", told, conversation, [door]) for door in self._doors),
            return_exceptions=True,
        )
        failed = [one for one in done if isinstance(one, BaseException)]
        if len(failed) == len(done) or any(not isinstance(one, NobodyThere) for one in failed):
            raise failed[0]

    async def ready(self) -> bool:
        """Whether each engine's door answers."""
        return all(await asyncio.gather(*map(self._answers, self._doors)))

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def _post(
        self,
        path: str,
        body: Mapping[str, Any],
        conversation: str = "",
        doors: Sequence[str] = (),
    ) -> dict[str, Any]:
        # Where several assistants stand behind a web server, it keeps a conversation with the one
        # that remembers it; everything else goes to any of them.
        together = conversation or uuid.uuid4().hex
        headers = {KEPT_TOGETHER_BY: together}
        doors = doors or self._in_order(together)
        try:
            async with (
                self._breakers[doors[0] + path].passing(),
                asyncio.timeout(self._patience),
                await self._asked(doors, path, json=dict(body), headers=headers) as answer,
            ):
                said = await answer.read()
            if answer.status != HTTPStatus.OK:
                raise AssistantFailed(f"status {answer.status}")
            given: dict[str, Any] = json.loads(said)
        except ClientConnectorError as error:
            raise NobodyThere(type(error).__name__) from None
        except (ClientError, TimeoutError, ValueError) as error:
            raise AssistantFailed(type(error).__name__) from None
        return given

    def _in_order(self, together: str) -> list[str]:
        """The doors, that of this conversation's engine first."""
        first = place_of(together, len(self._doors))
        return self._doors[first:] + self._doors[:first]

    async def _asked(self, doors: Sequence[str], path: str, **call: Any) -> ClientResponse:
        """What the first engine says, or the next one while nobody is there.

        An engine that takes no connection has no turn under way: no conversation runs twice.
        """
        *before, last = doors
        for door in before:
            with suppress(ClientConnectorError):
                return await self._open().post(door + path, allow_redirects=False, **call)
        return await self._open().post(last + path, allow_redirects=False, **call)

    async def _answers(self, door: str) -> bool:
        try:
            async with asyncio.timeout(2.0), self._open().get(door) as answer:
                return answer.status == HTTPStatus.OK
        except (ClientError, TimeoutError):
            return False

    def _open(self) -> ClientSession:
        """The connections of this process, opened by the first call."""
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=0, keepalive_timeout=SILENT_FOR),
                cookie_jar=DummyCookieJar(),
                headers=self._headers,
            )
        return self._session


async def may_be_in_danger(assistant: Assistant, text: str, choice: str | None) -> bool:
    """Whether words that are not kept tell of danger; in doubt they do.

    ``text`` is the title of a choice.
    """
    details = {} if choice is None else {"choice": choice}
    entry = Entry(sequence=0, author=Author.PERSON, text=text, at=NOT_KEPT, details=details)
    heard = Pending(conversation="", channel="", entry=entry, holder=Holder.ASSISTANT, shown=())
    try:
        return await assistant.recognise(heard) is not None
    except AssistantFailed:
        return True


@contextmanager
def _well_formed() -> Iterator[None]:
    """Take an answer of another form for what it is: a failure."""
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError):
        raise AssistantFailed("malformed") from None


def hand_off_of(risk: Mapping[str, Any], about: int) -> HandOff | None:
    """The hand-off that the recogniser's answer asks for, None when it saw no risk."""
    if risk.get("disposition", "none") == "none":
        return None
    return HandOff(
        priority=Priority(risk["disposition"]),
        reasons=tuple(risk["categories"]) or ("risk",),
        evidence=tuple(
            Evidence(text=one["text"], by=one["by"], score=one.get("score"))
            for one in risk["evidence"]
        ),
        about=about,
    )


def _turn(pending: Pending) -> dict[str, Any]:
    entry = pending.entry
    choice = entry.details.get("choice")
    said = {"choice": choice, "title": entry.text} if choice else {"text": entry.text}
    return {
        **said,
        "conversation": pending.conversation,
        "message_id": entry.message_id,
        "channel": pending.channel,
        "sent_at": _in_london(entry.at),
        "holder": str(pending.holder),
        "shown": list(pending.shown),
    }


def _in_london(at: datetime) -> str:
    return at.astimezone(LONDON).isoformat()
