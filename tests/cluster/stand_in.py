"""An assistant that is not Rasa, as a process: answers each message once, after a moment.

What it said, and what is with an assistant now, lies in files that all of them share: it notes
when two messages of one conversation are with assistants at the same time. A message that nobody
waits for any more (who had it, or who asked for it, was killed) is not with anybody.
"""

import asyncio
import json
import os
import random
import time
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

TWICE = "twice"
LONGEST = 0.3  # seconds for one answer
LOOKS_EVERY = 0.01  # seconds, whether anybody still waits
DANGER = {
    "disposition": "emergency",
    "categories": ["immediate_danger"],
    "evidence": [{"text": "knife", "by": "rule:knife", "score": 0.9}],
}
CALM = {"disposition": "none", "categories": [], "evidence": []}
FOLDER = Path(os.environ.get("WAYMARK_VAR", ""))


async def turn(request: Request) -> JSONResponse:
    """One turn; the same message again gets the same answer."""
    given = await request.json()
    conversation, message = given["conversation"], given["message_id"]
    text = given.get("text") or given.get("title") or ""
    said, at_work = FOLDER / f"said-{message}", FOLDER / f"at-work-{conversation}"
    if said.exists():
        return JSONResponse(json.loads(said.read_text()))
    if other := _other(at_work, message):
        with (FOLDER / TWICE).open("a") as twice:
            twice.write(f"{conversation}: {other} when {message} came\n")
    at_work.write_text(f"{message} {os.getpid()}")
    until = time.monotonic() + random.uniform(0.01, LONGEST)  # noqa: S311  (no secret)
    while time.monotonic() < until:
        await asyncio.sleep(LOOKS_EVERY)
        if await request.is_disconnected():
            _forget(at_work, message)
    risk = DANGER if "kill" in text else CALM
    reply = {"text": f"answer to {text} [{message}]", "choices": [], "services": []}
    answer = {"replies": [reply], "risk": risk, "failed": False}
    whole = said.with_suffix(f".{os.getpid()}")
    whole.write_text(json.dumps(answer))
    whole.rename(said)
    _forget(at_work, message)
    return JSONResponse(answer)


def _other(at_work: Path, message: str) -> str:
    """Another message of the conversation that is with a living assistant now; empty for none."""
    held, pid = _held(at_work)
    if held in ("", message):
        return ""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return ""
    return held


def _forget(at_work: Path, message: str) -> None:
    """This message, unless another one is in its place already."""
    if _held(at_work) == (message, os.getpid()):
        at_work.unlink(missing_ok=True)


def _held(at_work: Path) -> tuple[str, int]:
    try:
        message, pid = at_work.read_text().split()
    except (FileNotFoundError, ValueError):
        return "", 0
    return message, int(pid)


async def calm(_request: Request) -> JSONResponse:
    """No risk, nothing to forget, all well."""
    return JSONResponse(CALM)


def main() -> None:
    """Serve until stopped."""
    routes = [
        Route("/webhooks/door/turn", turn, methods=["POST"]),
        Route("/webhooks/door/recognise", calm, methods=["POST"]),
        Route("/webhooks/door/forget", calm, methods=["POST"]),
        Route("/webhooks/door/", calm),
    ]
    uvicorn.run(
        Starlette(routes=routes),
        port=int(os.environ["WAYMARK_ASSISTANT_PORT"]),
        log_level="error",
    )


if __name__ == "__main__":
    main()
