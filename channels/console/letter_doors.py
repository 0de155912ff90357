"""Writing to a person by e-mail or letter, through the gate: API and pages."""

from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from pydantic.networks import validate_email

from channels.console import deeds
from channels.console.pages import pages, then_back
from channels.console.sign_in import Reads, Takes
from channels.letters import Letter, by_email, letters, on_paper
from channels.mail import MailFailed
from channels.parts import Parts, Wired
from channels.printing import NoFile, as_pdf
from knowledge.clock import LONDON
from knowledge.coordinators.model import Coordinator

router = APIRouter(prefix="/api/console", tags=["console"])
pages_router = APIRouter(prefix="/console/conversations", include_in_schema=False)
Key = Annotated[str, Field(max_length=40)]
Paper = Annotated[str, Field(min_length=3, max_length=400)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")

    letter: Key
    id: UUID = Field(default_factory=uuid4)


class Mailed(_Given):
    """Which letter goes to which address. The same ``id`` again sends nothing twice."""

    to: Annotated[str, Field(max_length=254)]


class Posted(_Given):
    """Which letter, and the lines of name and address that stand on it. They are kept nowhere."""

    address: Paper


@router.get("/letters")
async def kinds(_who: Reads) -> dict[str, Any]:
    """What may be written to a person: always the same words, without content."""
    return {"letters": [vars(one) for one in letters().values()]}


@router.post("/conversations/{conversation}/emails", status_code=204)
async def email(conversation: str, given: Mailed, who: Takes, parts: Wired) -> None:
    """Send an e-mail to the person. 409 with the reason when the gate keeps it back.

    The address is kept nowhere. 422 for what is no address, 503 when mail can't be sent.
    """
    try:
        await _email(parts, conversation, who, (given.letter, given.to, given.id))
    except MailFailed as error:
        raise HTTPException(503, str(error)) from None
    except ValueError:
        raise HTTPException(422, "This is not an e-mail address.") from None


@router.post("/conversations/{conversation}/letters")
async def letter(conversation: str, given: Posted, who: Takes, parts: Wired) -> Response:
    """A letter as a PDF to print and post. 409 with the reason when the gate keeps it back."""
    made = await on_paper(parts, conversation, who, given.letter, str(given.id))
    try:
        return _file(await as_pdf(_paper(parts, made, who, given.address)))
    except NoFile:
        raise HTTPException(503, "No file can be made here. Print the desk's page.") from None


@pages_router.post("/{conversation}/emails")
async def email_page(
    conversation: str,
    who: Takes,
    parts: Wired,
    letter: Annotated[str, Form(max_length=40)],
    id: Annotated[UUID, Form()],
    to: Annotated[str, Form(max_length=254)] = "",
) -> Response:
    """Send it, or say why not."""
    try:
        return await then_back(conversation, _email(parts, conversation, who, (letter, to, id)))
    except MailFailed:
        return _refused(conversation, "mail")
    except ValueError:
        return _refused(conversation, "address")


class Written(BaseModel):
    """The form of a letter."""

    letter: Key
    id: UUID
    address: str = Field("", max_length=400)
    form: Literal["file", "page"] = "file"


@pages_router.post("/{conversation}/letters")
async def letter_page(
    conversation: str,
    request: Request,
    who: Takes,
    parts: Wired,
    given: Annotated[Written, Form()],
) -> Response:
    """The letter to print: a file, or a page where no file can be made."""
    address = given.address
    if not address.strip():
        return _refused(conversation, "address")
    made: list[Letter] = []

    async def make() -> None:
        made.append(await on_paper(parts, conversation, who, given.letter, str(given.id)))

    back = await then_back(conversation, make())
    if not made:
        return back
    if given.form == "file":
        try:
            return _file(await as_pdf(_paper(parts, made[0], who, address)))
        except NoFile:
            pass  # the page can be printed all the same
    shown = _shown(parts, made[0], who, address)
    return pages.TemplateResponse(request, "letter_paper.html", {**shown, "is_page": True})


@pages_router.post("/{conversation}/ask-writing")
async def ask_writing(conversation: str, who: Takes, parts: Wired) -> Response:
    """Ask the person whether we may write to them by e-mail."""
    return await then_back(conversation, deeds.ask_writing(parts, conversation, who))


@router.post("/conversations/{conversation}/ask-writing", status_code=204)
async def ask_writing_api(conversation: str, who: Takes, parts: Wired) -> None:
    """Ask the person whether we may write to them by e-mail. 409 unless you hold it."""
    await deeds.ask_writing(parts, conversation, who)


async def _email(
    parts: Parts, conversation: str, who: Coordinator, asked: tuple[str, str, UUID]
) -> None:
    key, to, id_ = asked
    if not parts.settings.quiet_mail_from:
        raise MailFailed("E-mail to people is not set up (WAYMARK_QUIET_MAIL_FROM).")
    address = validate_email(to.strip())[1]
    await by_email(parts, conversation, who, key, (address, str(id_)))


def _paper(parts: Parts, made: Letter, who: Coordinator, address: str) -> str:
    return pages.get_template("letter_paper.html").render(_shown(parts, made, who, address))


def _shown(parts: Parts, made: Letter, who: Coordinator, address: str) -> dict[str, Any]:
    today = parts.knowledge.clock().astimezone(LONDON)
    return {
        "lines": [line.strip() for line in address.splitlines() if line.strip()],
        "date": f"{today.day} {today:%B %Y}",
        "paragraphs": made.by(who.name).strip().split("\n\n"),
    }


def _file(made: bytes) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="letter.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def _refused(conversation: str, refused: str) -> Response:
    here = f"/console/conversations/{conversation}?refused={refused}"
    return RedirectResponse(here, status_code=303)
