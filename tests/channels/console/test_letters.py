"""E-mails and letters to people: through the gate, over a real mail server, without content."""

import re
from collections.abc import Iterator
from email import message_from_string, policy
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI

from channels.console import letter_doors
from channels.letters import letters
from channels.parts import Parts
from channels.printing import NoFile, as_pdf
from channels.settings import Settings
from channels.words import Say, Words
from knowledge.assessment.model import Fact
from knowledge.audit.model import Wanted, What
from tests.channels.builders import Desk, Person, another_desk
from tests.channels.mailbox import Mailbox, a_mail_server

TELLING = re.compile(
    r"waymark|victim|crime|police|999|support|help|abuse|assault|stalk|court|report|offen[cd]|"
    r"co-?ordinator|service|team|hertford|cambridge|safe|danger|https?:|www|\bchat\b",
    re.IGNORECASE,
)
TO = "alex@letters.example"
ADDRESS = "Alex Example\n1 Made-up Street\nWARE"
PERSONAL = {"letter": "message", "to": TO}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    return settings.model_copy(
        update={
            "smtp_url": f"smtp://127.0.0.1:{mailbox.port}",
            "mail_from": "desk@waymark.example",
            "quiet_mail_from": "sam@letters.example",
        }
    )


async def _agrees(parts: Parts, person: Person, how: str, consent: bool | None = True) -> None:
    await person.says("hello")
    facts = [Fact(name="contact", value={"how": how}, message="m", as_said=how)]
    if consent is not None:
        facts.append(Fact(name="consent", value=consent, message="m", as_said="yes"))
    await parts.knowledge.assessments.keep(person.conversation, facts)


async def test_an_e_mail_goes_out_once_and_says_nothing(
    parts: Parts, person: Person, desk: Desk, mailbox: Mailbox
) -> None:
    await _agrees(parts, person, "email")
    given = PERSONAL | {"id": str(uuid4())}
    for _ in range(2):
        assert (await desk.does("emails", person, **given)).status_code == 204
    ((to, raw),) = mailbox.letters
    letter = message_from_string(raw, policy=policy.default)
    assert (to, letter["From"], letter["Subject"]) == (
        TO,
        "sam@letters.example",
        "A message for you",
    )
    assert "Sam" in letter.get_content()
    assert not TELLING.search(raw)
    thread = (await desk.sees(person))["thread"]
    assert thread[-1]["details"] == {"way": "email", "letter": "message"}
    assert TO not in str(thread)
    (row,) = await parts.knowledge.audit.rows(Wanted(what=What.WROTE))
    assert (row.who, row.why) == (desk.coordinator["id"], "email: message")
    assert "message" not in str((await person.reads(after=0))["messages"][-1])


@pytest.mark.parametrize("key", letters())
def test_no_letter_says_where_it_is_from_or_what_about(key: str) -> None:
    letter = letters()[key]
    assert not TELLING.search(f"{letter.subject} {letter.by('Sam')}")


@pytest.mark.parametrize(
    "case",
    [
        ({}, True, "not_known_to_be_safe"),
        ({"how": "email"}, None, "no_consent"),
        ({"how": "email"}, False, "no_consent"),
        ({"how": "phone", "avoid": ["email", "letter"]}, True, "ruled_out"),
        ({"wanted": False}, True, "wants_no_contact"),
    ],
)
async def test_what_was_not_agreed_is_refused_logged_and_shown(
    parts: Parts,
    person: Person,
    desk: Desk,
    mailbox: Mailbox,
    case: tuple[dict[str, Any], bool | None, str],
) -> None:
    told, consent, why = case
    await _agrees(parts, person, "letter", consent)
    never = {"how": None, "avoid": [], **told}
    fact = Fact(name="contact", value=never, message="m", as_said="")
    await parts.knowledge.assessments.keep(person.conversation, [fact])
    answer = await desk.does("emails", person, **PERSONAL)
    assert (answer.status_code, answer.json()["why"]) == (409, why)
    assert mailbox.letters == []
    (row,) = await parts.knowledge.audit.rows(Wanted(what=What.CONTACT_REFUSED))
    assert row.why == f"email: {why}"
    thread = (await desk.sees(person))["thread"]
    assert (thread[-1]["kind"], thread[-1]["details"]["why"]) == ("kept_back", why)
    path = f"/console/conversations/{person.conversation}/emails"
    form = PERSONAL | {"id": str(uuid4())}
    page = await desk.client.post(path, data=form, follow_redirects=True)
    assert 'role="alert">Kept back.' in page.text
    assert TO not in page.text


async def test_only_the_person_gives_the_consent_that_the_desk_asks_for(
    parts: Parts, person: Person, desk: Desk, mailbox: Mailbox
) -> None:
    await _agrees(parts, person, "email", consent=None)
    await desk.does("take", person)
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert "Ask if we may write by e-mail" in page.text
    assert (await desk.does("ask-writing", person)).status_code == 204
    question = Words.load().reply(Say.ASK_WRITING).text
    assert (await person.reads(after=0))["messages"][-1]["text"] == question
    assert (await desk.does("emails", person, **PERSONAL)).status_code == 409
    sequence = (await person.sends(choice="writing=yes")).json()["sequence"]
    assert await person.hears(after=sequence) == [Words.load().reply(Say.WRITING_YES).text]
    assert (await desk.does("emails", person, **PERSONAL)).status_code == 204
    assert len(mailbox.letters) == 1


async def test_a_mail_server_that_refuses_is_said_and_nothing_is_noted(
    parts: Parts, person: Person, desk: Desk, mailbox: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_: Any) -> str:
        return "451 later"

    await _agrees(parts, person, "email")
    monkeypatch.setattr(mailbox, "handle_DATA", refuses)
    assert (await desk.does("emails", person, **PERSONAL)).status_code == 503
    assert "wrote" not in {one["kind"] for one in (await desk.sees(person))["thread"]}


async def test_without_a_quiet_sender_nobody_is_written_to(
    parts: Parts, person: Person, desk: Desk, mailbox: Mailbox
) -> None:
    await _agrees(parts, person, "email")
    object.__setattr__(parts.settings, "quiet_mail_from", None)
    assert (await desk.does("emails", person, **PERSONAL)).status_code == 503
    assert mailbox.letters == []
    page = await desk.client.get(f"/console/conversations/{person.conversation}")
    assert "E-mail to people is not set up" in page.text


@pytest.mark.parametrize("to", ["", "nobody", "a@b@c", "x@y.example\nBcc: z@y.example"])
async def test_what_is_no_address_is_refused(
    parts: Parts, person: Person, desk: Desk, mailbox: Mailbox, to: str
) -> None:
    await _agrees(parts, person, "email")
    assert (await desk.does("emails", person, letter="message", to=to)).status_code == 422
    assert mailbox.letters == []


async def test_a_letter_is_a_file_that_names_nobody_but_them(
    parts: Parts, person: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers: list[str] = []

    async def made_from(html: str) -> bytes:
        papers.append(html)
        return await as_pdf(html)

    monkeypatch.setattr(letter_doors, "as_pdf", made_from)
    await _agrees(parts, person, "letter", consent=None)
    answer = await desk.does("letters", person, letter="time", address=ADDRESS)
    assert answer.headers["content-disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert "1 Made-up Street" in papers[0]
    assert "<p>Sam</p>" in papers[0]
    assert not TELLING.search(
        re.sub(r"<style>.*</style>|<[^>]+>", " ", papers[0], flags=re.DOTALL)
    )
    thread = (await desk.sees(person))["thread"]
    assert thread[-1]["details"] == {"way": "letter", "letter": "time"}
    assert "Made-up" not in str(thread)


async def test_where_no_file_can_be_made_the_page_is_printed(
    parts: Parts, person: Person, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_html: str) -> bytes:
        raise NoFile

    await _agrees(parts, person, "letter")
    monkeypatch.setattr(letter_doors, "as_pdf", fails)
    path = f"/console/conversations/{person.conversation}/letters"
    form = {"letter": "message", "id": str(uuid4()), "address": ADDRESS, "form": "file"}
    page = await desk.client.post(path, data=form)
    assert "1 Made-up Street<br>" in page.text
    assert not TELLING.search(re.sub(r"<[^>]+>", " ", page.text))


async def test_a_letter_to_somebody_who_ruled_it_out_is_refused(
    parts: Parts, person: Person, desk: Desk
) -> None:
    await _agrees(parts, person, "email")
    answer = await desk.does("letters", person, letter="message", address=ADDRESS)
    assert (answer.status_code, answer.json()["why"]) == (409, "not_known_to_be_safe")


async def test_nobody_writes_while_a_colleague_holds_it(
    app: FastAPI, parts: Parts, person: Person, desk: Desk, mailbox: Mailbox
) -> None:
    await _agrees(parts, person, "email")
    async with another_desk(app, "Ben") as ben:
        await ben.does("take", person)
    assert (await desk.does("emails", person, **PERSONAL)).status_code == 409
    assert mailbox.letters == []
