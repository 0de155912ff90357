"""How every page for people is made: its templates, its language, the look of the hub."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, select_autoescape

from channels.parts import Parts
from channels.web import languages
from channels.web.cookies import in_frame
from channels.web.keys import chosen_language
from channels.web.languages import Language, Translate

TEMPLATES = Path(__file__).parent / "templates"


def language_of(request: Request) -> Language:
    """The language that the address asks for, that the reader chose, or the browser speaks."""
    asked = getattr(request.state, "language", None) or request.query_params.get("lang")
    if asked not in languages.languages():
        asked = chosen_language(request)
    return languages.chosen(asked, request.headers.get("accept-language", ""))


def others(language: Language) -> dict[str, Language]:
    """The languages that somebody could change to, by code; none where there is no choice."""
    return {code: one for code, one in languages.languages().items() if one != language}


def here(request: Request) -> str:
    """Where the reader is, to come back to in another language; what was refused is no place."""
    if request.method != "GET":
        return "/"
    rest = [(name, said) for name, said in request.query_params.multi_items() if name != "lang"]
    return f"{path_of(request)}?{urlencode(rest)}" if rest else path_of(request)


def path_of(request: Request) -> str:
    """The path that was asked for (``request.url`` needs a host that makes sense)."""
    path: str = request.scope["path"]
    return path


def translator(request: Request) -> Translate:
    """Says our sentences in the reader's language, the hub's own words first."""
    parts: Parts = request.app.state.parts
    return language_of(request).gettext(parts.hub.words)


def words_for(request: Request) -> dict[str, Any]:
    """What every page is given: its language, the hub, where leaving leads."""
    parts: Parts = request.app.state.parts
    language, translate = language_of(request), translator(request)
    return {
        "gettext": translate,
        "ngettext": language.translations.ngettext,
        "_": translate,
        "said": language.said(translate),  # a sentence of the data files
        "as_english": language.as_english,
        "day": language.day,
        "lang": language.code,
        "dir": language.direction,
        "other_languages": others(language),
        "here": here(request),
        "framed": in_frame(request),
        "hub": parts.hub,
        "themed": bool(parts.hub.css),
        "exit_url": parts.settings.exit_url,
    }


environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=select_autoescape(),
    extensions=["jinja2.ext.i18n"],
)
pages = Jinja2Templates(env=environment, context_processors=[words_for])
