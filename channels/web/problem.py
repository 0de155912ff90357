"""The shape of every refusal: a problem document (RFC 9457) that says how to reach 999."""

from http import HTTPStatus

from fastapi.responses import JSONResponse

EMERGENCY = "If you are in danger now, call 999."


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


def unexpected() -> JSONResponse:
    """The answer to a failure that nobody foresaw; it tells nothing of what went wrong."""
    return problem(500, "Something went wrong on our side. Please try again.")
