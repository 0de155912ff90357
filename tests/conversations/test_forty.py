"""Forty conversations that nobody wrote the dialogue for: nothing is asked again, and briefly.

The table is printed with `-s`. Facts in the record shall be 0.9. They are not yet: some of the
conversations are ended early by an alarm (what would have been told is then missing), and of eight
kinds of effects one is often missed or read too much. The marks are what was measured; they may
only rise.
"""

import pytest

from tests.conversations.forty import Played, play, scripts
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

USUAL = 12  # turns of the person
TOLD_MUCH = 8
MUCH = 5  # questions whose answers the first messages told
LONGER = 2  # conversations with one turn more than usual, by what was asked in between
RIGHT = 0.76  # facts in the record as they were told, of all
RIGHT_TO_THE_END = 0.88  # of the conversations that no alarm ended
EFFECTS_ASIDE = 0.93  # of these, without the effects


def test_nothing_told_is_asked_again(forty: list[Played]) -> None:
    needless = [one.line() for one in forty if one.asked_needlessly]
    assert needless == []


def test_a_usual_assessment_is_short(forty: list[Played]) -> None:
    long = [one.line() for one in forty if one.turns > USUAL]
    assert len(long) <= LONGER, "\n".join(long)
    assert max(one.turns for one in forty) <= USUAL + 1


def test_whoever_tells_much_at_once_is_asked_little(forty: list[Played]) -> None:
    much = [one for one in forty if len(one.script["never_ask"]) >= MUCH]
    long = [one.line() for one in much if one.turns > TOLD_MUCH]
    assert long == []


def test_what_was_told_is_in_the_record(forty: list[Played]) -> None:
    to_the_end = [one for one in forty if not one.was_alarmed]
    shares = [
        (_share(forty), RIGHT),
        (_share(to_the_end), RIGHT_TO_THE_END),
        (_share(to_the_end, but="needs"), EFFECTS_ASIDE),
    ]
    print("\n".join(one.line() for one in forty), shares, len(to_the_end))  # noqa: T201
    assert all(share >= least for share, least in shares), shares


def _share(played: list[Played], but: str = "") -> float:
    told = [name for one in played for name in one.script["facts"] if name != but]
    wrong = [fact for one in played for fact in one.wrong if fact.partition(":")[0] != but]
    return 1 - len(wrong) / len(told)


@pytest.fixture(scope="module")
def forty(waymark: Waymark) -> list[Played]:
    return [play(waymark.url, script) for script in scripts()]
