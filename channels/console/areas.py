"""Whose conversations somebody sees: those of their area, unless life is at stake."""

from channels.parts import Parts
from knowledge.conversations.model import Priority, Reader, State
from knowledge.coordinators.model import Area, Coordinator
from knowledge.errors import NotFound

_NO_ENTRIES = 2**31 - 1  # after which sequence there is nothing


def is_theirs(who: Coordinator, state: State, county: str | None) -> bool:
    """Whether somebody may see a conversation of this state and county.

    An emergency is everybody's, and so is a county that is unknown or neither of ours: no
    conversation may be seen by nobody. Who holds it keeps it.
    """
    is_emergency = state.priority is Priority.EMERGENCY
    return who.area.covers(county) or is_emergency or state.held_by == who.id


async def check_area(parts: Parts, who: Coordinator, conversation: str) -> None:
    """Raise NotFound for a conversation of the other area."""
    if who.area is Area.BOTH:
        return
    state, _ = await parts.knowledge.conversations.thread(
        conversation, reader=Reader.COORDINATOR, after=_NO_ENTRIES
    )
    counties = await parts.knowledge.assessments.counties([conversation])
    if not is_theirs(who, state, counties.get(conversation)):
        raise NotFound(conversation)
