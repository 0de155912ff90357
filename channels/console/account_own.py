"""Everybody's own account: password, second step, devices."""

from typing import Annotated, Any

import segno
from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from channels.console.pages import ACCOUNT, ROOM, pages, wait_words
from channels.console.sign_in import Holds, SignedIn, forget_session, session_of
from channels.parts import Parts, Wired
from knowledge.coordinators.model import Coordinator
from knowledge.coordinators.operations import LONGEST_SESSION
from knowledge.coordinators.passwords import PasswordRefused
from knowledge.errors import NotAllowed, NotYet

router = APIRouter(prefix=ACCOUNT, include_in_schema=False)
SAID = {
    "password": "Your password is changed. All other devices are signed out.",
    "removed": "Your second step is taken away. Please set up the next one now.",
    "out": "That device is signed out.",
    "room": f"{ROOM} Sign out below what you do not know.",
}
WRONG = "This is not your password."
Password = Annotated[str, Form(max_length=200)]


@router.get("")
async def account(request: Request, who: SignedIn, parts: Wired, said: str = "") -> Response:
    """Password, second step, devices."""
    return await _page(request, who, parts, said=SAID.get(said, ""))


@router.post("/password")
async def change_password(
    request: Request, who: SignedIn, parts: Wired, old: Password = "", new: Password = ""
) -> Response:
    """Change the password; the other devices are signed out."""
    this, _ = await parts.knowledge.coordinators.devices(session_of(request))
    try:
        await parts.knowledge.keys.change_password(who.id, old, new, keep_session=this)
    except (NotAllowed, NotYet, PasswordRefused) as error:
        field = "new" if isinstance(error, PasswordRefused) else "old"
        return await _page(request, who, parts, problems={field: _words(error)})
    return _back("password")


@router.post("/devices/{session}/sign-out")
async def sign_out_device(session: str, who: SignedIn, parts: Wired) -> Response:
    """Sign one of one's own devices out."""
    await parts.knowledge.coordinators.sign_out_devices(who.id, session)
    return _back("out")


@router.post("/sign-out-everywhere")
async def sign_out_everywhere(who: Holds, parts: Wired) -> Response:
    """Sign all of one's own devices out, this one too."""
    await parts.knowledge.coordinators.sign_out_devices(who.id)
    response = RedirectResponse("/console/sign-in", status_code=303)
    forget_session(response, parts.settings)
    return response


@router.get("/second-factor")
async def second_factor(request: Request, who: Holds, parts: Wired) -> Response:
    """The second step: set it up, or what there is."""
    return await _second_factor_page(request, who, parts)


@router.post("/second-factor")
async def confirm(
    request: Request, who: Holds, parts: Wired, code: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Set it up with a first code, and show the recovery codes this once."""
    try:
        codes = await parts.knowledge.keys.confirm(who.id, code)
    except NotAllowed:
        words = "This code does not fit. Please write the newest one that your app shows."
        return await _second_factor_page(request, who, parts, problems={"code": words})
    return _codes_page(request, who, codes)


@router.post("/second-factor/codes")
async def renew_codes(
    request: Request, who: SignedIn, parts: Wired, password: Password = ""
) -> Response:
    """New recovery codes in place of the old ones."""
    try:
        codes = await parts.knowledge.keys.renew_codes(who.id, password)
    except (NotAllowed, NotYet) as error:
        return await _second_factor_page(request, who, parts, problems={"codes": _words(error)})
    return _codes_page(request, who, codes)


@router.post("/second-factor/remove")
async def remove(
    request: Request, who: SignedIn, parts: Wired, password: Password = ""
) -> Response:
    """Take the second step away, to set up another phone."""
    try:
        await parts.knowledge.keys.remove(who.id, password)
    except (NotAllowed, NotYet) as error:
        return await _second_factor_page(request, who, parts, problems={"remove": _words(error)})
    return RedirectResponse(f"{ACCOUNT}/second-factor", status_code=303)


async def _page(request: Request, who: Coordinator, parts: Parts, **more: Any) -> Response:
    this, devices = await parts.knowledge.coordinators.devices(session_of(request))
    shown = {
        "who": who,
        "this": this,
        "devices": devices,
        "longest": LONGEST_SESSION.days,
        "problems": {},
        "said": "",
        **more,
    }
    return _answer(request, "account.html", shown)


async def _second_factor_page(
    request: Request, who: Coordinator, parts: Parts, **more: Any
) -> Response:
    shown: dict[str, Any] = {"who": who, "problems": {}, **more}
    if who.has_second_factor:
        shown["left"] = await parts.knowledge.keys.codes_left(who.id)
    else:
        secret, said = await parts.knowledge.keys.begin(who.id)
        shown["secret"] = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        shown["picture"] = segno.make(said, error="m").svg_inline(
            scale=5, dark="black", light="white", omitsize=False
        )
    return _answer(request, "account_second_factor.html", shown)


def _codes_page(request: Request, who: Coordinator, codes: list[str]) -> Response:
    return pages.TemplateResponse(request, "account_codes.html", {"who": who, "codes": codes})


def _answer(request: Request, page: str, shown: dict[str, Any]) -> Response:
    status = 422 if shown["problems"] else 200
    return pages.TemplateResponse(request, page, shown, status_code=status)


def _words(error: Exception) -> str:
    if isinstance(error, NotYet):
        return wait_words(error)
    return str(error) if isinstance(error, PasswordRefused) else WRONG


def _back(said: str) -> Response:
    return RedirectResponse(f"{ACCOUNT}?said={said}", status_code=303)
