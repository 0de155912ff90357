"""What can go wrong in knowledge, as others see it.

KnowledgeError
  NotFound      no such thing, or not for this reader
  NotAllowed    the key or password is wrong
  Conflict      the conversation moved on (already taken, already closed)
  Unavailable   the database did not answer
"""


class KnowledgeError(Exception):
    """Base of all errors that leave this room."""


class NotFound(KnowledgeError):
    """No such thing, or not for this reader: the two are told apart nowhere."""


class NotAllowed(KnowledgeError):
    """The key or password does not fit."""


class Conflict(KnowledgeError):
    """The conversation moved on: somebody else holds it, or it is closed."""


class Unavailable(KnowledgeError):
    """The database did not answer."""
