"""An assistant that is not Rasa, as a process: answers each message once, after a moment.

What it said, and what is with an assistant now, lies in files that all of them share: it notes
when two messages of one conversation are with assistants at the same time.
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
DIED = 10.0  # seconds after which whoever had a message is no more
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
    if _other(at_work, message):
        with (FOLDER / TWICE).open("a") as twice:
            twice.write(conversation + "\n")
    at_work.write_text(message)
    await asyncio.sleep(random.uniform(0.01, LONGEST))  # noqa: S311  (no secret)
    risk = DANGER if "kill" in text else CALM
    reply = {"text": f"answer to {text} [{message}]", "choices": [], "services": []}
    answer = {"replies": [reply], "risk": risk, "failed": False}
    whole = said.with_suffix(f".{os.getpid()}")
    whole.write_text(json.dumps(answer))
    whole.rename(said)
    at_work.unlink(missing_ok=True)
    return JSONResponse(answer)


def _other(at_work: Path, message: str) -> bool:
    """Whether another message of the conversation is with an assistant now."""
    try:
        young = time.time() - at_work.stat().st_mtime < DIED
        return young and at_work.read_text() not in ("", message)
    except FileNotFoundError:
        return False


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
