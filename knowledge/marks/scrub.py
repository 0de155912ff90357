"""Taking identity out of a message before anybody may learn from it.

Not by looking for what identifies (names are endless), but by keeping only what can't: a word
stays when the made-up training messages hold it as an ordinary word; every other word becomes
``[word]``. Before that, what has a form is replaced by its kind: e-mail addresses, web addresses,
handles, postcodes, everything with a digit, places and streets, and names after the words that
introduce them. What is lost are rare spellings; what is won is that a name nobody thought of
can't slip through.

Two gaps remain, and a person must read every candidate because of them: first names that are
everyday words (``will``) when written small and without an introduction, and a story so
particular that it tells by itself who lived it.
"""

import re
from collections import Counter
from collections.abc import Iterable

from knowledge.places import Gazetteer

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OUTSIDE_A_SENTENCE = re.compile(r"(?:^|[.!?:;\n\"“(]\s*)$")
_STREET = (
    "road|rd|street|st|lane|avenue|ave|close|drive|way|crescent|court|gardens|place|terrace|hill"
    "|square|grove|row|walk|mews|rise|house|flats|estate|school|college|hospital|surgery|church"
    "|pub|arms|hotel|station|park"
)
_FORMS = (
    (re.compile(r"\b[\w.+'-]+\s?(?:@|\(at\))\s?[\w-]+(?:\s?(?:\.|\(dot\))\s?\w+)+"), "[email]"),
    (re.compile(r"\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:co\.uk|com|org|net|uk)\b\S*"), "[web]"),
    (re.compile(r"(?<!\w)@\w+"), "[handle]"),
    (re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}\b"), "[postcode]"),
    (re.compile(r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\b"), "[postcode]"),
    (re.compile(rf"\b(?:[A-Z][\w'’]+ )+(?i:{_STREET})\b"), "[place]"),
    (re.compile(rf"\b(?:in|at|on|near|of) (?:[\w'’]+ ){{1,2}}(?:{_STREET})\b"), "at [place]"),
    (re.compile(r"[+(]?\d[\d\s()./:,-]*\d|\d"), "[number]"),
)
# After these words comes a name, however it is written.
_INTRODUCED = re.compile(
    r"\b((?:my|his|her|their|our) (?:full |first |last )?name(?:'s|’s| is)|(?:is |was |’s |'s )?"
    r"(?:called|named)|name:|surname|(?:mr|mrs|ms|miss|dr|pc|sgt|dc|auntie|aunt|uncle)\.?|"
    r"i am called|known as|goes by|regards|dad's name is|mum's name is)\s+"
    r"(?!\[)([^\W\d_][\w'’-]*)(?:\s+(?!and\b|who\b|is\b|was\b|has\b|he\b|she\b|they\b)"
    r"[A-Z][\w'’-]*)*",
    re.IGNORECASE,
)
_NAME, _PLACE, _OTHER = "[name]", "[place]", "[word]"
_BRACKETED = re.compile(r"(\[[a-z]+\])")
_ALWAYS = frozenset({"i", "a"})
# First names that are words too, and of which a message loses little.
_NAMES_TOO = frozenset({"mark", "bill", "rob", "rose", "faith", "frank", "grace", "dawn", "jack"})
SEEN_AT_LEAST = 3  # in so many messages, written small, before a word counts as ordinary


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of made-up messages that are no names: mostly small inside a sentence."""
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for text in texts:
        inside = {
            match[0]
            for match in _WORD.finditer(text)
            if not _OUTSIDE_A_SENTENCE.search(text[: match.start()])
        }
        small.update({word.lower().replace("’", "'") for word in inside if word[0].islower()})
        large.update({word.lower().replace("’", "'") for word in inside if word[0].isupper()})
    common = {
        word for word, times in small.items() if times >= SEEN_AT_LEAST and large[word] * 4 < times
    }
    return _ALWAYS | (common - _NAMES_TOO)


class Scrubber:
    """Replaces in a message whatever may say who wrote it, or of whom."""

    def __init__(self, ordinary: frozenset[str], places: Gazetteer) -> None:
        self._ordinary = ordinary
        self._places = places

    def scrub(self, text: str) -> str:
        """The message without identity."""
        text = _INTRODUCED.sub(rf"\1 {_NAME}", text)
        text = self._without_places(text)
        for form, kind in _FORMS:
            text = form.sub(kind, text)
        pieces = _BRACKETED.split(text)
        pieces[::2] = [self._only_ordinary(piece) for piece in pieces[::2]]
        scrubbed = "".join(pieces)
        return re.sub(r"(\[\w+\])(?:[\s,'’-]*\1)+", r"\1", scrubbed).strip()

    def _without_places(self, text: str) -> str:
        for mention in reversed(self._places.mentions(text)):
            text = text[: mention.start] + _PLACE + text[mention.end :]
        return text

    def _only_ordinary(self, piece: str) -> str:
        return _WORD.sub(lambda match: self._kept(match, piece), piece)

    def _kept(self, match: re.Match[str], piece: str) -> str:
        word = match[0]
        plain = word.lower().replace("’", "'")
        base = plain.partition("'")[0]
        if plain not in self._ordinary and base not in self._ordinary:
            return _OTHER
        is_large = word[0].isupper() and not word.isupper()
        starts = _OUTSIDE_A_SENTENCE.search(piece[: match.start()])
        if is_large and not starts and plain.partition("'")[0] not in _ALWAYS:
            return _NAME
        return word
