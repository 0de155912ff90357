"""Whom it happened to, as the person speaks of them."""

import re

from knowledge.assessment.model import Record

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


def relation_of(record: Record) -> str | None:
    """`your son`, when the words in which the role was told say so; None when they don't."""
    role = record["role"]
    said = record["told"].get("role", {}).get("as_said", "")
    for relation, words in RELATIONS.get(role, {}).items():
        if re.search(
            rf"\b(?:my|our|his|her) (?:[\w-]+ ){{0,3}}?(?:{words})(?:'?s)?\b", said, re.IGNORECASE
        ):
            return f"your {relation}"
    return None
