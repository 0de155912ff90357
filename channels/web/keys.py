"""How a person proves that a conversation is theirs: the token, by header or by cookie."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request, Response

from channels.floods import READS
from channels.parts import Parts, Wired
from channels.web import cookies, languages
from channels.web.cookies import CHAT
from channels.web.languages import noted
from knowledge.conversations.model import Opened
from knowledge.errors import NotAllowed, NotFound


def key_in_cookie(request: Request) -> Opened | None:
    """The conversation and token that the page's only cookie holds, if any."""
    conversation, token, *_ = [*cookies.read(request, CHAT).split("."), ""]
    return Opened(conversation, token) if conversation and token else None


async def valid_key(request: Request, parts: Parts) -> Opened | None:
    """The key in the cookie, if it opens its conversation."""
    key = key_in_cookie(request)
    if key is None:
        return None
    try:
        await parts.knowledge.conversations.check(key.conversation, key.token)
    except (NotFound, NotAllowed):
        return None
    return key


async def reading_key(request: Request, parts: Parts) -> Opened | None:
    """The same for a page that shows the conversation: it is counted. Raises Flooded."""
    key = await valid_key(request, parts)
    if key is not None:
        await _count(key.conversation, parts)
    return key


def only_from_this_site(request: Request) -> None:
    """Refuse what another site's page has a browser send."""
    if not from_this_site(request):
        raise HTTPException(403, noted("This page can only be used from its own site."))


def set_key(response: Response, request: Request, opened: Opened, *, framed: bool = False) -> None:
    """Put the key into the page's only cookie; a language that was chosen stays in it."""
    _set_cookie(response, request, _value(opened, chosen_language(request)), framed=framed)


def set_language(
    response: Response, request: Request, key: Opened | None, code: str, *, framed: bool = False
) -> None:
    """Put the chosen language into the page's only cookie, beside the key if there is one."""
    _set_cookie(response, request, _value(key, code), framed=framed)


def chosen_language(request: Request) -> str | None:
    """The code of the language that the page's only cookie holds, if we have a catalogue."""
    code = cookies.read(request, CHAT).rpartition(".")[2]
    return code if code in languages.languages() else None


def forget_key(response: Response, parts: Parts) -> None:
    """Let the browser drop the page's only cookie, also the one of a frame."""
    cookies.forget(response, parts.settings, CHAT)


def _value(key: Opened | None, language: str | None) -> str:
    held = (key.conversation, key.token) if key else ("", "")
    return ".".join((*held, language) if language else held)


def _set_cookie(response: Response, request: Request, value: str, *, framed: bool) -> None:
    """For this session, for this site; in a frame it is the site's around it (partitioned)."""
    parts: Parts = request.app.state.parts
    if framed:
        cookies.put_in_frame(response, parts.settings, CHAT, value)
    else:
        cookies.put(response, parts.settings, CHAT, value)


def from_this_site(request: Request) -> bool:
    """Whether the browser says that one of our own pages asks (or that nobody's page does)."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


async def still_own(conversation: str, request: Request, parts: Parts) -> bool:
    """Whether the key that a stream or a long wait began with is still good.

    Leaving and coming back end it, also for whoever listens with a copy. Raises Unavailable.
    """
    try:
        await _holder(conversation, request, parts)
    except (NotFound, NotAllowed):
        return False
    return True


async def _holder(conversation: str, request: Request, parts: Parts) -> None:
    """See that the caller has shown the key of the conversation in the path.

    Raises NotFound (404) for an unknown conversation, NotAllowed (401) for a missing or wrong
    token.
    """
    token = _token(conversation, request)
    await parts.knowledge.conversations.check(conversation, token or "")


def _token(conversation: str, request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token
    key = key_in_cookie(request)
    if key is None or key.conversation != conversation:
        return None
    if request.method not in ("GET", "HEAD"):
        only_from_this_site(request)
    return key.token


async def _own(conversation: str, request: Request, parts: Wired) -> str:
    """The same, with its reads counted. Raises Flooded."""
    await _holder(conversation, request, parts)
    if request.method == "GET":
        await _count(conversation, parts)
    return conversation


async def _count(conversation: str, parts: Parts) -> None:
    await parts.floods.check(READS, f"reads {conversation}")


Own = Annotated[str, Depends(_own)]
