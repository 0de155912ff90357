"""What is said of hours, statement by statement: which are safe, and which are not.

`Evenings, not Fridays`, `mornings are no good. After six`, `weekends any time, otherwise after 6`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.clock_times import NotSure, clock_of
from actions.hours_words import Word

JOINS = ("and", "or", "comma")
COMMA = Word("comma", ",")
AFTER_SUITS = frozenset({*JOINS, "stop", "but", "otherwise", "never", "not_until", "not_before"})


@dataclass(frozen=True)
class Statement:
    """Words about hours that are safe, or that are not.

    ``is_of_the_rest``: they are about the days that were not named before.
    """

    is_safe: bool
    words: Sequence[Word]
    is_of_the_rest: bool = False


def statements_of(words: Sequence[Word]) -> list[Statement]:
    """The statements that words make, one after the other. Raises NotSure."""
    reader = _Reader()
    for word in words:
        reader.read(word)
    reader.close()
    return _begun(reader.done)


def _begun(statements: list[Statement]) -> list[Statement]:
    """`Not till six` alone says from when it is safe; beside other hours it limits them."""
    only = statements[0] if len(statements) == 1 else None
    if only and _says_from_when(only.words):
        return [Statement(True, [Word("after", "after"), *only.words[1:]])]
    limits = {"not_until": Word("to", "to"), "not_before": Word("before", "before")}
    return [
        replace(one, words=[limits.get(word.kind, word) for word in one.words])
        for one in statements
    ]


def _says_from_when(words: Sequence[Word]) -> bool:
    """`Not before 9` may be in the morning or at night."""
    first, second = (*words, None, None)[:2]
    if first and second and first.kind == "not_before":
        return second.kind == "time" and clock_of(second.said).is_sure
    return bool(first and first.kind == "not_until")


class _Reader:
    """The statements that are done, and the one that is being read."""

    def __init__(self) -> None:
        self.done: list[Statement] = []
        self._suited = False
        self._begin(is_safe=True)

    def read(self, word: Word) -> None:
        """Hear one more word."""
        hear = {
            "never": self._never, "not_until": self._never, "not_before": self._never,
            "bad": self._bad, "good": self._good, "but": self._but,
            "otherwise": self._otherwise, "stop": self._stop, "suits": self._suits,
        }.get(word.kind, self._words.append)  # fmt: skip
        if self._suited and word.kind not in AFTER_SUITS:
            raise NotSure
        self._suited = word.kind == "suits"
        hear(word)

    def close(self) -> None:
        """End the statement; a `not` of nothing makes no sense."""
        words = _trimmed(self._words)
        if not words:
            if not self._is_safe:
                raise NotSure
            return
        said_safe = any(word.kind in ("good", "any") for word in words)
        if self._is_safe and self._must_be_said_safe and not said_safe:
            raise NotSure
        if self._names_no_clock and any(word.kind == "time" for word in words):
            raise NotSure
        self.done.append(Statement(self._is_safe, words, self._is_of_the_rest))

    def _begin(self, *, is_safe: bool, must: bool = False, rest: bool = False) -> None:
        self._words: list[Word] = []
        self._is_safe, self._is_of_the_rest = is_safe, rest
        self._must_be_said_safe = must
        self._names_no_clock = False

    def _never(self, word: Word) -> None:
        self.close()
        self._begin(is_safe=False)
        if word.kind != "never":
            self._words.append(word)

    def _bad(self, _: Word) -> None:
        """What stands before is not safe, but for what was called fine: `evenings are fine, …`.

        What follows is safe only where that is said: `Mondays are no good, Fridays`.
        """
        if not self._is_safe:
            self.close()
        else:
            fine, bad = _called_fine(self._words)
            if not bad:
                raise NotSure
            self._words = fine
            self.close()
            self.done.append(Statement(False, bad))
        self._begin(is_safe=True, must=True)

    def _good(self, word: Word) -> None:
        """`Not Mondays, Tuesdays are fine`: what is called fine is no more of what is not."""
        commas = [at for at, one in enumerate(self._words) if one.kind == "comma"]
        if not self._is_safe and commas:
            head, tail = self._words[: commas[-1]], self._words[commas[-1] + 1 :]
            if not any(one.kind in ("and", "or") for one in tail):
                self._words = head
                self.close()
                self._begin(is_safe=True)
                self._words = tail
        self._words.append(word)

    def _suits(self, _: Word) -> None:
        """`Mornings work best`. Where nothing stands before it, somebody works at these hours."""
        if not self._words:
            raise NotSure
        self._good(Word("good", ""))

    def _but(self, _: Word) -> None:
        """`Any day but Sundays`, `weekdays but after six`, `not mornings but evenings`.

        Who says `any time but after six` may mean both.
        """
        said = _trimmed(self._words)
        if not self._is_safe:
            self.close()
            self._begin(is_safe=True)
        elif said and (said[-1].kind == "any" or len(said[-1].days) == 7):
            self.close()
            self._begin(is_safe=False)
            self._names_no_clock = True
        else:
            self._words = said

    def _otherwise(self, _: Word) -> None:
        self.close()
        self._begin(is_safe=True, rest=True)

    def _stop(self, _: Word) -> None:
        """A sentence ends. After what is not safe, the next one is about what is."""
        if self._words and self._is_safe:
            self._words.append(COMMA)
            return
        self.close()
        self._begin(is_safe=True, must=any(one.is_safe for one in self.done))


def _trimmed(words: Sequence[Word]) -> list[Word]:
    """The words without joins at either end."""
    kept = list(words)
    while kept and kept[0].kind in JOINS:
        kept = kept[1:]
    while kept and kept[-1].kind in JOINS:
        kept = kept[:-1]
    return kept


def _called_fine(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """What is called fine before the last join, and what stands after it."""
    ends = [
        at
        for at in range(1, len(words))
        if words[at].kind in JOINS and words[at - 1].kind == "good"
    ]
    at = ends[-1] if ends else 0
    return list(words[:at]), _trimmed([one for one in words[at:] if one.kind != "good"])
