"""The calm last words for when the assistant can't answer (lifelines.yml)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from channels import figures
from channels.assistant import Answer, AssistantFailed
from channels.message import Reply
from knowledge.conversations.model import HandOff, Holder, Pending, Priority

FILE = Path(__file__).parent / "lifelines.yml"


@dataclass(frozen=True)
class Lifelines:
    """What is said when nothing else can be: 999 first, lines that are always open."""

    last_words: Reply
    again: Reply
    not_taken_in: Reply
    full: Reply
    too_much: Reply

    @classmethod
    @cache
    def load(cls, path: Path = FILE) -> "Lifelines":
        """The words as the file has them, read once."""
        kept = yaml.safe_load(path.read_text("utf-8"))
        lines = [f"{line['name']}: {line['phone']}" for line in kept["lines"]]
        others = (Reply(kept[name]) for name in ("again", "not_taken_in", "full", "too_much"))
        return cls(Reply("\n".join([kept["text"], *lines])), *others)

    def answer(self, pending: Pending, error: Exception) -> Answer:
        """Calm words with 999, and the conversation goes to people, with the risk that an answer
        which failed had still found."""
        figures.FAILED.labels(figures.why(error)).inc()
        known = error if isinstance(error, AssistantFailed) else None
        risk = known.risk if known else None
        hand_off = HandOff(
            priority=risk.priority if risk else Priority.URGENT,
            reasons=(*(risk.reasons if risk else ()), "assistant_failed"),
            evidence=risk.evidence if risk else (),
            about=pending.entry.sequence,
            unread=not (known and known.read),
        )
        waiting = pending.holder is Holder.WAITING
        return Answer((self.again if waiting else self.last_words,), hand_off)
