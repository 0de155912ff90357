"""What the team does with a conversation, by its API and by its pages: said, kept, heard."""

from dataclasses import replace

from channels.bell import QUEUE
from channels.console.areas import is_theirs
from channels.message import clean
from channels.parts import Parts
from channels.words import Say, Words
from knowledge.conversations.model import Author, Holder
from knowledge.coordinators.model import Coordinator, Right
from knowledge.errors import Conflict, NotFound

words = Words.load()


async def transfer(
    parts: Parts, conversation: str, who: Coordinator, to: str | None, note: str
) -> None:
    """Pass a conversation on with a note. Raises Conflict, and NotFound for a stranger."""
    if to is not None and to not in {one.id for one in await receivers(parts, who, conversation)}:
        raise NotFound(to)
    told = words.reply(Say.TRANSFERRED, name=who.name).text
    await parts.knowledge.teamwork.transfer(conversation, who.id, to, told, clean(note).strip())
    parts.bell.ring(conversation, QUEUE)


async def join(parts: Parts, conversation: str, who: Coordinator) -> None:
    """Come in beside the colleague who holds it; the person is told. Raises Conflict."""
    told = words.reply(Say.JOINED_TOO, name=who.name).text
    await parts.knowledge.teamwork.join(conversation, who.id, told)
    parts.bell.ring(conversation, QUEUE)


async def leave(parts: Parts, conversation: str, who: Coordinator) -> None:
    """Go again; the person is told. Raises Conflict unless one had joined."""
    told = words.reply(Say.LEFT, name=who.name).text
    await parts.knowledge.teamwork.leave(conversation, who.id, told)
    parts.bell.ring(conversation, QUEUE)


async def take_over(parts: Parts, conversation: str, who: Coordinator) -> None:
    """Take it from the colleague who holds it; the person is told. Raises Conflict."""
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    if state.holder is not Holder.COORDINATOR or state.held_by is None:
        raise Conflict("nobody holds this conversation")
    before = (await parts.knowledge.coordinators.get(state.held_by)).name
    told = words.reply(Say.TAKEN_OVER, name=who.name, before=before).text
    await parts.knowledge.teamwork.take_over(conversation, who.id, state.held_by, told)
    parts.bell.ring(conversation, QUEUE)


async def ask_learning(parts: Parts, conversation: str, who: Coordinator) -> None:
    """Ask the person whether we may learn from their words. Raises Conflict unless one holds it.

    Only their own answer counts; nobody can give it for them.
    """
    await _ask(parts, conversation, who, Say.ASK_LEARNING)


async def ask_writing(parts: Parts, conversation: str, who: Coordinator) -> None:
    """Ask the person whether we may write to them by e-mail; the same holds."""
    await _ask(parts, conversation, who, Say.ASK_WRITING)


async def _ask(parts: Parts, conversation: str, who: Coordinator, say: Say) -> None:
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    if state.held_by != who.id:
        raise Conflict("you do not hold this conversation")
    await parts.reception.remark(conversation, words.reply(say).as_draft(Author.SYSTEM))


async def colleagues(parts: Parts, who: Coordinator) -> list[Coordinator]:
    """To whom one can pass a conversation on."""
    return [
        one
        for one in await parts.knowledge.coordinators.everyone()
        if one.id != who.id and one.may(Right.TAKE_CONVERSATION)
    ]


async def receivers(parts: Parts, who: Coordinator, conversation: str) -> list[Coordinator]:
    """To whom one can pass this conversation on: those who may see it."""
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    county = (await parts.knowledge.assessments.counties([conversation])).get(conversation)
    waiting = replace(state, held_by=None)
    return [one for one in await colleagues(parts, who) if is_theirs(one, waiting, county)]
