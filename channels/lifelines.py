"""The calm last words for when the assistant can't answer (lifelines.yml)."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from channels.message import Reply

FILE = Path(__file__).parent / "lifelines.yml"


@dataclass(frozen=True)
class Lifelines:
    """What is said when nothing else can be: 999 first, lines that are always open."""

    last_words: Reply
    again: Reply

    @classmethod
    def load(cls, path: Path = FILE) -> "Lifelines":
        """The words as the file has them."""
        kept = yaml.safe_load(path.read_text("utf-8"))
        lines = [f"{line['name']}: {line['phone']}" for line in kept["lines"]]
        return cls(Reply("\n".join([kept["text"], *lines])), Reply(kept["again"]))
