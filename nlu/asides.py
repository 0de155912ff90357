"""Questions that want a more precise answer than their intent has (patterns/asides.yml)."""

from __future__ import annotations

from dataclasses import dataclass

from nlu.facts.plain import plain_of
from nlu.facts.rulebook import rulebook

TOLD = "tell"
# Questions that are answered by their own name: `ask_repeat` and `ask_summary` are not.
ANSWERED = frozenset(
    {"ask_what_is_this", "ask_robot", "ask_privacy", "ask_delete", "ask_hours", "ask_come_back",
     "ask_leave", "ask_language", "ask_rights", "ask_compensation", "ask_restorative_justice",
     "ask_community_remedy", "ask_court", "ask_case", "ask_complain", "ask_reporting",
     "ask_anonymous"}
)  # fmt: skip
DOUBTS = "right_place"  # with an answer it takes nothing from it: `years ago, is that ok`
BESIDE = 4  # words beside the question that tell something of their own


@dataclass(frozen=True)
class Aside:
    """A question: the name of its answer, its intent, and how many words stand beside it."""

    name: str
    intent: str
    beside: int

    def intent_of(self, taken_for: str, question: str | None = None) -> str:
        """The intent of its message, which was taken for another or for the same one.

        What was taken for a question stays that question; what tells something beside stays told,
        and where somebody only doubts so does the answer to the ``question`` that was asked, and
        that they are under 18.
        """
        answers = self.name == DOUBTS and taken_for in (f"{TOLD}_{question}", "under_18")
        stays = answers or self.tells_beside(taken_for) or taken_for in ANSWERED
        return taken_for if stays else self.intent

    def tells_beside(self, taken_for: str) -> bool:
        """Whether a message that was taken for this intent tells something, too."""
        return taken_for.startswith(TOLD) and self.beside >= BESIDE


def aside_of(text: str) -> Aside | None:
    """The precise question that a message asks, None when it asks none."""
    plain = plain_of(text)
    hit = rulebook("asides").first(plain)
    if hit is None:
        return None
    beside = len(plain.text[: hit.start].split()) + len(plain.text[hit.end :].split())
    return Aside(hit.group.name, hit.group.value, beside)
