"""How every page for people is made: its templates, its language, the look of the hub."""

from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, select_autoescape

from channels.parts import Parts
from channels.web import languages

TEMPLATES = Path(__file__).parent / "templates"


def _context(request: Request) -> dict[str, Any]:
    parts: Parts = request.app.state.parts
    language = languages.chosen(
        request.query_params.get("lang"), request.headers.get("accept-language", "")
    )
    translate = language.gettext(parts.hub.words)
    return {
        "gettext": translate,
        "ngettext": language.translations.ngettext,
        "_": translate,
        "lang": language.code,
        "dir": language.direction,
        "hub": parts.hub,
        "themed": bool(parts.hub.css),
        "exit_url": parts.settings.exit_url,
    }


environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(),
    extensions=["jinja2.ext.i18n"],
)
pages = Jinja2Templates(env=environment, context_processors=[_context])
