"""E-mails and letters to a person: through the gate, without content, noted without an address."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from channels import mail
from channels.parts import Parts
from knowledge.contact.model import Approach, Way
from knowledge.coordinators.model import Coordinator
from knowledge.errors import Conflict, NotFound, Refused


@dataclass(frozen=True)
class Letter:
    """One of the letters that may leave: its words are always the same (letters.yml)."""

    key: str
    title: str
    subject: str
    text: str

    def by(self, name: str) -> str:
        """Its words, from somebody of the team."""
        return self.text.format(me=name.split()[0])


@cache
def letters() -> Mapping[str, Letter]:
    """All letters, by their keys."""
    kept = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text("utf-8"))
    return {key: Letter(key, **words) for key, words in kept.items()}


async def by_email(
    parts: Parts, conversation: str, who: Coordinator, key: str, to: tuple[str, str]
) -> None:
    """Send a letter by e-mail to ``to``: an address, and an id with which it is sent once.

    Raises Refused with the gate's reason, MailFailed, NotFound for no such letter, and Conflict
    while a colleague holds the conversation.
    """
    address, id_ = to
    letter = await _allowed(parts, conversation, who, key, (Way.EMAIL, id_))
    if await parts.knowledge.gate.has_gone(conversation, id_):
        return
    text = letter.by(who.name)
    await mail.send(
        parts.settings, address, letter.subject, text, sender=parts.settings.quiet_mail_from
    )
    await _note(parts, conversation, who, letter, (Way.EMAIL, id_))


async def on_paper(
    parts: Parts, conversation: str, who: Coordinator, key: str, id_: str
) -> Letter:
    """A letter to be printed; it counts as sent. Raises Refused, NotFound and Conflict."""
    letter = await _allowed(parts, conversation, who, key, (Way.LETTER, id_))
    await _note(parts, conversation, who, letter, (Way.LETTER, id_))
    return letter


async def _allowed(
    parts: Parts, conversation: str, who: Coordinator, key: str, how: tuple[Way, str]
) -> Letter:
    way, id_ = how
    if key not in letters():
        raise NotFound(key)
    state, _, _ = await parts.knowledge.teamwork.here(conversation)
    if state.held_by not in (None, who.id):
        raise Conflict("a colleague holds this conversation")
    approach = Approach(way=way, is_a_letter=True)
    why = await parts.knowledge.gate.ask(conversation, approach, id_, who.id)
    if why is not None:
        parts.bell.ring(conversation)
        raise Refused(why)
    return letters()[key]


async def _note(
    parts: Parts, conversation: str, who: Coordinator, letter: Letter, how: tuple[Way, str]
) -> None:
    way, id_ = how
    await parts.knowledge.gate.went(conversation, who.id, way, letter.key, id_)
    parts.bell.ring(conversation)
