"""The verbs others may call to let people come back."""

import secrets

from knowledge.clock import Clock
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Kind, Opened
from knowledge.conversations.operations import token_hash
from knowledge.database import Database
from knowledge.errors import NotFound
from knowledge.returning import store
from knowledge.returning.model import WordList, keyed_hash


class Returning:
    """Phrases that open conversations again, for whoever knows one."""

    def __init__(self, database: Database, clock: Clock, key: str) -> None:
        self._database = database
        self._clock = clock
        self._key = key
        self._words = WordList.load()

    async def new_phrase(self, conversation: str) -> str:
        """A phrase for a conversation, in place of the one before. It is kept nowhere.

        Raises NotFound for an unknown conversation.
        """
        phrase = self._words.phrase()
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            await store.keep(unit, conversation, keyed_hash(phrase, self._key), self._clock())
        return phrase

    async def leave(self, conversation: str) -> None:
        """Mark that the person left in a hurry; from now on only the phrase opens it again.

        Raises NotFound for an unknown conversation.
        """
        mark = Draft(author=Author.SYSTEM, kind=Kind.HURRIED, audience=Audience.COORDINATORS)
        async with self._database.writing() as unit:
            await conversations.append(unit, conversation, mark, self._clock())
            nobody_has = token_hash(secrets.token_urlsafe(32))
            await conversations.renew_token(unit, conversation, nobody_has)

    async def come_back(self, typed: str) -> Opened:
        """The conversation that a phrase opens, with a new token: the one before ends.

        Raises NotFound when no conversation has this phrase.
        """
        phrase = self._words.read(typed)
        if phrase is None:
            raise NotFound("phrase")
        token = secrets.token_urlsafe(32)
        async with self._database.writing() as unit:
            conversation = await store.conversation_of(unit, keyed_hash(phrase, self._key))
            if conversation is None:
                raise NotFound("phrase")
            await conversations.renew_token(unit, conversation, token_hash(token))
        return Opened(conversation, token)
