"""The trained understanding, measured on messages that it has not seen (prints its table)."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.understand import MODEL, Asked, Reader, understand
from tests.nlu import scoring

SHORT_ANSWERS = Path(__file__).with_name("short_answers.yml")
DEVELOPMENT = Path(__file__).parent / "facts" / "development.yml"
TODAY = date(2026, 11, 24)
WRITTEN = date(2026, 11, 22)  # the day of the development messages

pytestmark = pytest.mark.skipif(not MODEL.is_file(), reason="not trained: run `make train`")

# A point or two under what was measured: what falls below has broken.
# Promised are 0.90 found, 0.02 wrong, 0.92 of the meaning and 0.97 of short answers.
LEAST_FOUND = {"crime_type": 0.92, "place": 0.95, "occurred": 0.95, "reported": 0.9, "role": 0.92}
MOST_WRONG = 0.02
LEAST_RIGHT = {"all": 0.96, "short answers": 0.97, "intent tell": 0.97, "question None": 0.96}


LEAST_DEVELOPED = {
    "crime_type": 0.91, "place": 0.97, "occurred": 0.96, "reported": 0.97, "role": 0.96,
}  # fmt: skip


def show(table: str) -> None:
    """Print a table: `pytest -s` shows it."""
    sys.stdout.write(f"\n{table}\n")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="module")
def answers(reader: Reader) -> list[dict[str, Any]]:
    return list(
        reader.read(
            Asked(row["id"], row["text"], row["question"], date.fromisoformat(row["today"]))
            for row in scoring.evaluation()
        )
    )


def test_meaning_of_messages(answers: list[dict[str, Any]]) -> None:
    marks = scoring.intents(scoring.evaluation(), answers)

    show(marks.table())
    low = {
        name: marks.share(name) for name, least in LEAST_RIGHT.items() if marks.share(name) < least
    }
    assert not low


def test_facts_of_messages(answers: list[dict[str, Any]]) -> None:
    marks = scoring.facts(scoring.evaluation(), answers)

    show(marks.table())
    assert [name for name, least in LEAST_FOUND.items() if marks.share(name) < least] == []
    wrong, told = (sum(of[name] for name in scoring.STRICT) for of in (marks.wrong, marks.total))
    assert wrong <= MOST_WRONG * told


@pytest.mark.parametrize("field", LEAST_DEVELOPED)
def test_facts_of_development_messages(reader: Reader, field: str) -> None:
    rows = yaml.safe_load(DEVELOPMENT.read_text("utf-8"))
    asked = [Asked(at, row["say"], None, WRITTEN) for at, row in enumerate(rows)]
    found = [answer["facts"].get(field) for answer in reader.read(asked)]

    told = [(row, value) for row, value in zip(rows, found, strict=True) if field in row]
    right = [value is not None and _is(field, value, row) for row, value in told]
    wrong = sum(value is not None for _, value in told) - sum(right)
    show(f"{field}: {sum(right)} of {len(told)} found, {wrong} wrong")
    assert sum(right) >= LEAST_DEVELOPED[field] * len(told)
    assert wrong <= MOST_WRONG * len(told)


def test_short_answers_are_read_with_their_question(reader: Reader) -> None:
    cases = list(_short_answers())
    given = reader.read(Asked(at, text, asked, TODAY) for at, (asked, text, _) in enumerate(cases))

    wrong = [
        (asked, text, answer["intent"])
        for (asked, text, fitting), answer in zip(cases, given, strict=True)
        if answer["intent"] not in fitting
    ]
    show(f"short answers: {len(cases) - len(wrong)} of {len(cases)} right\n{wrong}")
    assert len(wrong) <= 0.02 * len(cases)


def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [b'{"id": 1, "text": "my bike was stolen in Ware"}', b"{", b'{"id": 3}', b"\xff", b""]
    lines += [b'{"id": 6, "text": "\\ud83d", "question": "when", "today": "2026-11-24"}']
    source.write_bytes(b"\n".join(lines))

    assert understand(source, target) == 2

    given = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [answer["id"] for answer in given] == [1, 6]
    assert (given[0]["intent"], given[0]["facts"]["crime_type"]) == ("tell", "theft")
    told = [record.getMessage() for record in caplog.records if record.name == "understand"]
    assert [line.partition(" left")[0] for line in told] == ["line 2", "line 3", "line 4"]


def _is(field: str, value: Any, row: dict[str, Any]) -> bool:
    if field == "crime_type":
        return value in {row[field], *row.get("also", ())}
    if field == "place":
        return bool(value["district"] == row[field])
    if field == "occurred":
        return [value["from"], value["to"]] == [day.isoformat() for day in row[field]]
    return bool(value == row[field])


def _short_answers() -> Any:
    table = yaml.safe_load(SHORT_ANSWERS.read_text("utf-8"))
    for question, rows in table.items():
        for fitting, texts in rows.items():
            for text in texts:
                yield question, str(text), {name.strip() for name in fitting.split(",")}
