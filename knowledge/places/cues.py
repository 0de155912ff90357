"""Is this word a place here? What stands around a name that is also an ordinary word decides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import reading

_USES = reading.words_by_use()
_IN, _FROM, _LIVE, _BE = _USES["in"], _USES["from"], _USES["live"], _USES["be"]
STREET, _ABOUT_A_TOWN = _USES["street"], _USES["about_a_town"]
_ENDS, _TIMES = _USES["ends"], _USES["times"]
_TRAVEL, _SETTLED = _USES["travel"], _USES["settled"]
EDGES = _USES["never_at_an_edge"]
_CODE = re.compile(r"[a-z]{1,2}\d")
_OF = {(word, "of") for word in ("outside", "edge", "middle", "out", "village", "town", "city")}
_IT_WAS = {("it", "was"), ("it", "is"), ("was", "in"), ("i", "meant")}
_OUT_THERE = frozenset({"down", "up", "over", "out"})
_OF_MARCH = frozenset({"station", "town", "hospital", "police", "high", "market", "centre"})
_IN_THE_FENS = frozenset({"cambs", "cambridgeshire", "fens", "fenland"})
_OWNED = ("'s", "’s")
_SPLIT = re.compile(r"[\w'’]+|[^\w\s]")


@dataclass(frozen=True)
class Around:
    """The words before and after a name, lower case, and whether the name has a capital."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    capital: bool
    possessive: bool

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Around:
        """Read the surroundings of ``text[start:end]``."""
        before = tuple(_SPLIT.findall(text[max(0, start - 80) : start].lower()))
        after = tuple(_SPLIT.findall(text[end : end + 60].lower()))
        name = text[start:end]
        shouting = text.isupper() and len(text) > len(name) + 3
        led_by = text[:start].rstrip()[-1:]  # nothing before it: "" is in every string
        opens = not text[:start].strip(" \"'(") or led_by in ".!?"
        capital = name[:1].isupper() and not (shouting or opens)
        owned = name.lower().endswith(_OWNED) or text[end : end + 2] in _OWNED
        return cls(before[-6:], after[:4], capital, owned)

    @property
    def previous(self) -> str:
        """The word before the name, empty at the start."""
        return self.before[-1] if self.before else ""

    @property
    def following(self) -> str:
        """The word after the name, empty at the end."""
        return self.after[0] if self.after else ""

    @property
    def is_street(self) -> bool:
        """Cambridge Road is a street, wherever it lies; "Sawston way" is near Sawston."""
        near = self.following == "way" and (self.capital or self.trails_off)
        return self.following in STREET and not near

    @property
    def trails_off(self) -> bool:
        """The "way" ends its phrase: "a refuge, peterborough way", but not "on mill way"."""
        ends = len(self.after) == 1 or not self.after[1][0].isalnum()
        return ends and self.previous not in {"on", "along", "off", "the"}

    @property
    def is_listed(self) -> bool:
        """The name stands on its own in an answer, after a comma, a code or nothing."""
        opens = not self.before or not self.previous[0].isalpha() or self.previous[-1].isdigit()
        return opens and self.ends

    @property
    def placed(self) -> bool:
        """A preposition of place stands right before the name."""
        if self.previous in _IN or self.before[-2:] in _OF:
            return True
        told = _LIVE | _BE | (_TRAVEL if self.capital else frozenset())
        return self.previous in _FROM and bool(set(self.before[-4:-1]) & told)

    @property
    def closes(self) -> bool:
        """The name stands last, after a comma: "Sainsbury's car park, Royston"."""
        return self.previous == "," and self.following in {"", "."}

    @property
    def lived_in(self) -> bool:
        """Somebody lives there, by the words before the name."""
        return self.placed and bool(set(self.before[-6:]) & (_LIVE | {"from", "near"}))

    @property
    def ends(self) -> bool:
        """The name ends its phrase: nothing goes on that would make it an ordinary word."""
        if not self.after or not self.following[0].isalnum():
            return True
        return self.following in _ENDS or bool(_CODE.match(self.following))


def is_place(kind: str, around: Around, *, answering: bool = False) -> bool:
    """Whether a name of this kind ("" for one that means nothing else) is a place here.

    ``answering`` when the words answer "where?": "SG8, Royston" is then no person.
    """
    if around.is_street:
        return False
    if answering and kind in {"name", "word"} and around.is_listed:
        return True
    return _RULES[kind](around)


def _plain(around: Around) -> bool:
    """Means nothing but a place; the end of a phrase changes nothing."""
    return around is not None


def _name(around: Around) -> bool:
    """Also a person's name: Royston hit me; I live in Royston; Royston station, Royston way."""
    if around.possessive or around.previous in {"the", "with"}:
        return False
    listed = around.capital and around.closes
    put_right = around.before[-2:] in _IT_WAS and around.ends
    near = around.following == "way" and (around.previous in _OUT_THERE or around.trails_off)
    return around.placed or listed or put_right or near or around.following in _ABOUT_A_TOWN


def _word(around: Around) -> bool:
    """Also a word or a slip for one: Ware with a capital, in ware, not "in ware he was"."""
    return around.capital or (around.placed and around.ends)


def _common(around: Around) -> bool:
    """A word of every day (over, eye, reach): somebody must live there, or a capital show it."""
    if not around.ends or not around.placed:
        return False
    return around.lived_in or (around.capital and around.previous in {"in", "at", "near"})


def _month(around: Around) -> bool:
    """March the town, not the month: live in March, near March, March station."""
    if set(around.before[-3:]) & _TIMES or around.following.isdigit():
        return False
    if around.following in _OF_MARCH or "town" in around.after or _IN_THE_FENS & set(around.after):
        return True
    lived = bool(set(around.before[-5:-1]) & _SETTLED)
    if around.previous in {"near", "at"} or around.before[-2:] in _OF:
        return around.ends
    if around.previous in {"in", "outside", "around"}:
        return lived
    return around.previous == "from" and bool(set(around.before[-3:-1]) & (_BE - {"was"}))


_RULES = {"": _plain, "name": _name, "word": _word, "common": _common, "month": _month}
