"""How a person wants to be reached, and what follows for the route."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from enum import StrEnum
from typing import Any

Contact = dict[str, Any]

HOW = ("phone", "text", "email", "letter", "this_chat")
TIMES = ("morning", "afternoon", "evening")
KEYS = frozenset(
    {
        "wanted",
        "how",
        "safe_times",
        "times",
        "hours",
        "avoid",
        "safe_to_leave_message",
        "language",
        "adjustments",
        "care",
    }
)


class Route(StrEnum):
    """How a person is contacted after the assessment (the outcome of an INVA)."""

    LETTER = "letter"
    ELECTRONIC = "electronic"
    PERSONAL = "personal"
    NONE = "none"


# Ways of which others in the house may hear or see: when they are safe is always asked.
ASKED_WHEN = frozenset({"phone", "text", "letter"})

# Ways that ring, whoever is near: nothing goes by them but at times that were told.
RINGS = frozenset({"phone", "text"})

ROUTE_OF = {
    "phone": Route.PERSONAL,
    "letter": Route.LETTER,
    "text": Route.ELECTRONIC,
    "email": Route.ELECTRONIC,
    "this_chat": Route.ELECTRONIC,
}


def no_contact_told() -> Contact:
    """Nothing told yet; unknown means not safe. ``wanted`` False: they want no contact.

    ``safe_times`` are words, for people to read; for the gate are ``times``, the parts of a day
    that were chosen, and ``hours``, what was surely understood in the words (knowledge.contact).
    ``care``, beyond the contract, are limits in the person's words, for people to read before they
    use a way: `call me Jay`, `don't say what it's about`.
    """
    return {
        "route": Route.NONE,
        "wanted": None,
        "how": None,
        "safe_times": None,
        "times": None,
        "hours": None,
        "avoid": [],
        "safe_to_leave_message": False,
        "language": None,
        "adjustments": [],
        "care": [],
    }


def with_contact(contact: Contact, told: Mapping[str, Any]) -> Contact:
    """The contact wishes with what was told last; the last word on how to be reached holds.

    Raises ValueError for a wish that has no place.
    """
    if set(told) - KEYS or told.get("how") not in (None, *HOW):
        raise ValueError("not a value of contact")
    if set(told.get("times") or ()) - set(TIMES):
        raise ValueError("not a part of the day")
    changed = deepcopy(contact) | {key: told[key] for key in told if key not in LISTS}
    changed |= _other_times(contact, told)
    for key in LISTS:
        changed[key] = list(dict.fromkeys([*contact.get(key, ()), *told.get(key, ())]))
    if told.get("how"):
        changed["wanted"] = True
        changed["avoid"] = [one for one in changed["avoid"] if one != told["how"]]
    elif changed["how"] in told.get("avoid", ()):
        changed["how"] = None
    if told.get("wanted") is False:
        changed["how"] = None
    changed |= _unknown_again(contact["how"], changed["how"], told)
    care = dict.fromkeys([*changed["care"], *_outlived(contact, changed)])
    return changed | {"care": list(care)}


# What limits times, by the clock and by who is there.
LIMIT = re.compile(
    r"\b(?:not|never|no(?! (?:problem|worries|one|body)\b)|except|apart from|unless|only|"
    r"don'?t)\b",
    re.IGNORECASE,
)
_WHO = (
    r"(?:he|she|they|him|her|them|my (?!mobile|phone|number|work|e-?mail)\w+|mum|dad|kids?|"
    r"children|husband|wife|partner|ex)"
)
SOMEBODY = re.compile(
    rf"\b(?:when|while|if|unless|never|not|only)\b.*\b{_WHO}\b"
    rf"|\b{_WHO}\b.*\b(?:sees?|reads?|hears?|checks?|home|in|out|work|asleep|around|there)\b",
    re.IGNORECASE,
)


def _outlived(before: Contact, now: Contact) -> Iterator[str]:
    """Words that limited the times, where they stand there no longer: a limit is never wiped.

    Other hours take the place of hours; who is there, and what is not safe, holds on.
    """
    said = before["safe_times"]
    if not said or said in (now["safe_times"] or ""):
        return
    any_time = now["safe_times"] is None or set(now["times"] or ()) == set(TIMES)
    if SOMEBODY.search(said) or (any_time and LIMIT.search(said)):
        yield said


def _other_times(contact: Contact, told: Mapping[str, Any]) -> Contact:
    """With new words, or newly chosen parts of a day, what was told before holds no longer."""
    if told.get("times") or told.get("hours"):
        return {"times": told.get("times"), "hours": told.get("hours")}
    if "safe_times" not in told:  # the desk took the words away, and ticked nothing
        return {"hours": None} if "times" in told else {}
    same = told["safe_times"] == contact["safe_times"]
    return {"times": told.get("times"), "hours": contact.get("hours") if same else None}


def knows_when(contact: Mapping[str, Any]) -> bool:
    """Whether hours are known at which what rings is safe: the gate is open at some of them."""
    return bool(contact.get("times") or contact.get("hours"))


def _unknown_again(before: str | None, now: str | None, told: Mapping[str, Any]) -> Contact:
    """What was safe for the way before says nothing of another one: unknown is not safe."""
    if before is None or before == now:
        return {}
    unknown: Contact = {}
    if now in (None, *ASKED_WHEN) and "safe_times" not in told:
        unknown |= {"safe_times": None, "times": None, "hours": None}
    if "safe_to_leave_message" not in told:
        unknown["safe_to_leave_message"] = False
    return unknown


LISTS = ("avoid", "adjustments", "care")


def route(contact: Contact, needs: Mapping[str, int | None], consent: bool | None = None) -> Route:
    """How the person is contacted: every identified need leads to personal contact.

    Whoever wants no contact, or said that nothing may be passed on, is not contacted. Source:
    Cambridgeshire Victims' Hub report (2014), 4.2 and 4.3.
    """
    if contact["wanted"] is False or consent is False:
        return Route.NONE
    if any(needs.values()):
        return Route.PERSONAL
    return ROUTE_OF.get(contact["how"], Route.NONE)
