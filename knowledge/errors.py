"""What can go wrong in knowledge, as others see it.

KnowledgeError
  NotFound      no such thing, or not for this reader
  NotAllowed    the key or password is wrong
    Locked      the session was idle: its password opens it again
    MadeRoom    the session was ended for another one of the same person
  NotYet        too many tries: wait before the next one
  Conflict      the conversation moved on (already taken, already closed)
    Refused     the gate: the person must not be reached so, or not now
    Held        a hold for safeguarding keeps it from being deleted
  Unavailable   the database did not answer
"""

from datetime import timedelta


class KnowledgeError(Exception):
    """Base of all errors that leave this room."""


class NotFound(KnowledgeError):
    """No such thing, or not for this reader: the two are told apart nowhere."""


class NotAllowed(KnowledgeError):
    """The key or password does not fit."""


class Locked(NotAllowed):
    """Nobody used the session for a while: the password opens it again."""


class MadeRoom(NotAllowed):
    """Its owner signed in on too many devices; this session, used longest ago, was ended."""


class NotYet(KnowledgeError):
    """Too many tries with a wrong key. ``wait`` says for how long none is looked at."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("too many tries")
        self.wait = wait


class Conflict(KnowledgeError):
    """The conversation moved on: somebody else holds it, or it is closed."""


class Refused(Conflict):
    """The gate keeps it back; ``why`` is a word of knowledge.contact."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the person must not be reached: {why}")
        self.why = why


class Held(Conflict):
    """A supervisor put the conversation on hold: it can't be deleted."""


class Unavailable(KnowledgeError):
    """The database did not answer."""
