"""Logs without a person's words, for the processes of current Python (bot/logs.py has its own).

Only lines of our own rooms are written as they are: they are made with care. Of any other line,
and of what ends a process, only the place in the code and the kind of error are said.
"""

import logging
import sys
import traceback
from types import TracebackType

OUR_OWN = ("actions", "channels", "knowledge")


class OnlyWhere(logging.Formatter):
    """Says how serious, where in the code and which kind of error: never what was handled."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, of which no part comes from a conversation."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        if record.name.partition(".")[0] in OUR_OWN:
            said = record.getMessage()
            return " ".join(part for part in (record.levelname, record.name, said, kind) if part)
        where = f"{record.name}:{record.funcName}:{record.lineno}"
        return " ".join(part for part in (record.levelname, where, kind) if part)


def say_only_where(level: str) -> None:
    """Log our own rooms from this level on, everything else from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OnlyWhere())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for room in OUR_OWN:
        logging.getLogger(room).setLevel(level.upper())
    sys.excepthook = end_with_where


def end_with_where(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """What a process writes when an error ends it: no message, for it may quote somebody."""
    frames = traceback.extract_tb(trace)
    where = f"{frames[-1].filename}:{frames[-1].lineno} {frames[-1].name}" if frames else ""
    sys.stderr.write(f"CRITICAL {kind.__name__} {where}\n")
