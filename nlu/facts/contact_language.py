"""The language in which somebody wants to be spoken to."""

from __future__ import annotations

import re

from nlu.facts.plain import Plain

CODES = {
    "polish": "pl", "romanian": "ro", "lithuanian": "lt", "portuguese": "pt", "bengali": "bn",
    "urdu": "ur", "punjabi": "pa", "panjabi": "pa", "italian": "it", "spanish": "es",
    "turkish": "tr", "bulgarian": "bg", "hungarian": "hu", "latvian": "lv", "russian": "ru",
    "ukrainian": "uk", "arabic": "ar", "chinese": "zh", "mandarin": "zh", "cantonese": "yue",
    "gujarati": "gu", "hindi": "hi", "french": "fr", "german": "de", "tamil": "ta", "farsi": "fa",
    "persian": "fa", "dari": "prs", "pashto": "ps", "kurdish": "ku", "somali": "so", "greek": "el",
    "slovak": "sk", "czech": "cs", "albanian": "sq", "vietnamese": "vi", "tigrinya": "ti",
    "amharic": "am", "welsh": "cy", "malayalam": "ml", "tetum": "tet",
}  # fmt: skip
_LANGUAGE = re.compile(
    rf"\b(?:speaks?|speaking|in|my language is|first language is|only|into|understand better in|"
    rf"better in|native|an?) (?:(?:only|a little|better|mostly|my) )?"
    rf"(?P<language>{'|'.join(CODES)})\b(?! (?:man|men|woman|lad|guy|girl|shop|neighbours?|gang|"
    rf"people|bloke|boy|lady|builder|food|restaurant))"
    rf"|\b(?P<wanted>{'|'.join(CODES)}) (?:please|speaker|interpreter|translator|language)\b"
)
_LANGUAGE_OF_ANOTHER = re.compile(
    r"\b(?:he|they|neighbours?|man|attackers?|lads?|men|shouting|shouted|said|swore|talking)\b"
)


def read(plain: Plain, *, asked: bool) -> tuple[str, tuple[int, int]] | None:
    """The code of the language that is wished for, and where it is named; None when none is.

    ``asked``: it was asked for, or something is wished for beside it.
    """
    if not asked and _LANGUAGE_OF_ANOTHER.search(plain.text):
        return None
    found = _LANGUAGE.search(plain.text)
    return (CODES[found["language"] or found["wanted"]], found.span()) if found else None
