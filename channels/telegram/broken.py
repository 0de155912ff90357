"""Updates that could not be worked off: their words go in all the same, or people are called."""

import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from channels.lifelines import Lifelines
from channels.telegram.links import DEEDS, command_in, words_in
from channels.telegram.taking_in import CALLED, TakingIn
from channels.telegram.updates import CHANNEL
from knowledge.chats.model import Update
from knowledge.chats.operations import Chats
from knowledge.conversations.model import Audience, Author, Draft, Kind
from knowledge.errors import NotFound, Unavailable

log = logging.getLogger(__name__)

NOTE = (
    "Telegram: something this person sent could not be taken in, and nobody has read it. "
    "They were asked to send it again, and to call 999 if they are in danger."
)


class Broken:
    """The last resort: it reads of an update only what it must."""

    def __init__(self, chats: Chats, taking_in: TakingIn) -> None:
        self._chats = chats
        self._taking_in = taking_in
        self._reception = taking_in.reception
        self._lifelines = Lifelines.load()

    async def see_to(self, update: Update) -> bool:
        """Take the words of an update in, or tell the person and the desk that we could not, once.

        Returns whether it is done with; else it must be tried again later. Raises Unavailable.
        """
        told = _opened(update.payload)
        message = _message(told)
        if await self._taken_in(update, message):
            return True
        if "my_chat_member" in told:  # that they left is seen when something is sent
            return True
        # What they wanted done is theirs to ask again: later it could be the wrong thing to do.
        is_deed = _is_deed(message)
        with suppress(NotFound):  # erased meanwhile
            await self._tell(update, calls=not is_deed)
        return is_deed

    async def _taken_in(self, update: Update, message: Mapping[str, Any]) -> bool:
        """Whether the words, if there are any, have reached reception."""
        try:
            words = words_in(message.get("text"), message.get("caption"))
            if not words or message["chat"]["type"] != "private":
                return False
            chat = await self._taking_in.chat(update.address, message["message_id"])
            await self._taking_in.said(chat, words, update.number)
        except Unavailable:
            raise
        except Exception as error:  # these words break us in every way
            log.error("telegram words could not be taken in: %s", type(error).__name__)
            return False
        return True

    async def _tell(self, update: Update, *, calls: bool) -> None:
        """Tell the person, and the desk; where it calls, somebody is asked to come in."""
        chat = await self._chats.at(CHANNEL, update.address)
        if chat is None:
            return
        note = Draft(
            author=Author.SYSTEM, kind=Kind.NOTE, audience=Audience.COORDINATORS, text=NOTE
        )
        told = self._lifelines.not_taken_in.as_draft(Author.SYSTEM)
        called = [("called", CALLED.as_draft())] if calls else []
        for name, draft in (*called, ("note", note), ("told", told)):
            id_ = f"{CHANNEL}-{update.number}-{name}"
            await self._reception.remark(chat.conversation, replace(draft, message_id=id_))


def _opened(payload: str) -> Mapping[str, Any]:
    """What is in an update; nothing where it can't be read."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _message(told: Mapping[str, Any]) -> Mapping[str, Any]:
    message = told.get("message") or told.get("edited_message")
    return message if isinstance(message, dict) else {}


def _is_deed(message: Mapping[str, Any]) -> bool:
    text = message.get("text")
    return isinstance(text, str) and command_in(text) in DEEDS
