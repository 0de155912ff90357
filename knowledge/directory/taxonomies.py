"""The taxonomies of our own: the eight needs, kinds of crime, people, what a service asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .wording import group, word

ANY_CRIME = "any"
NAMES = {
    "needs": "The eight needs of a victim of crime",
    "crimes": "Kinds of crime",
    "people": "People a service is for",
    "limits": "What a service asks or does not do",
}
# Words for what follows from other fields; no entry is sorted under them.
_NO_TERMS = {
    "people": {"anyone"},
    "limits": {
        "gender", "group", "min_age", "max_age", "district", "report", "closed", "hours_unknown",
        "unconfirmed", "language",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """A term of a taxonomy; ``id`` is ``taxonomy/code``."""

    taxonomy: str
    code: str
    name: str

    @property
    def id(self) -> str:
        """The term's id among all taxonomies."""
        return f"{self.taxonomy}/{self.code}"


def terms() -> tuple[Term, ...]:
    """Every term, in the order of the words."""
    found = [
        Term(taxonomy, code, _name(taxonomy, code))
        for taxonomy in NAMES
        for code in group(taxonomy)
        if code not in _NO_TERMS.get(taxonomy, ())
    ]
    return (Term("crimes", ANY_CRIME, "any crime"), *found)


@cache
def codes(taxonomy: str) -> frozenset[str]:
    """The codes of a taxonomy's terms."""
    return frozenset(term.code for term in terms() if term.taxonomy == taxonomy)


def _name(taxonomy: str, code: str) -> str:
    if taxonomy == "limits":  # their words have gaps for the person at hand
        return code.replace("_", " ")
    return word(taxonomy, code)
