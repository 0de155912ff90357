"""May a person be reached in this way, now? Unknown means not safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from knowledge.contact.times import is_at, is_within

# Whoever wrote within this time is still in the conversation: an answer there is no surprise.
TALKING_FOR = timedelta(minutes=60)


class Way(StrEnum):
    """How words can reach a person who is not looking at us now."""

    THIS_CHAT = "this_chat"
    EMAIL = "email"
    TEXT = "text"
    PHONE = "phone"
    LETTER = "letter"


class Why(StrEnum):
    """Why the gate stays closed."""

    LEFT_IN_A_HURRY = "left_in_a_hurry"
    WANTS_NO_CONTACT = "wants_no_contact"
    RULED_OUT = "ruled_out"
    NOT_KNOWN_TO_BE_SAFE = "not_known_to_be_safe"
    NO_MESSAGE_MAY_BE_LEFT = "no_message_may_be_left"
    NOT_THE_SAFE_TIME = "not_the_safe_time"
    NO_SAFE_TIME_KNOWN = "no_safe_time_known"
    NO_CONSENT = "no_consent"


# Ways that are heard or seen in the moment, by whoever is near.
RINGS = frozenset({Way.PHONE, Way.TEXT})


@dataclass(frozen=True, kw_only=True)
class Approach:
    """What somebody wants to do: by which way, and as what.

    ``leaves_a_message``: words stay behind that others may find (voicemail). ``heard_at``: when
    the person last wrote in the conversation itself, where ``way`` is that conversation.
    ``agreed``: from when until when a call-back was agreed. ``is_a_letter``: we write, and they
    did not ask just now: by e-mail that needs consent.
    """

    way: Way
    leaves_a_message: bool = False
    heard_at: datetime | None = None
    agreed: tuple[datetime, datetime] | None = None
    is_a_letter: bool = False


def refusal(
    approach: Approach,
    contact: Mapping[str, Any],
    *,
    left: bool,
    now: datetime,
    consented: bool = False,
) -> Why | None:
    """Why this must not leave, or None when it may.

    ``contact`` is what the person said about being reached (knowledge.assessment.contact),
    ``left`` whether they left in a hurry and have not written since, ``consented`` whether they
    agreed to be written to electronically.
    """
    if left:
        return Why.LEFT_IN_A_HURRY
    if is_talking(approach, now):
        return None
    return (
        _against_their_wish(approach, contact)
        or _without_consent(approach, consented)
        or _not_now(approach, contact, now)
    )


def _against_their_wish(approach: Approach, contact: Mapping[str, Any]) -> Why | None:
    if contact["wanted"] is False:
        return Why.WANTS_NO_CONTACT
    if _rules_out(approach.way, contact["avoid"]):
        return Why.RULED_OUT
    if contact["how"] != approach.way:
        return Why.NOT_KNOWN_TO_BE_SAFE
    if approach.leaves_a_message and not contact["safe_to_leave_message"]:
        return Why.NO_MESSAGE_MAY_BE_LEFT
    return None


def _without_consent(approach: Approach, consented: bool) -> Why | None:
    is_electronic = approach.is_a_letter and approach.way is Way.EMAIL
    return Why.NO_CONSENT if is_electronic and not consented else None


def _not_now(approach: Approach, contact: Mapping[str, Any], now: datetime) -> Why | None:
    """Why not now. What was agreed comes first, then what they chose; unknown is not safe.

    Times that were told in words (``safe_times``) are for a person to read, `in the mornings he is
    at home`; only what was surely understood in them stands in ``hours``.
    """
    if approach.agreed:
        is_safe = approach.agreed[0] <= now <= approach.agreed[1]
        return None if is_safe else Why.NOT_THE_SAFE_TIME
    if approach.way not in RINGS:
        return None
    chosen, told = contact.get("times") or (), contact.get("hours") or ()
    if not chosen and not told:
        return Why.NO_SAFE_TIME_KNOWN
    is_safe = is_within(chosen, now) or is_at(told, now)
    return None if is_safe else Why.NOT_THE_SAFE_TIME


def is_talking(approach: Approach, now: datetime) -> bool:
    """An answer in the conversation in which the person wrote a while ago."""
    if approach.way is not Way.THIS_CHAT or approach.heard_at is None:
        return False
    return now - approach.heard_at <= TALKING_FOR


# What a person rules out also rules out what would come by the same way.
_COMES_BY = {
    Way.PHONE: {"phone", "landline", "mobile", "call", "voicemail"},
    Way.TEXT: {"text", "mobile"},
    Way.EMAIL: {"email"},
    Way.LETTER: {"letter", "post"},
    Way.THIS_CHAT: {"this_chat"},
}


def _rules_out(way: Way, avoid: list[str]) -> bool:
    # A person who rules the landline out may still be called on a mobile.
    only_landline = way is Way.PHONE and set(avoid) & _COMES_BY[way] == {"landline"}
    return bool(set(avoid) & _COMES_BY[way]) and not only_landline
