"""A part of Waymark, with a hand that pulls the plug at a step of a message's way.

`python -m tests.chaos.steps PART` runs a part as it is, with its own verbs wrapped from outside:
when the file WAYMARK_VAR/die-at names a step, the process that comes there removes the file and
ends at once, as by `kill -9`, or so ends the process whose number stands there too: the database
dies between a commit and the answer. Nothing in the product knows of it. Each part has an
environment of its own, so a verb is imported where it is wrapped.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import replace
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
        # what the assistant reads for risk alone: words to a co-ordinator, and again what failed
        "recognise": "channels.assistant:RasaAssistant.recognise",
        # the co-ordinator's deeds; after: kept, nobody woken, the desk does not know
        "hold": "knowledge.conversations.operations:Conversations.take",
        "say": "knowledge.conversations.operations:Conversations.say",
        "give back": "knowledge.conversations.operations:Conversations.give_back",
        # the web's delivery: after: read, not sent
        "read": "channels.web.reading:messages",
        # what Telegram told: after: kept, Telegram does not know
        "take": "knowledge.chats.operations:Chats.take",
        # Telegram's delivery: after: in doubt, not sent
        "hand over": "knowledge.chats.operations:Chats.hand_over",
        # after: it stands in the chat, nobody noted it
        "send": "telegram.ext:ExtBot.send_message",
        # after: noted
        "note": "knowledge.chats.operations:Chats.arrived",
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
# The database dies at any step of any part: after most of them something is committed.
STEPS["database"] = tuple(step for steps in STEPS.values() for step in steps)
MAIN = {
    "channels": "channels.__main__",
    "assistant": "bot.__main__",
    "actions": "actions.__main__",
}
Verb = Callable[..., Awaitable[Any]]


def order(var: Path, step: str, whom: int | None = None) -> None:
    """Ask whoever comes to a step next to die there, or to kill this process."""
    written = var / "die-at.new"
    written.write_text(f"{step}:{whom or ''}")
    written.rename(var / "die-at")


def is_wanted(var: Path) -> bool:
    """Whether somebody must still die."""
    return (var / "die-at").exists()


def withdraw(var: Path) -> bool:
    """Take the order back, or be the one who carries it out. Whether it was still there."""
    try:
        (var / "die-at").unlink()
    except FileNotFoundError:
        return False
    return True


def wrap(part: str) -> None:
    """Put the hand around each verb of a part."""
    var = Path(os.environ["WAYMARK_VAR"])
    for verb, place in WAY[part].items():
        module, _, path = place.partition(":")
        owner, _, name = path.rpartition(".")
        of = import_module(module)
        of = getattr(of, owner) if owner else of
        deed = getattr(of, name)
        setattr(of, name, _mortal(var, verb, _named(deed) if verb == "answer" else deed))


def _named(deed: Verb) -> Verb:
    """Each reply says which message it answers, and in which try, so that it can be accounted."""

    @functools.wraps(deed)
    async def named(whose: Any, pending: Any, replies: Any, *more: Any) -> Any:
        about = {"answers": pending.entry.sequence, "try": uuid.uuid4().hex}
        said = [replace(one, details={**one.details, **about}) for one in replies]
        return await deed(whose, pending, said, *more)

    return named


def _mortal(var: Path, verb: str, deed: Verb) -> Verb:
    @functools.wraps(deed)
    async def mortal(*given: Any, **named: Any) -> Any:
        _die(var, f"before {verb}")
        done = await deed(*given, **named)
        _die(var, f"after {verb}")
        return done

    return mortal


def _die(var: Path, here: str) -> None:
    try:
        step, _, whom = (var / "die-at").read_text().partition(":")
    except FileNotFoundError:
        return
    if step == here and withdraw(var):
        os.kill(int(whom or os.getpid()), signal.SIGKILL)


def _run(part: str) -> None:
    if part == "assistant":  # before Rasa is imported, as it does itself
        import_module("bot.without_tensorflow").keep_out()
    wrap(part)
    main = import_module(MAIN[part]).main
    if part == "channels":
        main([])
    else:
        main()


if __name__ == "__main__":
    _run(sys.argv[1])
