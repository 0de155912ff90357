"""Which of the times that a message names is that of what happened, learned from tellings.

`On Friday she told me that he hit her at Easter`. Rules decide for answers to a question
(nlu/facts/dates/context.py); in a telling they only say how sure the classifier must be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from nlu import around
from nlu.embedding import SentenceEmbedding
from nlu.examples import Told
from nlu.facts import dates
from nlu.facts.dates import Named
from nlu.facts.plain import Plain, plain_of
from nlu.mentions import Mention, MentionReader, vectors

WRITTEN_ON = date(2026, 11, 30)  # the day on which the tellings were written
PARTS = 5  # of a text
SEVERAL = 4  # so many times and more are one case


def train(told: Iterable[Told], embedding: SentenceEmbedding) -> MentionReader:
    """Learn from the tellings whose times are marked."""
    return MentionReader.train([mention for one in told for mention in _marked(one, embedding)])


def read(
    reader: MentionReader, embedding: SentenceEmbedding, plain: Plain, times: Sequence[Named]
) -> list[float]:
    """How likely each time of a telling is that of what happened, 0 to 1, in order."""
    seen = vectors(embedding, plain, [(time.start, time.end) for time in times])
    return [
        reader.odds(_names(plain.text, time, times), vector)
        for time, vector in zip(times, seen, strict=True)
    ]


def _marked(told: Told, embedding: SentenceEmbedding) -> Iterator[Mention]:
    if not told.times:
        return
    plain = plain_of(told.text)
    times = dates.times(plain.text, WRITTEN_ON, answering=False)
    seen = vectors(embedding, plain, [(time.start, time.end) for time in times])
    for time, vector in zip(times, seen, strict=True):
        of_deed = _label(told, *plain.span(time.start, time.end))
        if of_deed is not None:
            yield Mention(_names(plain.text, time, times), vector, of_deed)


def _names(text: str, time: Named, every: Sequence[Named]) -> list[str]:
    """What stands around a time, what kind of time it is, and which of all the times."""
    lasts = "since" if time.ongoing else "one" if time.first == time.last else "span"
    several = min(len(every), SEVERAL)
    return [
        *around.names(text, time.start, time.end),
        f"k {time.kind} {lasts}",
        f"p {int(PARTS * time.start / max(1, len(text)))}",
        f"n {several}",
        f"at {min(every.index(time), SEVERAL)} of {several}",
    ]


def _label(told: Told, start: int, end: int) -> bool | None:
    """Whether the time that stands there is marked as that of what happened; None: not marked."""
    marks = [mark.of_deed for mark in told.times if mark.start < end and start < mark.end]
    return any(marks) if marks else None
