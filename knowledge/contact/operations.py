"""The verbs others may call on the gate."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.assessment import store as assessments
from knowledge.assessment.contact import Contact, no_contact_told
from knowledge.assessment.model import empty_record
from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.callbacks import store as callbacks
from knowledge.callbacks.model import Callback
from knowledge.clock import Clock
from knowledge.contact.consent import agreed_to_writing
from knowledge.contact.model import Approach, Way, Why, is_talking, refusal
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Kind, Reader
from knowledge.database import Database
from knowledge.returning.leaving import left_in_a_hurry


@dataclass(frozen=True)
class _Known:
    """All that the gate goes by."""

    contact: Contact
    left: bool
    consented: bool
    agreed: Sequence[Callback]
    heard_at: datetime | None


class Gate:
    """Everything that leaves towards a person goes through here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(self, conversation: str, approach: Approach) -> Why | None:
        """Why this must not leave, or None when it may. Nothing is noted. Raises NotFound.

        Nearly all that leaves answers somebody who just wrote: for that no thread is opened.
        """
        if is_talking(approach, self._clock()) and not await self._ever_left(conversation):
            return None
        return self._refusal(approach, await self._known(conversation))

    async def ways(self, conversation: str) -> dict[Way, Why | None]:
        """Each way to a person, and why it is closed. Who just wrote is still here to talk.

        Raises NotFound.
        """
        known = await self._known(conversation)
        return {
            way: self._refusal(Approach(way=way, is_a_letter=True, heard_at=known.heard_at), known)
            for way in Way
        }

    async def ask(
        self, conversation: str, approach: Approach, about: str, coordinator: str = ""
    ) -> Why | None:
        """The same; a refusal is noted in the thread and in the log, once for each ``about``
        (what was to leave: an id, never its words). Raises NotFound.
        """
        why = await self.look(conversation, approach)
        if why is not None:
            await self._note(conversation, approach.way, why, (about, coordinator))
        return why

    async def went(
        self, conversation: str, coordinator: str, way: Way, letter: str, id_: str
    ) -> None:
        """Note that a letter went out: its name, never an address. The same id notes it once."""
        draft = Draft(
            author=Author.SYSTEM,
            kind=Kind.WROTE,
            audience=Audience.COORDINATORS,
            message_id=id_,
            by=coordinator,
            details={"way": way, "letter": letter},
        )
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            if await conversations.sequence_of(unit, conversation, id_) is not None:
                return
            await conversations.append(unit, conversation, draft, self._clock())
            why = f"{way}: {letter}"
            await trace(unit, self._clock(), What.WROTE, conversation, who=coordinator, why=why)

    async def has_gone(self, conversation: str, id_: str) -> bool:
        """Whether a letter with this id went out already."""
        async with self._database.reading() as unit:
            return await conversations.sequence_of(unit, conversation, id_) is not None

    def _refusal(self, approach: Approach, known: _Known) -> Why | None:
        times = [(one.start, one.end) for one in known.agreed if one.way is approach.way]
        if times and approach.agreed is None:  # what was agreed for this way holds for all of it
            approach = replace(approach, agreed=times[-1])
        return refusal(
            approach,
            known.contact,
            left=known.left,
            now=self._clock(),
            consented=known.consented,
        )

    async def _ever_left(self, conversation: str) -> bool:
        async with self._database.reading() as unit:
            return bool(await conversations.of_kinds(unit, conversation, [Kind.HURRIED]))

    async def _known(self, conversation: str) -> _Known:
        async with self._database.reading() as unit:
            kept = await assessments.records(unit, [conversation])
            thread = await conversations.thread(unit, conversation, reader=Reader.COORDINATOR)
            if not thread:
                await conversations.state(unit, conversation)  # or there is none at all
            made = await callbacks.of(unit, [conversation])
        # What can't be opened is unknown, and unknown means not safe.
        record = kept.get(conversation) or empty_record()
        return _Known(
            contact=record["contact"] or no_contact_told(),
            left=left_in_a_hurry(thread),
            consented=agreed_to_writing(thread, record.get("consent")),
            agreed=[one for one in made if one.is_ahead],
            heard_at=max((one.at for one in thread if one.author is Author.PERSON), default=None),
        )

    async def _note(self, conversation: str, way: Way, why: Why, asked: tuple[str, str]) -> None:
        about, coordinator = asked
        id_ = f"kept-back:{way}:{why}:{about}"[:64]
        draft = Draft(
            author=Author.SYSTEM,
            kind=Kind.KEPT_BACK,
            audience=Audience.COORDINATORS,
            message_id=id_,
            by=coordinator or None,
            details={"way": way, "why": why},
        )
        async with self._database.writing() as unit:
            await conversations.state(unit, conversation, lock=True)
            if await conversations.sequence_of(unit, conversation, id_) is not None:
                return
            await conversations.append(unit, conversation, draft, self._clock())
            await trace(
                unit,
                self._clock(),
                What.CONTACT_REFUSED,
                conversation,
                who=coordinator,
                why=f"{way}: {why}",
            )
