"""Entries of a thread -> messages of Telegram: plain text, split at sentences, with a keyboard."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import MessageLimit

from channels.telegram.cards import text_of_card
from knowledge.conversations.model import Author, Entry

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
TICK = "✓ "
PRESSED = "pressed"  # a button that only shows what was chosen


@dataclass(frozen=True)
class Part:
    """One message of Telegram: its text, the entry its keyboard belongs to, and where it ends."""

    text: str
    upto: int
    keyboard: InlineKeyboardMarkup | None = None
    silent: bool = False

    @property
    def buttons(self) -> set[str]:
        """What its buttons send when they are pressed."""
        rows = self.keyboard.inline_keyboard if self.keyboard else ()
        return {str(button.callback_data) for row in rows for button in row}


def parts(entries: Sequence[Entry], done: str) -> list[Part]:
    """What is sent for these entries. What the person said themselves is not sent back.

    Words that follow each other go into one message, so that the phone rings once. ``done``
    is the word on the button that ends a choice of several.
    """
    found: list[Part] = []
    texts: list[str] = []
    upto = 0
    for entry in (one for one in entries if one.author is not Author.PERSON):
        if texts and len("\n\n".join([*texts, text_of(entry)])) > LONGEST:
            found += _message(texts, upto, None)
            texts = []
        texts.append(text_of(entry))
        upto = entry.sequence
        if keyboard := keyboard_of(entry, done):
            found += _message(texts, upto, keyboard)
            texts = []
    return found + (_message(texts, upto, None) if texts else [])


def text_of(entry: Entry) -> str:
    """The words of an entry, with its services written out."""
    services = [text_of_card(one) for one in entry.details.get("services", [])]
    return "\n\n".join(one for one in [entry.text, *services] if one)


def keyboard_of(entry: Entry, done: str) -> InlineKeyboardMarkup | None:
    """The choices of an entry, one below the other; None when it has none."""
    choices = entry.details.get("choices", [])
    if not choices:
        return None
    rows = [
        [InlineKeyboardButton(one["title"], callback_data=_data(entry.sequence, number, one))]
        for number, one in enumerate(choices)
    ]
    if any(one.get("several") for one in choices):
        rows.append([InlineKeyboardButton(done, callback_data=f"all:{entry.sequence}")])
    return InlineKeyboardMarkup(rows)


def pressed(title: str) -> InlineKeyboardMarkup:
    """What stays of a keyboard after the choice: it can't be pressed twice."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(TICK + title, callback_data=PRESSED)]])


def ticked(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """The keyboard with one tick set or taken away."""
    return InlineKeyboardMarkup(
        [
            [_turned(button) if button.callback_data == data else button for button in row]
            for row in keyboard.inline_keyboard
        ]
    )


def ticks(keyboard: InlineKeyboardMarkup | None) -> list[int]:
    """The numbers of the choices that are ticked."""
    return [
        int(str(button.callback_data).split(":")[2])
        for row in (keyboard.inline_keyboard if keyboard else ())
        for button in row
        if button.text.startswith(TICK) and str(button.callback_data).startswith("tick:")
    ]


def split(text: str, longest: int = LONGEST) -> list[str]:
    """The text in pieces of at most ``longest`` characters, cut where a sentence ends."""
    pieces = [""]
    for sentence in re.findall(r".+?(?:(?<=[.!?])\s+|\n+|$)", text, re.DOTALL) or [text]:
        for bit in _short(sentence, longest):
            if len((pieces[-1] + bit).rstrip()) > longest:
                pieces.append("")
            pieces[-1] += bit
    return [piece.strip() for piece in pieces if piece.strip()]


def _message(texts: Sequence[str], upto: int, keyboard: InlineKeyboardMarkup | None) -> list[Part]:
    pieces = split(_whole("\n\n".join(text for text in texts if text))) or ["…"]
    first = [Part(piece, upto - 1) for piece in pieces[:-1]]
    return [*first, Part(pieces[-1], upto, keyboard)]


def _whole(text: str) -> str:
    """A text without half characters: one of them in an answer, and none would ever be sent."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _data(sequence: int, number: int, choice: Mapping[str, Any]) -> str:
    return f"{'tick' if choice.get('several') else 'one'}:{sequence}:{number}"


def _turned(button: InlineKeyboardButton) -> InlineKeyboardButton:
    text = button.text
    turned = text.removeprefix(TICK) if text.startswith(TICK) else TICK + text
    return InlineKeyboardButton(turned, callback_data=button.callback_data)


def _short(sentence: str, longest: int) -> list[str]:
    return [sentence[at : at + longest] for at in range(0, len(sentence), longest)]
