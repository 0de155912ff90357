"""The stylesheets of every page, written into the first page that somebody opens.

On a bad line each thing that is asked for costs a wait; these are asked for with the page. Later
pages name the files, which the browser keeps. The content security policy lets in these very
bytes and no other styles of a page.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

STATIC = Path(__file__).parent / "static"
SHEETS = ("built/govuk.css", "page.css")


@cache
def first_styles() -> Markup:
    """The text of all sheets: files of ours, in which nobody else writes."""
    return Markup("".join((STATIC / sheet).read_text("utf-8") for sheet in SHEETS))  # noqa: S704


@cache
def allowed() -> str:
    """How the policy names them."""
    digest = hashlib.sha256(first_styles().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
