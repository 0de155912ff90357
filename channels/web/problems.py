"""Every refusal as a problem document (RFC 9457) that says what to do, and how to reach 999."""

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from channels import figures
from channels.attempts import tried, tried_by_status
from channels.console.pages import ENDED, problem_page
from channels.crowd import Overloaded
from channels.floods import Flooded
from channels.reception import UnknownChoice
from channels.web.languages import noted
from channels.web.pages import path_of, translator
from channels.web.problem import TOO_LONG, problem, reads_pages
from knowledge.errors import (
    Conflict,
    Held,
    Locked,
    MadeRoom,
    NotAllowed,
    NotFound,
    NotYet,
    Refused,
    Unavailable,
)

# What went wrong -> (status, a sentence the reader can act on).
PROBLEMS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    NotFound: (HTTPStatus.NOT_FOUND, noted("We can't find this. It may have been deleted.")),
    NotAllowed: (HTTPStatus.UNAUTHORIZED, noted("The key does not fit. Please start again.")),
    MadeRoom: (HTTPStatus.UNAUTHORIZED, ENDED["room"]),
    Locked: (HTTPStatus.LOCKED, "Nobody used the desk for a while. Please unlock it."),
    NotYet: (
        HTTPStatus.TOO_MANY_REQUESTS,
        "Too many tries. Please wait some minutes before the next one.",
    ),
    Held: (
        HTTPStatus.CONFLICT,
        noted(
            "We can't delete this chat yet. We keep it because someone may need it to stay safe. "
            "You can ask us about it here."
        ),
    ),
    Refused: (HTTPStatus.CONFLICT, "The person must not be reached in this way, or not now."),
    Conflict: (HTTPStatus.CONFLICT, noted("Somebody else was faster. Please look again.")),
    Unavailable: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        noted("We could not keep your message just now. Please send it again in a minute."),
    ),
    Overloaded: (
        HTTPStatus.SERVICE_UNAVAILABLE,
        noted(
            "So many people are writing that we can't answer soon. "
            "Please send it again in a minute."
        ),
    ),
    Flooded: (
        HTTPStatus.TOO_MANY_REQUESTS,
        noted("That was a lot at once. Please wait a minute and send it again."),
    ),
    UnknownChoice: (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        noted("This choice is not known here. Please write it in your own words."),
    ),
}
NOT_DELETED = noted(
    "Something on our side did not answer. Nothing is deleted yet. Please try again in a minute."
)
NOT_RIGHT = noted("Something in what was sent is not right. Please go back and try again.")


def add_problems(app: FastAPI) -> None:
    """Answer all errors of this application as problem documents."""
    for kind in PROBLEMS:
        app.add_exception_handler(kind, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _known(request: Request, error: Exception) -> Response:
    figures.REFUSED.labels(type(error).__name__).inc()
    if isinstance(error, UnknownChoice):
        tried("unknown choice")
    if isinstance(error, Unavailable) and request.method == "DELETE":
        return _said(request, HTTPStatus.SERVICE_UNAVAILABLE, NOT_DELETED)
    if isinstance(error, NotAllowed) and path_of(request).startswith("/console"):
        why = "?ended=room" if isinstance(error, MadeRoom) else ""
        return RedirectResponse(f"/console/sign-in{why}", status_code=303)  # the session is over
    status, detail = PROBLEMS[type(error)]
    more = {"why": error.why} if isinstance(error, Refused) else {}
    return _said(request, status, detail, **more)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  (registered for it)
    tried_by_status(error.status_code)
    return _said(request, error.status_code, str(error.detail))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  (registered for it)
    tried_by_status(HTTPStatus.UNPROCESSABLE_ENTITY)
    first = error.errors()[0]
    if first["type"] == "string_too_long":
        return _said(request, 413, TOO_LONG)
    if reads_pages(request):
        return problem(request, 422, NOT_RIGHT)
    where = ".".join(str(part) for part in first["loc"][1:])
    said = translator(request)(noted("Something in the request is not right: {where}."))
    return _said(request, 422, said.format(where=where or "…"))


def _said(request: Request, status: int, detail: str, **more: str) -> Response:
    """A problem; a page of the desk's own for somebody who looks at the desk."""
    looks = "text/html" in request.headers.get("accept", "")
    if looks and path_of(request).startswith("/console"):
        return problem_page(request, status, detail)
    return problem(request, status, detail, **more)
