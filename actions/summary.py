"""Reading back what is recorded, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any

from actions.tongues import UNDETERMINED
from actions.wording import Wording
from knowledge.assessment.contact import RINGS, Contact
from knowledge.assessment.model import DEATHS, Record

Supposed = Mapping[str, Mapping[str, Any]]


def summary(record: Record, who: str, wording: Wording, supposed: Supposed | None = None) -> str:
    """What was told, a line each; nothing for what is unknown.

    ``supposed`` is what was told but not surely understood; it is said as what we think.
    """
    lines = [*_thought(record, supposed or {}, wording), *_lines(record, who, wording)]
    return "\n".join(f"• {line}" for line in lines)


def _thought(record: Record, supposed: Supposed, wording: Wording) -> Iterator[str]:
    if (crime := supposed.get("crime_type")) and not record["crime_type"]:
        value = crime["value"]
        words = wording.of("what", value or "told")
        yield wording.line("what_thought" if value else "what", words)
    if (role := supposed.get("role")) and not record["role"]:
        yield wording.line("whom_thought", wording.of("whom", role["value"]))
    if (time := supposed.get("occurred")) and not record["occurred"]:
        yield wording.line("when", time["as_said"])
    if (known := supposed.get("reported")) and not record["reported"]:
        yield wording.line("police", wording.of("police", known["value"]))
    if (again := supposed.get("repeated")) and record["repeated"] is None:
        yield wording.line("again_thought", wording.of("again", "yes" if again["value"] else "no"))
    if (rights := supposed.get("vulnerability")) and not record["vulnerability"]:
        may_give = (wording.of("vulnerability", one) for one in rights["value"])
        yield wording.line("vulnerability_thought", *may_give)
    if "safe_now" in supposed and record["safe_now"] is None:
        yield wording.line("safe_thought")


def _lines(record: Record, who: str, wording: Wording) -> Iterator[str]:
    role, crime = record["role"], record["crime_type"]
    if crime:
        yield wording.line("what", wording.of("what", crime))
    if record["also"]:
        yield wording.line("also", *(wording.of("what", one) for one in record["also"]))
    if role and not (role == "bereaved_relative" and crime in DEATHS):
        whom = who if who.startswith("your ") else wording.of("whom", role)
        yield wording.line("whom", whom)
    yield from _circumstances(record, wording)
    if "needs" in record["told"]:
        yield wording.line("needs", *picked_words(record, "needs", wording))
    if record["vulnerability"]:
        yield wording.line("vulnerability", *picked_words(record, "vulnerability", wording))
    if contact := contact_words(record["contact"], wording):
        yield wording.line("contact", contact)
    if needed := needed_words(record["contact"], wording):
        yield wording.line("needed", needed)


def picked_words(record: Record, name: str, wording: Wording) -> list[str]:
    """What was told of `needs` or `vulnerability`, where several may hold; or that none does."""
    value: Any = record[name] or ()
    picked = [one for one in value if name != "needs" or value[one]]
    return [wording.of(name, one) for one in picked or ["none"]]


def _circumstances(record: Record, wording: Wording) -> Iterator[str]:
    if record["occurred"]:
        yield wording.line("when", record["occurred"]["as_said"])
    if record["place"]:
        yield wording.line("where", record["place"]["as_said"])
    if record["repeated"] is not None:
        yield wording.line("again", wording.of("again", "yes" if record["repeated"] else "no"))
    if record["reported"]:
        yield wording.line("police", wording.of("police", record["reported"]))


def needed_words(contact: Contact, wording: Wording) -> str:
    """What somebody needs to be understood, and in which language; empty when nothing was told."""
    parts = [wording.of("adjustments", one) for one in contact["adjustments"]]
    language = contact["language"]
    if language not in (None, "en", UNDETERMINED):
        in_it = wording.of("adjustments", "language")
        parts.append(in_it.format(wording.of("language", language)))
    return "; ".join(parts)


def contact_words(contact: Contact, wording: Wording) -> str:
    """How, when and how not to get in touch, and with what care; empty when nothing was told."""
    if contact["wanted"] is False:
        return wording.of("how", "none")
    care = contact.get("care") or ()
    if not (contact["how"] or contact["avoid"] or care):
        return ""
    parts = [wording.of("how", contact["how"])] if contact["how"] else []
    parts += [contact["safe_times"]] if contact["safe_times"] else []
    if contact["how"] in RINGS and not contact["safe_times"]:
        parts.append(wording.of("contact", "no_time"))
    parts += [
        wording.of("contact", "avoid").format(wording.of("avoid", one)) for one in contact["avoid"]
    ]
    if contact["how"] == "phone":
        leave = "message" if contact["safe_to_leave_message"] else "no_message"
        parts.append(wording.of("contact", leave))
    parts += [wording.of("contact", "care").format(one) for one in care]
    return "; ".join(parts)
