"""Liveness, readiness and figures."""

import asyncio

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from channels.parts import Parts, Wired

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """This process runs."""
    return {"status": "ok"}


@router.get("/readyz")
async def ready(parts: Wired, response: Response) -> dict[str, bool]:
    """Whether each part answers; 503 when one does not."""
    state = await readiness(parts)
    response.status_code = 200 if all(state.values()) else 503
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
        _port_answers(parts.settings.actions_port),
    )
    return {"database": database, "assistant": assistant, "actions": actions}


async def _port_answers(port: int) -> bool:
    try:
        async with asyncio.timeout(1):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
