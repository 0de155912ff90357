"""The taxonomies of our own: the eight needs, kinds of crime, people, what a service asks."""

from __future__ import annotations

from dataclasses import dataclass

from .wording import group, word

ANY_CRIME = "any"
NAMES = {
    "needs": "The eight needs of a victim of crime",
    "crimes": "Kinds of crime",
    "people": "People a service is for",
    "limits": "What a service asks or does not do",
}


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
    ]
    return (Term("crimes", ANY_CRIME, "any crime"), *found)


def _name(taxonomy: str, code: str) -> str:
    if taxonomy == "limits":  # their words have gaps for the person at hand
        return code.replace("_", " ")
    return word(taxonomy, code)
