"""The verbs others may call on the gate."""

from knowledge.assessment import store as assessments
from knowledge.assessment.contact import Contact, no_contact_told
from knowledge.assessment.model import empty_record
from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.contact.model import Approach, Way, Why, refusal
from knowledge.conversations import store as conversations
from knowledge.conversations.model import Audience, Author, Draft, Kind, Reader
from knowledge.database import Database
from knowledge.returning.leaving import left_in_a_hurry


class Gate:
    """Everything that leaves towards a person goes through here."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def look(self, conversation: str, approach: Approach) -> Why | None:
        """Why this must not leave, or None when it may. Nothing is noted. Raises NotFound."""
        contact, left = await self._known(conversation)
        return refusal(approach, contact, left=left, now=self._clock())

    async def ways(self, conversation: str) -> dict[Way, Why | None]:
        """Each way to a person who is not here now, and why it is closed. Raises NotFound."""
        contact, left = await self._known(conversation)
        return {
            way: refusal(Approach(way=way), contact, left=left, now=self._clock()) for way in Way
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

    async def _known(self, conversation: str) -> tuple[Contact, bool]:
        async with self._database.reading() as unit:
            record = empty_record() | (await assessments.record(unit, conversation) or {})
            thread = await conversations.thread(unit, conversation, reader=Reader.COORDINATOR)
            if not thread:
                await conversations.state(unit, conversation)  # or there is none at all
        return record["contact"] or no_contact_told(), left_in_a_hurry(thread)

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
