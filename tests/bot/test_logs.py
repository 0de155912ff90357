"""No log of the assistant holds a person's words."""

import logging

import pytest
import structlog

from bot.logs import OnlyWhere, say_only_where

WORDS = "zebulonquux hit me"


def test_a_line_says_where_and_what_kind_alone() -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        trace = (type(error), error, error.__traceback__)
    record = logging.LogRecord("rasa", logging.ERROR, "x.py", 3, WORDS, (), trace, "run")
    assert OnlyWhere().format(record) == "error rasa:run:3 ValueError"


def test_structured_lines_lose_their_values(capsys: pytest.CaptureFixture[str]) -> None:
    say_only_where()
    structlog.get_logger("rasa").error("failure", text=WORDS, slots={"a": WORDS})
    assert "zebulonquux" not in capsys.readouterr().out
