"""Liveness, readiness and figures."""

import asyncio
import ipaddress
import secrets

import httpx
from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from channels.parts import Parts, Wired

router = APIRouter(tags=["health"])
# What a proxy adds: whoever comes through one is not of this machine, even if it stands here.
BY_PROXY = ("forwarded", "via", "x-forwarded-for", "x-real-ip")
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
async def figures(request: Request, parts: Wired) -> Response:
    """Figures in Prometheus's form. They hold nothing about any person.

    For this machine itself, and for whoever has WAYMARK_METRICS_TOKEN (`Authorization: Bearer`);
    404 for everybody else.
    """
    if not (from_this_machine(request) or _has_token(request, parts.settings.metrics_token)):
        raise HTTPException(404)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def from_this_machine(request: Request) -> bool:
    """Whether a program on this machine asks, by no proxy."""
    if any(name in request.headers for name in BY_PROXY):
        return False
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


def _has_token(request: Request, token: str | None) -> bool:
    given = request.headers.get("authorization", "")
    return token is not None and secrets.compare_digest(
        given.encode("utf-8", "replace"), f"Bearer {token}".encode()
    )


async def readiness(parts: Parts) -> dict[str, bool]:
    """Which parts answer now; a database that keeps nothing, for want of room, does not."""
    database, assistant, actions = await asyncio.gather(
        parts.knowledge.database.ready(),
        parts.assistant.ready(),
        _actions_answer(parts.settings.actions_port),
    )
    keeps = database and parts.knowledge.processes.keeps
    state = {"database": keeps, "assistant": assistant, "actions": actions}
    return {**state, "redis": await parts.wires.ready()} if parts.wires else state


async def _actions_answer(port: int) -> bool:
    """Whether an action server answers; a web server that stands before them is not enough."""
    try:
        # Plain HTTP on loopback: reading certificates for TLS would hold up everybody for 60 ms.
        async with httpx.AsyncClient(timeout=2, verify=False) as client:  # noqa: S501
            return (await client.get(f"http://127.0.0.1:{port}/health")).is_success
    except httpx.HTTPError:
        return False
