"""Which of the ways of getting in touch that an answer names is wanted, learned from answers.

`I'd never hear it ring, so email`: most answers name ways that they do not want.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nlu import around
from nlu.embedding import SentenceEmbedding
from nlu.examples import Wished
from nlu.facts import contact_named
from nlu.facts.contact_named import Way
from nlu.facts.plain import Plain, plain_of
from nlu.mentions import Array, Mention, MentionReader, vectors

SEVERAL = 4  # so many mentions and more are one case
LONG = 8  # words of a length


def train(wished: Iterable[Wished], embedding: SentenceEmbedding) -> MentionReader:
    """Learn from answers for which it is known what is wanted."""
    return MentionReader.train([mention for one in wished for mention in _seen(one, embedding)])


def read(
    reader: MentionReader, embedding: SentenceEmbedding, plain: Plain
) -> list[tuple[str, float]]:
    """How likely each way that an answer names is wanted, 0 to 1, the likeliest first."""
    ways = contact_named.ways(plain)
    odds: dict[str, float] = {}
    for way, vector in zip(ways, _vectors(embedding, plain, ways), strict=True):
        found = reader.odds(_names(plain.text, way, ways), vector)
        odds[way.how] = max(odds.get(way.how, 0.0), found)
    return sorted(odds.items(), key=lambda pair: -pair[1])


def _seen(wished: Wished, embedding: SentenceEmbedding) -> Iterator[Mention]:
    plain = plain_of(wished.text)
    ways = contact_named.ways(plain)
    for way, vector in zip(ways, _vectors(embedding, plain, ways), strict=True):
        yield Mention(_names(plain.text, way, ways), vector, way.how == wished.how)


def _vectors(embedding: SentenceEmbedding, plain: Plain, ways: Sequence[Way]) -> list[Array]:
    return vectors(embedding, plain, [(way.start, way.end) for way in ways])


def _names(text: str, way: Way, every: Sequence[Way]) -> list[str]:
    """What stands around a way, how it is named, and which of all the ways it is."""
    at, number = every.index(way), len(every)
    different = list(dict.fromkeys(one.how for one in every))
    return [
        *around.names(text, way.start, way.end),
        f"k {way.how}",
        f"s {way.stands}",
        f"ks {way.how} {way.stands}",
        f"n {min(number, SEVERAL)}",
        f"first {at == 0} last {at == number - 1}",
        f"ways {min(len(different), SEVERAL)} last {different[-1] == way.how}",
        f"long {len(text.split()) // LONG}",
    ]
