"""The assistant's one door: a turn in, replies and the recogniser's answer out.

`POST /webhooks/door/turn`
    {"conversation", "message_id", "text" or "choice" (with its "title"), "channel", "sent_at",
    "holder", "shown": [dispositions so far]}
    -> {"replies": [{"text", "choices": [{"title", "value"}], "services": [...], "language"?}],
        "risk": {"disposition", "categories", "evidence"}, "failed": bool}
    A turn that fails still tells its risk. The same message id again gives the same replies and
    changes nothing.
`POST /webhooks/door/recognise`
    {"text", "question", "shown"} -> risk
`POST /webhooks/door/forget`
    {"conversation"} -> {}: everything about it is removed from the trackers
`GET /webhooks/door/` -> {"status": "ok"}, 503 while no model is loaded

Every call but the last needs `Authorization: Bearer <WAYMARK_ASSISTANT_TOKEN>`, and is given up
when the caller hangs up, or after WAYMARK_TURN_PATIENCE seconds: its lock is let go, the tracker
stays as it was, and the answer is a 500 as for any failure.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.afresh import said_before
from bot.engines import end_at_once
from bot.replies import complete, replies_from
from bot.trackers import one_turn
from nlu.components.shared import recogniser

log = logging.getLogger(__name__)

QUESTION_PREFIX = "assessment_"
# Questions that only this dialogue asks, by the question whose answers they share.
READ_AS = {
    "contact_safe": "contact",
    "clarify": "where",
    "which": "confirm_summary",
    "start_again": "confirm_summary",
}
QUESTIONS_OF_SAFETY = frozenset({"safe_now"})
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class Door(InputChannel):
    """Rasa's input channel for Waymark's reception."""

    def __init__(self, token: str, patience: float = math.inf) -> None:
        self._token = token
        self._patience = None if math.isinf(patience) else patience

    @classmethod
    def name(cls) -> str:
        """The door's place under /webhooks/."""
        return "door"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """The door as bot/credentials.yml describes it."""
        given = credentials or {}
        return cls(given["token"], float(given["patience"]))

    def blueprint(self, _on_new_message: OnNewMessage) -> Blueprint:
        """The door's routes. A turn goes to Rasa's processor itself, inside our own lock."""
        door = Blueprint("waymark_door")

        @door.get("/")
        async def health(request: Request) -> HTTPResponse:
            if request.app.ctx.agent.is_ready():
                return response.json({"status": "ok"})
            return response.json({"status": "no model"}, status=503)  # Rasa listens all the same

        @door.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._guarded(request, lambda: self._turn(request))

        @door.post("/recognise")
        async def recognise(request: Request) -> HTTPResponse:
            return await self._guarded(request, lambda: _recognise(request.json))

        @door.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            return await self._guarded(request, lambda: _forget(request))

        return door

    async def _guarded(
        self, request: Request, work: Callable[[], Awaitable[dict[str, Any]]]
    ) -> HTTPResponse:
        shown = request.headers.get("authorization", "")
        if not hmac.compare_digest(shown.encode(), self._bearer.encode()):
            return response.json({"error": "token"}, status=401)
        try:
            return response.json(await asyncio.wait_for(work(), self._patience))
        except MemoryError:  # who has none left answers nobody well: another one starts
            end_at_once("out of memory")
        except Exception as error:  # an answer must come, and must not quote anybody
            log.error("door failed: %s", type(error).__name__)
            return response.json({"error": type(error).__name__}, status=500)

    @property
    def _bearer(self) -> str:
        return f"Bearer {self._token}"

    async def _turn(self, request: Request) -> dict[str, Any]:
        given, agent = request.json, request.app.ctx.agent
        # One lock for the look and the turn: a message that comes twice at once is read once.
        async with agent.lock_store.lock(given["conversation"]):
            with one_turn():
                return await self._locked_turn(given, agent)

    async def _locked_turn(self, given: dict[str, Any], agent: Any) -> dict[str, Any]:
        tracker = await agent.tracker_store.retrieve(given["conversation"])
        if tracker is not None and (before := _answered(tracker, given["message_id"])):
            return before
        question = question_asked(tracker)
        risk = (
            _risk_of_choice(given)
            if given.get("choice")
            else _risk(given["text"], question, given, said_before(tracker))
        )
        collector = Collector(given["channel"])
        try:
            await agent.processor.handle_message(_user_message(given, question, risk, collector))
        except MemoryError:
            raise
        except Exception as error:  # the danger that was read in it is not lost with the turn
            log.error("turn failed: %s", type(error).__name__)
            return {"replies": [], "risk": risk, "failed": True}
        return _answer(collector.messages, risk, given["message_id"])


class Collector(CollectingOutputChannel):
    """Gathers what is said, under the name of the channel that it is for.

    Rasa then takes the words that a response has for this channel, where it has any.
    """

    def __init__(self, channel: str) -> None:
        super().__init__()
        self._channel = channel

    def name(self) -> str:
        """The channel's name."""
        return self._channel


def _user_message(
    given: dict[str, Any], question: str | None, risk: dict[str, Any], collector: Any
) -> UserMessage:
    return UserMessage(
        text=as_text(given.get("title") or given.get("text") or ""),
        output_channel=collector,
        sender_id=given["conversation"],
        input_channel=Door.name(),
        message_id=given["message_id"],
        parse_data=_choice(given, risk) if given.get("choice") else None,
        metadata={
            "message_id": given["message_id"],
            "question": question,
            "sent_at": given.get("sent_at"),
            "holder": given.get("holder"),
            "shown": list(given.get("shown") or ()),
            "risk": risk,
        },
    )


def as_text(said: str) -> str:
    """What a person said, so that Rasa never takes it for a command of its own (`/intent{}`)."""
    return "\u200b" + said if said.lstrip().startswith("/") else said


def question_asked(tracker: DialogueStateTracker | None) -> str | None:
    """What the person is being asked: the open question of a form, without its topic."""
    if tracker is None:
        return None
    asked: str | None = tracker.get_slot("requested_slot") or tracker.get_slot("asked")
    question = asked and asked.removeprefix(QUESTION_PREFIX)
    return READ_AS.get(question, question) if question else None


def _choice(given: dict[str, Any], risk: dict[str, Any]) -> dict[str, Any]:
    """A pressed choice as understanding: `field=value` is an answer, anything else an intent."""
    name, separator, value = given["choice"].partition("=")
    return {
        "text": given.get("title") or "",
        "intent": {"name": "choose" if separator else name, "confidence": 1.0},
        "entities": [],
        "choice": {"name": name, "value": value} if separator else None,
        "facts": [],
        "risk": risk,
    }


def _risk(
    text: str, question: str | None, given: dict[str, Any], earlier: Sequence[str] = ()
) -> dict[str, Any]:
    shown = tuple(given.get("shown") or ())
    return recogniser().recognise(text, question, shown, earlier).as_dict()


def _risk_of_choice(given: dict[str, Any]) -> dict[str, Any]:
    """A pressed choice is read with the question it stands under, which is in its value.

    Its words are ours, so only a question about safety can make them a risk.
    """
    question = given["choice"].partition("=")[0]
    if question in QUESTIONS_OF_SAFETY:
        return _risk(given["title"], question, given)
    return {"disposition": "none", "categories": [], "evidence": []}


async def _recognise(given: dict[str, Any]) -> dict[str, Any]:
    return _risk(given["text"], given.get("question"), given)


async def _forget(request: Request) -> dict[str, Any]:
    conversation, agent = request.json["conversation"], request.app.ctx.agent
    # Rasa wraps the store that bot/endpoints.yml names into one that knows fewer verbs.
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    # A turn that is under way would keep what is being forgotten.
    async with agent.lock_store.lock(conversation):
        await store.delete(conversation)
    return {}


def _answered(tracker: DialogueStateTracker, message_id: str) -> dict[str, Any] | None:
    """What was answered to this message, if it was answered before."""
    events = list(tracker.events)
    for at, event in enumerate(events):
        if (
            isinstance(event, UserUttered)
            and (event.metadata or {}).get("message_id") == message_id
        ):
            said: list[dict[str, Any]] = []
            for later in events[at + 1 :]:
                if isinstance(later, UserUttered):
                    break
                if isinstance(later, BotUttered):
                    said.append(later.message())
            return _answer(said, event.metadata.get("risk") or {}, message_id)
    return None


def _answer(said: list[dict[str, Any]], risk: dict[str, Any], message_id: str) -> dict[str, Any]:
    return {
        "replies": replies_from(said),
        "risk": risk,
        "failed": not complete(said, message_id),
    }
