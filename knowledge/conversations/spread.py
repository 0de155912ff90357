"""Conversations and the engines of the assistant: which one answers whom, evenly."""

import uuid
from itertools import cycle
from zlib import crc32

IN_TURN = 8  # new conversations in a row that fall on as many places


def place_of(conversation: str, places: int) -> int:
    """The place, from 0 on, that a conversation has among so many; always the same."""
    return crc32(conversation.encode()) % places


class Ids:
    """Random ids (UUID4, hex); new conversations fall on two, four or eight places in turn.

    Left to chance alone, eight conversations at once would often be five and three on two engines,
    and those of the busier one wait while the other stands idle.
    """

    def __init__(self) -> None:
        self._turn = cycle(range(IN_TURN))

    def new(self) -> str:
        """The id of the next conversation."""
        turn = next(self._turn)
        while True:
            made = uuid.uuid4().hex
            if place_of(made, IN_TURN) == turn:
                return made
