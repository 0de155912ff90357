"""Logs without a person's words. Rasa's own lines quote messages, slots and whole trackers."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

OUR_OWN = ("bot", "nlu")  # these lines are written with care: names of errors, no values


class OnlyWhere(logging.Formatter):
    """Says how serious, where in the code and which kind of error: never the message itself."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, of which no part comes from a conversation."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        if record.name.partition(".")[0] in OUR_OWN:
            return f"{record.levelname.lower()} {record.name} {record.getMessage()}"
        where = f"{record.name}:{record.funcName}:{record.lineno}"
        return " ".join(part for part in (record.levelname.lower(), where, kind) if part)


def say_only_where(level: int = logging.WARNING) -> None:
    """Send everything that Rasa and its libraries log through `OnlyWhere`."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(OnlyWhere())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    structlog.configure(
        processors=[_nothing_but_the_event],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )


def _nothing_but_the_event(
    _logger: Any, _method: str, event: structlog.typing.EventDict
) -> tuple[tuple[str], dict[str, Any]]:
    return (str(event.get("event", "")),), {}
