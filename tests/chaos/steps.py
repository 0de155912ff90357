"""The channels process, with a hand that pulls the plug at a step of a message's way.

`python -m tests.chaos.steps` runs the channels as they are, with their own verbs wrapped from
outside: when the file WAYMARK_VAR/die-at names a step, the process that comes there removes the
file and ends at once, as by `kill -9`. Nothing in the product knows of it.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from channels.__main__ import main
from channels.assistant import RasaAssistant
from knowledge.conversations.operations import Conversations

# A verb on the way, and what it means to die before or after it.
WAY: dict[str, tuple[type, str]] = {
    "keep": (Conversations, "receive"),  # before: not stored; after: stored, nobody told
    "claim": (Conversations, "next_pending"),  # after: this process has it in hand
    "ask": (RasaAssistant, "answer"),  # before: not asked; after: answered, not kept
    "answer": (Conversations, "answer"),  # after: kept, nobody woken
}
STEPS = tuple(f"{when} {verb}" for verb in WAY for when in ("before", "after"))
Verb = Callable[..., Awaitable[Any]]


def order(var: Path, step: str) -> None:
    """Ask whoever comes to a step next to die there."""
    (var / "die-at").write_text(step)


def wanted(var: Path) -> str:
    """The step at which somebody must still die; empty when it happened."""
    try:
        return (var / "die-at").read_text()
    except FileNotFoundError:
        return ""


def wrap() -> None:
    """Put the hand around each verb."""
    var = Path(os.environ["WAYMARK_VAR"])
    for verb, (owner, name) in WAY.items():
        setattr(owner, name, _mortal(var, verb, getattr(owner, name)))


def _mortal(var: Path, verb: str, deed: Verb) -> Verb:
    @functools.wraps(deed)
    async def mortal(*given: Any, **named: Any) -> Any:
        _die(var, f"before {verb}")
        done = await deed(*given, **named)
        _die(var, f"after {verb}")
        return done

    return mortal


def _die(var: Path, step: str) -> None:
    if wanted(var) == step:
        (var / "die-at").unlink()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    wrap()
    main(sys.argv[1:])
