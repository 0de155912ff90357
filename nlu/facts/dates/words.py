"""Words for numbers, weekdays, months and parts of a span, as fragments of patterns."""

from __future__ import annotations

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SHORT_WEEKDAYS = {"wed": 2, "sat": 5, "sun": 6}
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS = {"mar": 3, "jun": 6, "jul": 7, "sept": 9, "dec": 12}
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "a": 1, "an": 1,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
NUMBERS |= _TENS | {
    f"{ten}{gap}{word}": tens + NUMBERS[word]
    for ten, tens in _TENS.items()
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    for gap in "- "
}
VAGUE = {"couple": (2, 2), "few": (2, 5), "several": (3, 8), "many": (5, 20), "some": (2, 8)}
TEENS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
ORDINALS = {
    **{word: number for number, word in enumerate(TEENS, 1)},
    **{f"twenty{gap}{word}": 20 + at for gap in " -" for at, word in enumerate(TEENS[:9], 1)},
    "thirtieth": 30, "thirty first": 31, "thirty-first": 31,
}  # fmt: skip

_full = "|".join(WEEKDAYS)
# `sat`, `sun` and `wed` are also other words: something must show that a day is meant.
_shown_before = "|".join(
    rf"(?<=\b{word} )" for word in ("on", "last", "this", "since", "until", "next", "every", "or")
)
_shown_after = (
    r"(?=,? (?:night|morning|afternoon|evening|eve|gone|just gone|am|"
    r"pm|before last|last week|\d))"
)
_alone = r"(?:(?<=\bwas )(?:sat|sun|wed)(?=[.,!?]|$)|(?<=\bwas )wed(?= in| at| on| by| around))"
WEEKDAY = (
    rf"(?:(?:{_full})|{_alone}|(?:{_shown_before})(?:sat|sun|wed)|(?:sat|sun|wed){_shown_after})"
)
DAY_NAME = rf"\b(?P<weekday>{WEEKDAY})\b"
MONTH_AFTER_DAY = rf"(?:{'|'.join(MONTHS)}|{'|'.join(SHORT_MONTHS)})"
_number_words = "|".join(sorted(NUMBERS, key=len, reverse=True))
NUMBER = (
    rf"(?P<number>\d{{1,3}}|(?:a )?(?:couple|few)(?: of)?|several|many|{_number_words})"
    r"(?P<half> and a half)?"
)
UNIT = r"(?P<unit>day|night|week|fortnight|weekend|month|year|decade)s?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
PARTS = {
    "early": "start", "start of": "start", "beginning of": "start", "at the start of": "start",
    "mid": "middle", "middle of": "middle", "half way through": "middle",
    "halfway through": "middle",
    "late": "end", "end of": "end",
    "first week of": "start", "last week of": "end", "first half of": "start",
    "second half of": "end", "back end of": "end", "tail end of": "end",
}  # fmt: skip


def weekday_number(said: str) -> int:
    """Monday is 0."""
    return SHORT_WEEKDAYS[said] if said in SHORT_WEEKDAYS else WEEKDAYS.index(said)


def month_number(said: str) -> int:
    """January is 1."""
    return SHORT_MONTHS[said] if said in SHORT_MONTHS else MONTHS.index(said) + 1


def amount(said: str) -> tuple[float, float]:
    """The least and the most that a number word stands for."""
    if said.isdigit():
        return int(said), int(said)
    bare = said.removeprefix("a ").removesuffix(" of")
    return VAGUE[bare] if bare in VAGUE else (NUMBERS[bare], NUMBERS[bare])
