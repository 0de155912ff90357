"""Who a co-ordinator is, and what they may do."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person of the team is here for."""

    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"
    EDITOR = "editor"  # of the directory; sees nobody's conversation


class Right(StrEnum):
    """What can be done at the desk."""

    SEE_QUEUE = "see_queue"
    READ_CONVERSATION = "read_conversation"
    TAKE_CONVERSATION = "take_conversation"
    WRITE_NOTE = "write_note"
    EDIT_DIRECTORY = "edit_directory"


# What is not written here is refused.
RIGHTS: dict[Right, frozenset[Role]] = {
    Right.SEE_QUEUE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Right.READ_CONVERSATION: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Right.TAKE_CONVERSATION: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Right.WRITE_NOTE: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Right.EDIT_DIRECTORY: frozenset({Role.EDITOR, Role.ADMINISTRATOR}),
}


@dataclass(frozen=True, kw_only=True)
class Coordinator:
    """A person of the team. ``name`` is the first name or pseudonym that people see."""

    id: str
    email: str
    name: str
    role: Role

    def may(self, right: Right) -> bool:
        """Whether the table of rights allows this; what it does not name is refused."""
        return self.role in RIGHTS.get(right, frozenset())


@dataclass(frozen=True)
class SignIn:
    """A signed-in co-ordinator and the secret of their session."""

    coordinator: Coordinator
    session: str
