"""A chat in a messenger, and the conversation that goes on in it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Chat:
    """One person's chat in one messenger.

    ``address`` is how the messenger names the chat. It never leaves the channel: not to the
    assistant, not to the desk, not to a log; empty where no key opens it. ``delivered`` is the
    sequence up to which the thread was brought there. ``quiet``: notifications must say nothing.
    ``paused``: the person left or blocked us, nothing is sent until they write again.
    """

    channel: str
    address: str
    conversation: str
    delivered: int
    quiet: bool
    paused: bool
    heard_at: datetime


@dataclass(frozen=True, kw_only=True)
class Sending:
    """How far a chat was brought on its way from ``Chat.delivered`` to ``upto``.

    ``arrived`` messages of this way stand in the chat. ``in_doubt``: the next one was handed to
    the messenger, and it did not say yet whether it took it. ``covered``: the messages say
    nothing by themselves.
    """

    upto: int
    arrived: int = 0
    in_doubt: bool = False
    covered: bool = False


@dataclass(frozen=True, kw_only=True)
class Update:
    """Something a messenger told us, kept until it is worked off. ``number`` is its own count.

    What no key opens is empty.
    """

    channel: str
    number: int
    address: str
    payload: str
