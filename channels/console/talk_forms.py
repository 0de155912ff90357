"""Facts as a co-ordinator puts them right on a form, and the values that the forms give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import FormData

from channels.help import Help
from knowledge.assessment.contact import HOW, TIMES
from knowledge.assessment.correcting import CORRECTABLE
from knowledge.assessment.model import ALLOWED, NEEDS, Record
from knowledge.conversations.model import Priority

LEVELS = {"": "not asked", "0": "no effect", "1": "some", "2": "a lot"}
HOW_WORDS = [(one, one.replace("_", " ")) for one in HOW]
YES_NO = {"": "not said", "yes": "yes", "no": "no"}
ALARMS = frozenset({Priority.URGENT, Priority.EMERGENCY})
AVOID = ("phone", "landline", "text", "email", "letter", "home_visit", "work", "this_chat")


class Unclear(ValueError):
    """A form that can't be kept; the message is a key of the page's words for it."""


def fields(record: Record, risk: Sequence[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Every fact that can be put right: its name, kind, value, choices, and whether to doubt it.

    ``risk`` are the alarms of the conversation: who had one was not safe when it came, whatever
    they said to the question.
    """
    alarmed = any(one["priority"] in ALARMS for one in risk)
    return [
        {
            "name": name,
            "kind": _kind(name),
            "value": record[name],
            "origin": record["told"].get(name),
            "choices": _choices(name),
            "doubtful": alarmed and name == "safe_now" and record[name] is True,
        }
        for name in CORRECTABLE
    ]


def value_of(name: str, form: FormData, places: Help) -> Any:
    """The value that a form gives for a fact. Raises Unclear."""
    given = {key: one.strip() for key, one in form.items() if isinstance(one, str)}
    if name == "place":
        return _place(given.get("value", ""), places)
    if name == "occurred":
        return _occurred(given)
    if name == "needs":
        return {need: _level(given.get(need, "")) for need in NEEDS if need in given}
    if name == "contact":
        lists = {key: [str(one) for one in form.getlist(key)] for key in ("avoid", "times")}
        return _contact(given, lists)
    if set(ALLOWED.get(name, ())) == {True, False}:
        return {"yes": True, "no": False}.get(given.get("value", ""))
    if not given.get("value"):
        raise Unclear("empty")
    return given["value"]


def _kind(name: str) -> str:
    if name in ALLOWED:
        return "choice"
    return {"crime_reference": "text", "place": "text"}.get(name, name)


def _choices(name: str) -> list[tuple[str, str]]:
    if name not in ALLOWED:
        return []
    if set(ALLOWED[name]) == {True, False}:
        return [("yes", "yes"), ("no", "no")]
    return [(str(one), str(one).replace("_", " ")) for one in ALLOWED[name]]


def _place(said: str, known: Help) -> dict[str, Any]:
    meaning = known.places.resolve(said) if said else None
    if meaning is None or not meaning.known:
        raise Unclear("place")
    if meaning.must_ask:
        raise Unclear("which")
    place = meaning.place
    return {
        "as_said": said,
        "district": place.district if place else None,
        "county": meaning.county,
    }


def _occurred(given: Mapping[str, str]) -> dict[str, Any]:
    start, end = given.get("from") or None, given.get("to") or given.get("from") or None
    said = given.get("as_said") or " to ".join(dict.fromkeys(filter(None, [start, end])))
    if not said:
        raise Unclear("when")
    return {"from": start, "to": end, "as_said": said}


def _level(said: str) -> int | None:
    return int(said) if said in ("0", "1", "2") else None


def _contact(given: Mapping[str, str], chosen: Mapping[str, list[str]]) -> dict[str, Any]:
    told: dict[str, Any] = {"avoid": [one for one in chosen["avoid"] if one in AVOID]}
    if given.get("how") in HOW:
        told["how"] = given["how"]
    if given.get("safe_times"):
        told["safe_times"] = given["safe_times"][:200]
    told["times"] = [one for one in chosen["times"] if one in TIMES]
    if given.get("safe_to_leave_message") in ("yes", "no"):
        told["safe_to_leave_message"] = given["safe_to_leave_message"] == "yes"
    return told
