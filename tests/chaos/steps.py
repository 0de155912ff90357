"""A part of Waymark, with a hand that pulls the plug at a step of a message's way.

`python -m tests.chaos.steps PART` runs a part as it is, with its own verbs wrapped from outside:
when the file WAYMARK_VAR/die-at names a step, the process that comes there removes the file and
ends at once, as by `kill -9`. Nothing in the product knows of it. Each part has an environment of
its own, so a verb is imported where it is wrapped.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import Any

# The verbs on the way through each part, and what it means to die before or after one.
WAY: dict[str, dict[str, str]] = {
    "channels": {
        # before: not stored; after: stored, nobody told
        "keep": "knowledge.conversations.operations:Conversations.receive",
        # after: this process has it in hand
        "claim": "knowledge.conversations.operations:Conversations.next_pending",
        # before: not asked; after: answered, not kept
        "ask": "channels.assistant:RasaAssistant.answer",
        # after: kept, nobody woken
        "answer": "knowledge.conversations.operations:Conversations.answer",
    },
    "assistant": {
        # before: asked, nothing done; after: the tracker is kept, the answer not sent
        "turn": "bot.door:Door._turn",
    },
    "actions": {
        # before: asked, nothing done; after: its work is kept, the answer not sent
        "act": "actions.base:WaymarkAction.run",
    },
}
STEPS = {
    part: tuple(f"{when} {verb}" for verb in way for when in ("before", "after"))
    for part, way in WAY.items()
}
MAIN = {
    "channels": "channels.__main__",
    "assistant": "bot.__main__",
    "actions": "actions.__main__",
}
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


def wrap(part: str) -> None:
    """Put the hand around each verb of a part."""
    var = Path(os.environ["WAYMARK_VAR"])
    for verb, place in WAY[part].items():
        module, _, path = place.partition(":")
        owner, _, name = path.partition(".")
        of = getattr(import_module(module), owner)
        setattr(of, name, _mortal(var, verb, getattr(of, name)))


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


def _run(part: str) -> None:
    wrap(part)
    main = import_module(MAIN[part]).main
    if part == "channels":
        main([])
    else:
        main()


if __name__ == "__main__":
    _run(sys.argv[1])
