"""Liveness, readiness and figures."""

import asyncio

import httpx
from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from channels.parts import Parts, Wired

router = APIRouter(tags=["health"])
NEEDED = ("database", "assistant", "actions")  # without Redis all goes on, a little later


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """This process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(parts: Wired, response: Response) -> dict[str, bool]:
    """Whether each part answers; 503 when one does not that no answer can do without."""
    state = await readiness(parts)
    response.status_code = 200 if all(state[name] for name in NEEDED) else 503
    return state


@router.get("/metrics")
async def figures() -> Response:
    """Figures in Prometheus's form. They hold nothing about any person."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def readiness(parts: Parts) -> dict[str, bool]:
    """Which parts answer now."""
    database, assistant, actions = await asyncio.gather(
        parts.knowledge.database.ready(),
        parts.assistant.ready(),
        _actions_answer(parts.settings.actions_port),
    )
    state = {"database": database, "assistant": assistant, "actions": actions}
    return {**state, "redis": await parts.wires.ready()} if parts.wires else state


async def _actions_answer(port: int) -> bool:
    """Whether an action server answers; a web server that stands before them is not enough."""
    try:
        async with httpx.AsyncClient(timeout=2) as client:
            return (await client.get(f"http://127.0.0.1:{port}/health")).is_success
    except httpx.HTTPError:
        return False
