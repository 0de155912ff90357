"""Help that a message wishes for in so many words outweighs the story around it.

`They kicked the door in, could do with somebody coming round to fix it` is a search for help.
What it tells is kept all the same; patterns/wish.yml holds the words. Other messages only
imply a wish (`he says he'd have the dog put down`): they are then surely after practical help.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlu.facts.plain import plain_of
from nlu.facts.rulebook import rulebook

# What a message may mean beside the wish. Whoever asks for a human is not sent to a list, unless
# they say what kind of person it must be.
TOLD = frozenset(
    {"tell", "tell_effect", "tell_upset", "tell_safe", "tell_contact", "tell_role", "tell_when",
     "tell_reported", "tell_where", "ask_court", "ask_case", "ask_hours"}
)  # fmt: skip
ASKS_FOR_PERSON = "ask_person"
# Answers to these say how to reach the person, or yes and no.
OTHER_QUESTIONS = frozenset(
    {"contact", "consent", "vulnerability", "offer_human", "confirm_summary", "feedback"}
)

# Help that a plain telling of a crime is not after. Of 879 messages that tell 6 sound surely after
# one of these, and half of those could as well be wishes; so do 45 wishes not heard otherwise.
PRACTICAL = frozenset(
    {"locks_and_repairs", "debt", "money_for_the_week", "benefits", "bank_or_insurer_refuses",
     "injunction", "legal_advice_woman", "pets", "homeless", "prosecutors", "release_of_offender",
     "complaint_about_rights", "meet_offender", "asb_review", "lonely", "lonely_older", "drugs",
     "work_rights", "training_for_women", "murder_peers", "read_alone", "library_room",
     "parent_of_young_person", "deaf", "migrant"}
)  # fmt: skip
IMPLYING = frozenset({"tell", "tell_effect", "tell_upset"})
SURELY = 0.92


# Wishes are short: of 406 that were looked at one was as long as this. A message that begins a
# talk at such length tells what happened, whatever it asks at its end.
AT_LENGTH = 27  # words
TELL = "tell"


def told_at_length(text: str, intent: str) -> bool:
    """Whether a message of this ``intent`` tells so much that a question at its end can wait."""
    return intent == TELL and len(text.split()) >= AT_LENGTH


def may_imply(intent: str, question: str | None) -> bool:
    """Whether what a message of this ``intent`` is after is worth reading."""
    return intent in IMPLYING and question in (None, "welcome")


def implies(aims: Sequence[tuple[str, float]]) -> bool:
    """Whether the likeliest of these aims is surely one that wishes for help."""
    return bool(aims) and aims[0][0] in PRACTICAL and aims[0][1] >= SURELY


def outweighs(text: str, intent: str, question: str | None) -> bool:
    """Whether a message of this ``intent`` is a search for help after all."""
    if question in OTHER_QUESTIONS or intent not in TOLD | {ASKS_FOR_PERSON}:
        return False
    if told_at_length(text, intent):
        return False
    found = {hit.group.name for hit in rulebook("wish").hits(plain_of(text))}
    return ("certain_person" if intent == ASKS_FOR_PERSON else "service") in found
