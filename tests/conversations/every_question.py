"""The way to each question of the assessment, for what must hold at all of them."""

from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

ALL_TOLD = "someone stole my bike in Ely yesterday"

# The way to each question, by what is said (a text) or pressed (field=value).
TO_REPORTED = [ALL_TOLD, "safe_now=yes"]
TO_NEEDS = [*TO_REPORTED, "reported=yes"]
TO_RIGHTS = [*TO_NEEDS, "needs=none"]
TO_CONTACT = [*TO_RIGHTS, "vulnerability=none"]
TO_SAFE_CONTACT = [*TO_CONTACT, "contact=phone"]
TO_SUMMARY = [*TO_SAFE_CONTACT, "contact_safe=any"]
WAYS = {
    "welcome": [],
    "safe_now": [ALL_TOLD],
    "when": ["someone stole my bike", "safe_now=yes"],
    "where": ["someone stole my bike yesterday", "safe_now=yes"],
    "clarify": ["someone stole my bike yesterday, postcode SG8", "safe_now=yes"],
    "repeated": ["my fence was smashed in Wisbech yesterday", "safe_now=yes"],
    "reported": TO_REPORTED,
    "role": ["there was a burglary in Hitchin yesterday", "safe_now=yes", "reported=yes"],
    "needs": TO_NEEDS,
    "vulnerability": TO_RIGHTS,
    "contact": TO_CONTACT,
    "contact_safe": TO_SAFE_CONTACT,
    "confirm_summary": TO_SUMMARY,
    "which": [*TO_SUMMARY, "confirm_summary=no"],
    "start_again": [ALL_TOLD, "safe_now=yes", "start again"],
    "consent": [*TO_SUMMARY, "that's right"],
    "contact_else": [*TO_CONTACT, "contact=letter", "contact_safe=not_safe"],
    "offer_human": [*TO_SUMMARY, "consent=no"],
}


def come_to(question: str, waymark: Waymark) -> Talk:
    """A new conversation that stands at this question."""
    talk = Talk(waymark.url).open()
    for said in WAYS[question]:
        talk.play({"presses" if "=" in said else "person": said})
    assert talk.holder in ("", "assistant"), talk.answer
    return talk
