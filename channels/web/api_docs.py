"""The API in words, made from its own description; no script and nothing from elsewhere."""

from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response

from channels.parts import Wired
from channels.web.health import from_this_machine
from channels.web.pages import pages

router = APIRouter(include_in_schema=False)


@router.get("/docs")
async def docs(request: Request, parts: Wired) -> Response:
    """Every call with its method, path and promise.

    For this machine; with WAYMARK_API_DOCS=on for everybody.
    """
    if parts.settings.api_docs == "off" and not from_this_machine(request):
        raise HTTPException(404)
    description = request.app.openapi()
    calls = [
        {"method": method.upper(), "path": path, "tag": call["tags"][0], **_words(call)}
        for path, methods in description["paths"].items()
        for method, call in methods.items()
    ]
    tags = list(dict.fromkeys(call["tag"] for call in calls))
    shown = {"title": description["info"]["title"], "tags": tags, "calls": calls}
    return pages.TemplateResponse(request, "api_docs.html", shown)


def _words(call: dict[str, Any]) -> dict[str, Any]:
    return {
        "promise": call.get("description", ""),
        "parameters": [
            f"{one['name']} ({one['in']})"
            for one in call.get("parameters", ())
            if one["in"] != "path"
        ],
        "body": [
            schema.get("schema", {}).get("$ref", "").rpartition("/")[2] or kind
            for kind, schema in call.get("requestBody", {}).get("content", {}).items()
        ],
        "answers": ", ".join(call["responses"]),
    }
