"""What Waymark says in other languages: the texts of bot/languages/, as data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import CollectingDispatcher

FOLDER = Path(__file__).parent.parent / "bot" / "languages"
UNDETERMINED = "und"  # ISO 639-2: another language, not known which


@dataclass(frozen=True, kw_only=True)
class Tongue:
    """One language: its names, what is said in it, and how a yes or a no begins."""

    code: str
    name: str
    english: str
    offer: str
    accept: str
    decline: str
    asked: str
    waiting: str
    emergency: str
    emergency_told: str  # the same where somebody from the team is there
    urgent: str
    urgent_told: str
    keep_writing: str  # the question whether it is safe to
    away: str  # the team is, and is not to be waited for
    accept_words: tuple[str, ...]
    decline_words: tuple[str, ...]

    def danger(self, emergency: bool, told: bool) -> str:
        """The first words where there is danger; that the team knows, only where it is so."""
        first = self.emergency if emergency else self.urgent
        more = self.emergency_told if emergency else self.urgent_told
        return f"{first} {more}" if told else first

    def accepts(self, text: str) -> bool:
        """Whether a message begins like a yes."""
        return _begins(text, self.accept_words)

    def declines(self, text: str) -> bool:
        """Whether a message begins like a no."""
        return _begins(text, self.decline_words)


@cache
def tongue(code: str) -> Tongue:
    """The texts of a language; those for any language where there are none of its own."""
    path = FOLDER / f"{code}.yml"
    if not (code.isalpha() and path.is_file()):
        return tongue(UNDETERMINED)
    kept: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    lists = {name: tuple(kept[name]) for name in ("accept_words", "decline_words")}
    return Tongue(code=code, **{**kept, **lists})


def say_in(
    dispatcher: CollectingDispatcher, said_in: Tongue, text: str, *, offering: bool = False
) -> None:
    """Say a text of a language, marked so that it is shown and read aloud in it."""
    buttons = [
        {"title": said_in.accept, "payload": "ask_person"},
        {"title": said_in.decline, "payload": "carry_on"},
    ]
    dispatcher.utter_message(text=text, buttons=buttons if offering else [])
    if said_in.code != UNDETERMINED:
        dispatcher.utter_message(json_message={"language": said_in.code})


def _begins(text: str, openings: tuple[str, ...]) -> bool:
    said = text.casefold().strip(" .,!?¡¿。，！؟،")
    return any(
        said == word or (said.startswith(word) and not said[len(word)].isalpha())
        for word in openings
    )
