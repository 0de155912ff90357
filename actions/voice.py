"""How the wording follows who is writing: you, your son, your mum, the business."""

from dataclasses import dataclass

from actions.wording import Wording
from knowledge.assessment.model import DEATHS, Record
from knowledge.assessment.relation import relation_of

VOICES = {
    "bereaved_relative": "bereaved",
    "parent_guardian": "child",
    "business_contact": "business",
    "witness": "witness",
    "spokesperson": "other",
    "other": "other",
}
# Whom an alarm is about, as its words follow it (bot/domain/safety.yml); a victim has no entry.
ALARM_ABOUT = {
    "bereaved": "bereaved",
    "young": "young",
    **dict.fromkeys(("child", "other", "witness", "business"), "another"),
}


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
    if name == "you" and record["crime_type"] in DEATHS:
        return Voice("bereaved", "you")
    if name == "you" or role == "witness" or name == "bereaved":
        return Voice(name, "you")
    found = relation_of(record)
    default = wording.of("who", role)
    kept = who_before if who_before and who_before.startswith("your ") else None
    return Voice(name, found or kept or default)
