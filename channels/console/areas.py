"""Whose conversations somebody sees: those of their area, unless life is at stake.

Who is refused looks at nothing; that they tried is in the trace.
"""

import re
from typing import NoReturn

from channels.parts import Parts
from knowledge.audit.model import What
from knowledge.conversations.model import Priority, Reader, State
from knowledge.coordinators.model import Area, Coordinator
from knowledge.errors import NotFound

_ID = re.compile(r"[0-9a-f]{32}")
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
        await refuse(parts, "area", conversation)


async def refuse(parts: Parts, missing: str, conversation: str = "") -> NoReturn:
    """Answer as if nothing were there, and note in the trace what somebody had no right to.

    ``missing`` is the right, or "area". Raises NotFound; Unavailable when it can't be noted.
    """
    known = conversation if _ID.fullmatch(conversation) else ""  # no other words in the trace
    await parts.knowledge.audit.looked(What.REFUSED, known, why=missing)
    raise NotFound(missing)
