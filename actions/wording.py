"""The words for values of the record. They stand in bot/words.yml, with all that is said."""

from collections.abc import Mapping
from pathlib import Path

import yaml

WORDS = Path(__file__).parent.parent / "bot" / "words.yml"


class Wording:
    """Plain words for what the record holds."""

    def __init__(self, words: Mapping[str, Mapping[str, str]]) -> None:
        self._words = words

    @classmethod
    def load(cls) -> "Wording":
        """The words as they are kept."""
        return cls(yaml.safe_load(WORDS.read_text("utf-8")))

    def of(self, kind: str, value: str) -> str:
        """The words for one value; the value itself, without underscores, where there are none."""
        return self._words[kind].get(value, value.replace("_", " "))

    def line(self, name: str, *words: str) -> str:
        """A line of the summary."""
        return self._words["lines"][name].format("; ".join(words))
