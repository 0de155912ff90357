"""The accounts of `make chaos` see what they are there to see, in threads that are made up."""

from collections.abc import Mapping
from typing import Any

import pytest

from knowledge.conversations.model import Author, Entry, Kind
from tests.chaos.accounts import answers_of
from tests.chaos.faults import Faults
from tests.fakes import TUESDAY_MORNING

Line = tuple[Author, Kind, dict[str, Any]]
ASKS: Line = (Author.PERSON, Kind.SAID, {})
TAKES: Line = (Author.SYSTEM, Kind.TAKEN, {})
GIVES_BACK: Line = (Author.SYSTEM, Kind.GIVEN_BACK, {})


def _answers(message: int, at: str = "first", text: str = "") -> Line:
    return (Author.ASSISTANT, Kind.SAID, {"answers": message, "try": at, "text": text})


def _wrong(*lines: Line) -> Mapping[str, int]:
    thread = [
        Entry(
            sequence=at,
            author=who,
            kind=kind,
            text=details.get("text") or f"part {at}",
            at=TUESDAY_MORNING,
            details=details,
        )
        for at, (who, kind, details) in enumerate(lines, start=1)
    ]
    return {what: times for what, times in answers_of(thread).items() if times}


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ([ASKS, ASKS, _answers(1), _answers(1), _answers(2)], {}),
        # The next answer does not stand in for one that was lost.
        ([ASKS, ASKS, _answers(2)], {"messages without an answer": 1}),
        ([ASKS, _answers(1), _answers(1, "again")], {"messages answered twice": 1}),
        (
            [ASKS, _answers(1, text="I see."), _answers(1, text="I see.")],
            {"the same answer twice to one message": 1},
        ),
        # Two messages may be answered alike.
        ([ASKS, ASKS, _answers(1, text="I see."), _answers(2, text="I see.")], {}),
        ([ASKS, ASKS, _answers(2), _answers(1)], {"answers out of order": 1}),
        # A co-ordinator held it: the assistant was silent.
        ([TAKES, ASKS, GIVES_BACK, ASKS, _answers(4)], {}),
        ([ASKS, TAKES, GIVES_BACK], {}),
        ([ASKS, _answers(1), TAKES, GIVES_BACK, ASKS], {"messages without an answer": 1}),
        # It was taken only after a later message had its answer.
        ([ASKS, ASKS, _answers(2), TAKES], {"messages without an answer": 1}),
    ],
)
def test_an_answer_that_is_lost_doubled_or_late_is_seen(
    lines: list[Line], wrong: dict[str, int]
) -> None:
    assert _wrong(*lines) == wrong


def test_a_step_that_nobody_ever_comes_to_is_a_line() -> None:
    faults = Faults(None, None, None)  # type: ignore[arg-type]  # nothing is killed here
    faults.missed.update({"channels before say": 2, "channels after say": 2, "actions act": 1})
    faults.came.add("channels after say")
    assert faults.never_came() == {"steps nobody ever came to": 1}
    assert faults.rows()["nobody came: channels before say"] == 2
