"""Help that a message wishes for in so many words outweighs the story around it.

`They kicked the door in, could do with somebody coming round to fix it` is a search for help.
What it tells is kept all the same; patterns/wish.yml holds the words.
"""

from __future__ import annotations

from nlu.facts.plain import Plain
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


def outweighs(text: str, intent: str, question: str | None) -> bool:
    """Whether a message of this ``intent`` is a search for help after all."""
    if question in OTHER_QUESTIONS or intent not in TOLD | {ASKS_FOR_PERSON}:
        return False
    found = {hit.group.name for hit in rulebook("wish").hits(Plain(text))}
    return ("certain_person" if intent == ASKS_FOR_PERSON else "service") in found
