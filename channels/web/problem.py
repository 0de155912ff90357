"""The shape of every refusal: a problem document (RFC 9457) that says how to reach 999.

Who opens a page, or sends a form without script, gets the same as a page.
"""

from http import HTTPStatus

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from channels import figures
from channels.web.languages import Translate, noted
from channels.web.pages import pages, path_of, translator

EMERGENCY = noted("If you are in danger now, call 999.")
OURS = noted("Something went wrong on our side. Please try again.")
TOO_LONG = noted("This message is too long. Please send it in two or more parts.")
NOT_HERE = noted("We can't find this page. It may have changed.")
NO_PAGES = ("/api/", "/console", "/provider", "/docs")
PHRASES = frozenset(one.phrase for one in HTTPStatus)


def problem(request: Request, status: int, detail: str, **more: str) -> Response:
    """A page for whoever reads pages, a problem document for programs; both with 999.

    ``more`` are members of the document beside the usual ones.
    """
    headers = {"Retry-After": "60"} if status in (429, 503) else {}
    if reads_pages(request):
        return _page(request, status, detail, headers)
    return _document(translator(request), status, detail, headers, **more)


def unexpected(request: Request) -> Response:
    """The answer to a failure that nobody foresaw; it tells nothing of what went wrong."""
    figures.REFUSED.labels("unexpected").inc()
    try:
        return problem(request, 500, OURS)
    except Exception:  # not even the page could be made
        return _document(str, 500, OURS, {})


def _document(
    say: Translate, status: int, detail: str, headers: dict[str, str], **more: str
) -> Response:
    return JSONResponse(
        {
            **more,
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": int(status),
            "detail": say(detail),
            "emergency": say(EMERGENCY),
        },
        status_code=status,
        media_type="application/problem+json",
        headers=headers,
    )


def _page(request: Request, status: int, detail: str, headers: dict[str, str]) -> Response:
    """The same on a page. Words that were not taken stand on it, to be sent again."""
    if detail in PHRASES:
        detail = NOT_HERE if status in (404, 405) else OURS
    shown = {"detail": detail, "unsaid": getattr(request.state, "unsaid", None)}
    return pages.TemplateResponse(
        request, "problem.html", shown, status_code=status, headers=headers
    )


def reads_pages(request: Request) -> bool:
    """Whether this is a person's browser that wants a page of ours."""
    accepts = "text/html" in request.headers.get("accept", "")
    return accepts and not path_of(request).startswith(NO_PAGES)
