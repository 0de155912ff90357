"""How the wording follows who is writing: you, your son, your mum, the business."""

import re
from dataclasses import dataclass

from actions.wording import Wording
from knowledge.assessment.model import Record

VOICES = {
    "bereaved_relative": "bereaved",
    "parent_guardian": "child",
    "business_contact": "business",
    "witness": "witness",
    "spokesperson": "other",
    "other": "other",
}
# How a relation is said back. Only what is plain: "my old lady" may be anybody.
CHILD = {
    "son": r"son|boy|lad",
    "daughter": r"daughter|girl",
    "children": r"children|kids",
}
OTHER = {
    "mum": r"mum|mother|mam|mummy",
    "dad": r"dad|father|daddy",
    "nan": r"nan|nana|gran|granny|grandma|grandmother",
    "grandad": r"grandad|granddad|grandpa|grandfather",
    "wife": r"wife",
    "husband": r"husband",
    "partner": r"partner",
    "sister": r"sister",
    "brother": r"brother",
    "son": r"son",
    "daughter": r"daughter",
    "friend": r"friend|mate",
    "neighbour": r"neighbour|neighbor",
    "client": r"client",
}
RELATIONS = {"parent_guardian": CHILD, "spokesperson": OTHER, "other": OTHER}


@dataclass(frozen=True)
class Voice:
    """The voice of the wording, and the person it happened to as we speak of them."""

    name: str
    who: str


def voice_of(record: Record, wording: Wording, who_before: str | None) -> Voice:
    """How to speak with whoever told this record. A relation said once is kept."""
    role = record["role"]
    name = VOICES.get(role, "you")
    if name == "you" and "under_18" in (record["vulnerability"] or ()):
        return Voice("young", "you")
    if name == "you" or role == "witness" or name == "bereaved":
        return Voice(name, "you")
    found = _relation(role, record["told"].get("role", {}).get("as_said", ""))
    default = wording.of("who", role)
    kept = who_before if who_before and who_before.startswith("your ") else None
    return Voice(name, found or kept or default)


def _relation(role: str, said: str) -> str | None:
    for relation, words in RELATIONS.get(role, {}).items():
        if re.search(
            rf"\b(?:my|our|his|her) (?:[\w-]+ ){{0,3}}?(?:{words})(?:'?s)?\b", said, re.IGNORECASE
        ):
            return f"your {relation}"
    return None
