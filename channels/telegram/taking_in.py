"""The words of people in Telegram on their way to reception, and the chat they come from."""

from channels.message import LONGEST
from channels.reception import Incoming, Reception
from channels.telegram.render import split
from channels.telegram.updates import CHANNEL
from channels.words import Say, Words
from knowledge.chats.model import Chat
from knowledge.chats.operations import Chats
from knowledge.conversations.model import Audience, Author, Draft, Kind


class TakingIn:
    """Brings words to reception. Doing it twice has the effect of once."""

    def __init__(self, chats: Chats, reception: Reception, words: Words) -> None:
        self._chats = chats
        self.reception = reception
        self._words = words

    async def chat(self, address: str, message: int) -> Chat:
        """The chat in which somebody writes; who is new is greeted. Raises Unavailable.

        ``message`` is Telegram's number of what they wrote.
        """
        known = await self._chats.hears(CHANNEL, address, message)
        if known is not None:
            return known
        opened = await self.reception.open(CHANNEL, Say.TELEGRAM_WELCOME)
        await self._tell_the_desk(opened.conversation)
        chat = await self._chats.add(CHANNEL, address, opened.conversation)
        await self._chats.heard(chat, [message])
        return chat

    async def said(self, chat: Chat, text: str, number: int) -> None:
        """What a person said in an update, which has this number.

        Raises Overloaded, NotFound and Unavailable.
        """
        for part, piece in enumerate(split(text, LONGEST)):
            said = Incoming(
                conversation=chat.conversation,
                message_id=f"{CHANNEL}-{number}-{part}",
                text=piece,
            )
            await self.reception.receive(said)

    async def _tell_the_desk(self, conversation: str) -> None:
        """What can't be done in this channel, where co-ordinators read the conversation."""
        note = Draft(
            author=Author.SYSTEM,
            kind=Kind.NOTE,
            audience=Audience.COORDINATORS,
            text=self._words.reply(Say.TELEGRAM_DESK).text,
        )
        await self.reception.remark(conversation, note)
