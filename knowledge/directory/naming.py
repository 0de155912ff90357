"""Services that people ask for by name."""

from __future__ import annotations

import re
from functools import cache

from .model import Service
from .person import Person

# Names that are words of every day: a capital inside the sentence tells that one is meant.
_ORDINARY_WORDS = frozenset({"shout", "mind", "brake", "choices", "shelter", "freedom", "embrace"})


def is_named(service: Service, person: Person) -> bool:
    """Whether the person asked for it by name, or for just what it does."""
    if service.id in person.asked:
        return True
    if not person.query.text:
        return False
    name, said = plain_name(service.name), person.query.text
    if name in _ORDINARY_WORDS:
        return bool(re.search(rf"(?<=[a-z,] ){name.capitalize()}\b", said))
    said = said.lower()
    return len(name) > 3 and name in said and bool(re.search(rf"\b{re.escape(name)}\b", said))


@cache
def plain_name(name: str) -> str:
    """A service's name as people say it, without what stands in brackets."""
    return re.sub(r"\(.*", "", name).strip().lower()
