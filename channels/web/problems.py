"""Every refusal as a problem document (RFC 9457) that says what to do, and how to reach 999."""

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from channels.floods import Flooded
from channels.reception import UnknownChoice
from channels.web.headers import BodyTooLarge
from knowledge.errors import Conflict, NotAllowed, NotFound, Unavailable

log = logging.getLogger(__name__)

EMERGENCY = "If you are in danger now, call 999."

# What went wrong -> (status, a sentence the reader can act on).
PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    NotFound: (HTTPStatus.NOT_FOUND, "We can't find this. It may have been deleted."),
    NotAllowed: (HTTPStatus.UNAUTHORIZED, "The key does not fit. Please start again."),
    Conflict: (HTTPStatus.CONFLICT, "Somebody else was faster. Please look again."),
    Unavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "We could not keep your message just now. Please send it again in a minute.",
    ),
    Flooded: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "That was a lot at once. Please wait a minute and send it again.",
    ),
    BodyTooLarge: (
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "This message is too long. Please send it in two or more parts.",
    ),
    UnknownChoice: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "This choice is not known here. Please write it in your own words.",
    ),
}


def add_problems(app: FastAPI) -> None:
    """Answer all errors of this application as problem documents."""
    for kind in PROBLEMS:
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unknown)


def problem(status: int, detail: str, **more: str) -> JSONResponse:
    """A problem document with the way to 999."""
    headers = {"Retry-After": "60"} if status in (429, 503) else {}
    return JSONResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": int(status),
            "detail": detail,
            "emergency": EMERGENCY,
            **more,
        },
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


async def _known(_request: Request, error: Exception) -> JSONResponse:
    return problem(*PROBLEMS[type(error)])


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for it)
    return problem(error.status_code, str(error.detail))


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (registered for it)
    first = error.errors()[0]
    if first["type"] == "string_too_long":
        return problem(413, "This message is too long. Please send it in two or more parts.")
    where = ".".join(str(part) for part in first["loc"][1:])
    return problem(422, f"Something in the request is not right: {where or 'its form'}.")


async def _unknown(_request: Request, error: Exception) -> JSONResponse:
    log.error("unexpected: %s", type(error).__name__)
    return problem(500, "Something went wrong on our side. Please try again.")
