"""Who a person of the team is, and what they may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What a person of the team is here for."""

    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"  # of the directory; sees nobody's conversation
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"  # sees who did what; no conversation, no directory


class Area(StrEnum):
    """Which county's people somebody is here for."""

    HERTFORDSHIRE = "hertfordshire"
    CAMBRIDGESHIRE = "cambridgeshire"
    BOTH = "both"

    def covers(self, county: str | None) -> bool:
        """Whether a place in this county is ours; what is unknown, or nobody's, is everybody's."""
        elsewhere = county not in (Area.HERTFORDSHIRE, Area.CAMBRIDGESHIRE)
        return self is Area.BOTH or elsewhere or county == self


class Right(StrEnum):
    """What can be done at the desk."""

    SEE_QUEUE = "see_queue"
    READ_CONVERSATION = "read_conversation"
    TAKE_CONVERSATION = "take_conversation"
    WRITE_NOTE = "write_note"
    JOIN_CONVERSATION = "join_conversation"  # that a colleague holds, or take it over
    CORRECT_FACTS = "correct_facts"
    MARK_ALARM = "mark_alarm"
    ACKNOWLEDGE = "acknowledge"
    SEE_FIGURES = "see_figures"
    SET_DUTY_PHONE = "set_duty_phone"
    HOLD_CONVERSATION = "hold_conversation"  # for safeguarding: it is not deleted
    EDIT_DIRECTORY = "edit_directory"
    MANAGE_PEOPLE = "manage_people"
    READ_TRACE = "read_trace"


_DESK = frozenset({Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})

# What is not written here is refused.
RIGHTS: dict[Right, frozenset[Role]] = {
    Right.SEE_QUEUE: _DESK,
    Right.READ_CONVERSATION: _DESK,
    Right.TAKE_CONVERSATION: _DESK,
    Right.WRITE_NOTE: _DESK,
    Right.JOIN_CONVERSATION: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Right.CORRECT_FACTS: _DESK,
    Right.MARK_ALARM: _DESK,
    Right.ACKNOWLEDGE: _DESK,
    Right.SEE_FIGURES: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Right.SET_DUTY_PHONE: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Right.HOLD_CONVERSATION: frozenset({Role.SUPERVISOR}),
    Right.EDIT_DIRECTORY: frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
    Right.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Right.READ_TRACE: frozenset({Role.AUDITOR}),
}


@dataclass(frozen=True, kw_only=True)
class Coordinator:
    """A person of the team. ``name`` is the first name or pseudonym that people see."""

    id: str
    email: str
    name: str
    role: Role
    area: Area = Area.BOTH
    is_active: bool = True
    has_second_factor: bool = False
    from_issuer: bool = False  # of this session: the issuer saw to the second factor

    def may(self, right: Right) -> bool:
        """Whether the table of rights allows this; what it does not name is refused."""
        return self.is_active and self.role in RIGHTS.get(right, frozenset())


@dataclass(frozen=True)
class SignIn:
    """A signed-in person of the team and the secret of their session.

    ``made_room`` says that another session of theirs was ended for it.
    """

    coordinator: Coordinator
    session: str
    made_room: bool = False


@dataclass(frozen=True, kw_only=True)
class Session:
    """One device on which somebody is signed in."""

    id: str
    device: str
    opened_at: datetime
    last_seen: datetime


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A place on the team that waits for somebody."""

    id: str
    email: str
    role: Role
    area: Area
    invited_by: str
    at: datetime
