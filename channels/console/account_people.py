"""The administrators' page: who is on the team, invitations, who left."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic.networks import validate_email

from channels.console.pages import pages
from channels.console.sign_in import Manages
from channels.mail import MailFailed, can_send, send
from channels.parts import Parts, Wired
from knowledge.coordinators.model import Area, Coordinator, Role
from knowledge.coordinators.team import GOOD_FOR
from knowledge.errors import Conflict

HOME = "/console/people"
router = APIRouter(prefix=HOME, include_in_schema=False)
SAID = {
    "left": "They can't sign in any more. They are signed out everywhere.",
    "back": "They can sign in again.",
    "reset": "Their second step is taken away. They are signed out everywhere.",
    "withdrawn": "The link does not work any more.",
}


@router.get("")
async def people(request: Request, who: Manages, parts: Wired, said: str = "") -> Response:
    """Everybody, and the invitations that wait."""
    return await _page(request, who, parts, said=SAID.get(said, ""))


@router.post("/invitations")
async def invite(
    request: Request,
    who: Manages,
    parts: Wired,
    email: Annotated[str, Form(max_length=254)],
    role: Annotated[Role, Form()],
    area: Annotated[Area, Form()],
) -> Response:
    """Invite somebody: the link is shown this once, and mailed where mail is set up."""
    given = {"email": email, "role": role, "area": area}
    try:
        address = validate_email(email.strip())[1]
        secret = await parts.knowledge.team.invite(address, role, area)
    except ValueError:
        return await _page(request, who, parts, problem="This is not an e-mail address.", **given)
    except Conflict:
        problem = "Somebody on the team has this address."
        return await _page(request, who, parts, problem=problem, **given)
    link = f"{parts.settings.desk_site}/console/invitation/{secret}"
    return await _page(
        request, who, parts, link=link, to=address, mailed=await _mailed(parts, address, link)
    )


@router.post("/invitations/{invitation}/withdraw")
async def withdraw(invitation: str, _who: Manages, parts: Wired) -> Response:
    """Take an invitation back."""
    await parts.knowledge.team.withdraw(invitation)
    return _back("withdrawn")


@router.post("/{person}/deactivate")
async def deactivate(person: str, request: Request, who: Manages, parts: Wired) -> Response:
    """Let somebody in no more; they are signed out everywhere."""
    try:
        await parts.knowledge.team.deactivate(person)
    except Conflict:
        problem = "Nobody else could look after the team. Make somebody administrator first."
        return await _page(request, who, parts, problem=problem)
    return _back("left")


@router.post("/{person}/reactivate")
async def reactivate(person: str, _who: Manages, parts: Wired) -> Response:
    """Let somebody in again."""
    await parts.knowledge.team.reactivate(person)
    return _back("back")


@router.post("/{person}/reset-second-factor")
async def reset_second_factor(person: str, _who: Manages, parts: Wired) -> Response:
    """Take away the second step of somebody who lost their phone."""
    await parts.knowledge.team.reset_second_factor(person)
    return _back("reset")


async def _mailed(parts: Parts, address: str, link: str) -> str:
    """What came of mailing the link: empty where mail is not set up."""
    if not can_send(parts.settings):
        return ""
    text = pages.get_template("invitation.txt").render(address=link, days=GOOD_FOR.days)
    try:
        await send(parts.settings, address, "Your place at the desk", text)
    except MailFailed as error:
        return str(error)
    return "It is mailed to them too."


async def _page(request: Request, who: Coordinator, parts: Parts, **more: Any) -> Response:
    shown = {
        "who": who,
        "people": await parts.knowledge.coordinators.everyone(),
        "invitations": await parts.knowledge.team.invitations(),
        "roles": Role,
        "areas": Area,
        "days": GOOD_FOR.days,
        **more,
    }
    status = 422 if more.get("problem") else 200
    return pages.TemplateResponse(request, "account_people.html", shown, status_code=status)


def _back(said: str) -> Response:
    return RedirectResponse(f"{HOME}?said={said}", status_code=303)
