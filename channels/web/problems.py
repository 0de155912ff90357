"""Every refusal as a problem document (RFC 9457) that says what to do, and how to reach 999."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from channels.floods import Flooded
from channels.reception import Overloaded, UnknownChoice
from channels.web.problem import problem
from knowledge.errors import Conflict, Held, Locked, NotAllowed, NotFound, NotYet, Unavailable

# What went wrong -> (status, a sentence the reader can act on).
PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    NotFound: (HTTPStatus.NOT_FOUND, "We can't find this. It may have been deleted."),
    NotAllowed: (HTTPStatus.UNAUTHORIZED, "The key does not fit. Please start again."),
    Locked: (HTTPStatus.LOCKED, "Nobody used the desk for a while. Please unlock it."),
    NotYet: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many tries. Please wait some minutes before the next one.",
    ),
    Held: (
        HTTPStatus.CONFLICT,
        "We can't delete this chat yet. We keep it because someone may need it to stay safe. "
        "You can ask us about it here.",
    ),
    Conflict: (HTTPStatus.CONFLICT, "Somebody else was faster. Please look again."),
    Unavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "We could not keep your message just now. Please send it again in a minute.",
    ),
    Overloaded: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "So many people are writing that we can't answer soon. Please send it again in a minute.",
    ),
    Flooded: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "That was a lot at once. Please wait a minute and send it again.",
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


async def _known(request: Request, error: Exception) -> Response:
    if isinstance(error, NotAllowed) and request.url.path.startswith("/console"):
        return RedirectResponse("/console/sign-in", status_code=303)  # the session ran out
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
