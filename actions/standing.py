"""How each question stands: what is known is not asked, nor what does not apply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.names import Slot
from knowledge.assessment.contact import ASKED_WHEN, HOW
from knowledge.assessment.model import DEATHS, MAY_BE_A_PATTERN, Record
from knowledge.entitlements import concerns_people

SKIPPED = "skipped"
SAID = "said"
NOT_NEEDED = "not_needed"
ENOUGH_NEEDS = 2  # told already: the gentle question about effects would ask again
BY_SOMEBODY_CLOSE = frozenset(
    {"domestic_abuse", "stalking", "harassment", "sexual_offence", "child_abuse", "modern_slavery",
     "hate_crime", "asb", "other"}
)  # fmt: skip
REACHED = frozenset({"phone", "text", "email", "letter"})  # ways out of this chat

# Which field of the record answers which question.
FIELD_OF = {
    Slot.SAFE_NOW: "safe_now",
    Slot.CRIME_TYPE: "crime_type",
    Slot.WHEN: "occurred",
    Slot.WHERE: "place",
    Slot.REPEATED: "repeated",
    Slot.REPORTED: "reported",
    Slot.ROLE: "role",
    Slot.NEEDS: "needs",
    Slot.VULNERABILITY: "vulnerability",
    Slot.CONTACT: "contact",
    Slot.CONTACT_SAFE: "contact",
    Slot.CONSENT: "consent",
}
# Asked only when the talk comes to them.
ON_DEMAND = (Slot.START_AGAIN, Slot.WHICH, Slot.CLARIFY)
QUESTIONS = (*FIELD_OF, *ON_DEMAND, Slot.CONFIRM_SUMMARY)


# What closes the questions: the summary, and with it whether it may be passed on.
CLOSING = (Slot.CONFIRM_SUMMARY, Slot.CONSENT)


@dataclass
class Course:
    """How the questions stand: the slots after a turn."""

    values: dict[Slot, Any]
    again: Slot | None = None  # put once more; its old answer stays unless it is changed
    path: list[Slot] = field(default_factory=list)
    unclear: Mapping[str, Any] | None = None
    cleared: list[str] = field(default_factory=list)
    supposed: dict[str, dict[str, Any]] = field(default_factory=dict)  # by field of the record
    misses: int = 0
    missed: bool = False
    beside: bool = False  # something else was told, and not what was asked
    stepped: bool = False  # went back a question

    def is_at_its_end(self) -> bool:
        """Whether nothing but the summary is left to ask."""
        rest = set(QUESTIONS) - {*CLOSING, *ON_DEMAND}
        return all(self.values.get(question) is not None for question in rest)


def standing(question: Slot, before: Any, after: Course, record: Record) -> Any:
    """What is known, else whether it is still to be asked."""
    if question == after.again:
        return None
    known = _known(question, record)
    if known is not None:
        return known
    if FIELD_OF.get(question) in after.supposed:
        return SAID  # told, though not surely understood: the summary asks whether it is right
    if not _applies(question, after, record):
        return NOT_NEEDED
    return before if before in (SKIPPED, SAID) else None  # what was taken back is asked again


def _known(question: Slot, record: Record) -> Any:
    contact = record["contact"]
    if question is Slot.NEEDS:
        many = sum(bool(value) for value in record["needs"].values()) >= ENOUGH_NEEDS
        return SAID if many else None
    if question is Slot.CONTACT:
        return SAID if contact["how"] or contact["wanted"] is False else None
    if question is Slot.CONTACT_SAFE:
        told = contact["safe_times"] or contact["safe_to_leave_message"]
        return SAID if told and contact["how"] else None
    name = FIELD_OF.get(question)
    if name is None or name not in record["told"]:
        return None
    value = record[name]
    # A form asks again for a slot that is None; False, [] and {} are answers.
    return value or {"no": True}


def _applies(question: Slot, after: Course, record: Record) -> bool:
    if question in (Slot.START_AGAIN, Slot.WHICH):
        return False
    if question is Slot.CLARIFY:
        return after.unclear is not None
    if question is Slot.REPORTED:
        return record["crime_type"] not in DEATHS  # they know, and it would hurt to be asked
    if question is Slot.REPEATED:
        return record["crime_type"] in MAY_BE_A_PATTERN
    if question is Slot.VULNERABILITY:
        plain = record["enhanced_entitlement"]["eligible"] is True
        return not plain and concerns_people(record["role"], record["crime_type"])
    if question is Slot.CONTACT_SAFE:
        return _must_be_safe(record)
    if question is Slot.CONSENT:
        return record["contact"]["how"] in HOW
    return True


def _must_be_safe(record: Record) -> bool:
    """Whether others may hear it or open a letter, or somebody close may read along.

    Anybody is told with the question before that they may name what is not safe.
    """
    how = record["contact"]["how"]
    return how in ASKED_WHEN or (
        how in REACHED and record["crime_type"] in (*BY_SOMEBODY_CLOSE, None)
    )
