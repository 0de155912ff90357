"""Names that only say near which town a place lies: `Fulbourn near Cambridge` is Fulbourn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.places import Gazetteer, Mention

_NEAR = re.compile(r",? (?:nr\.?|near|just outside|outside|close to|by) $", re.IGNORECASE)
# A village that the gazetteer knows only where a place is surely meant: `milton nr cambridge`.
_VILLAGE = re.compile(
    r"(?:^|[.,;!?\n] ?|\b(?:in|at|from) )(?P<name>[a-z][a-z']+(?: [a-z]+)?)"
    r"(?P<near>,? (?:nr\.?|near) )$",
    re.IGNORECASE,
)


def nearest(gazetteer: Gazetteer, text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, without towns that another place is said to be near; that place instead."""
    last = None
    for mention in mentions:
        near = _NEAR.search(text, last.end if last else 0, mention.start)
        if not (last and near and near.start() == last.end and last.resolution.place):
            yield _village(gazetteer, text, mention) or mention
        last = mention


def _village(gazetteer: Gazetteer, text: str, town: Mention) -> Mention | None:
    before = _VILLAGE.search(text[max(0, town.start - 48) : town.start])
    if before is None:
        return None
    found = gazetteer.mentions(before["name"], answering=True)
    if len(found) != 1 or found[0].as_said.lower() != before["name"].lower():
        return None
    end = town.start - len(before["near"])
    return replace(found[0], start=end - len(before["name"]), end=end)
