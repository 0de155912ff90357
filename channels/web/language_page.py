"""The choice of a language for the fixed parts of the pages. No script needed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from channels.parts import Wired
from channels.web import languages
from channels.web.keys import only_from_this_site, set_language, valid_key

router = APIRouter(include_in_schema=False)


@router.post("/language")
async def choose(
    request: Request,
    parts: Wired,
    lang: Annotated[str, Form(max_length=35)] = "",
    back: Annotated[str, Form(max_length=2000)] = "/",
    framed: Annotated[bool, Form()] = False,
) -> Response:
    """Keep the language in the page's only cookie, and show the same page again in it.

    A language that we have no catalogue for changes nothing.
    """
    only_from_this_site(request)
    response = RedirectResponse(_on_this_site(back), status_code=303)
    if lang in languages.languages():
        key = await valid_key(request, parts)
        set_language(response, request, key, lang, framed=framed)
    return response


def _on_this_site(address: str) -> str:
    """A path of ours, or the first page: nobody is led elsewhere by a form of ours."""
    is_path = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if is_path else "/"
