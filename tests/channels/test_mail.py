"""What others wrote adds no line to the head of a letter, and nobody to whom it goes."""

import asyncio
from collections.abc import Iterator
from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as some

from channels import mail
from channels.mail import MailFailed
from channels.settings import Settings
from tests.channels.mailbox import Mailbox, a_mail_server

TO = "alex@letters.example"
HEAD = ["From", "To", "Subject", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
BREAKS = [
    "A name\r\nBcc: else@where.example",
    "A name\nBcc: else@where.example",
    "A name\rTo: else@where.example",
    "A name\r\n\r\nAnother letter",
    "A name\x0bBcc: else@where.example",
    "A name\u2028Bcc: else@where.example",
    "=?utf-8?q?A_name=0D=0ABcc=3A_else=40where=2Eexample?=",
    "=?utf-8?q?A_name=0ABcc=3A_else=40where=2Eexample?=",
    "=?utf-8?b?QQpCY2M6IGVsc2VAd2hlcmUuZXhhbXBsZQ==?=",
    "==?utf-8?q??utf-8?q?A=0ABcc=3A_else=40where=2Eexample?=",
    "=\x00?utf-8?q?A=0ABcc=3A_else=40where=2Eexample?=",
    "A name " + "of some length " * 20 + "\r\nBcc: else@where.example",
    "Ä" * 200 + "\r\nBcc: else@where.example",
]
NOT_ONE = [
    "alex@letters.example, else@where.example",
    "alex@letters.example;else@where.example",
    "alex@letters.example else@where.example",
    "alex@letters.example\r\nBcc: else@where.example",
    "alex@letters.example\n",
    "alex@letters.example\x00",
    "else@where.example <alex@letters.example>",
    "<alex@letters.example>",
    "all: else@where.example, alex@letters.example;",
    '"else@where.example,"@letters.example',
    "=?utf-8?q?else=40where=2Eexample=2C?=alex@letters.example",
    "=?utf-8?q?alex=0ABcc=3Aelse=40where=2Eexample?=@letters.example",
    "alex@letters.example> ORCPT=else@where.example",
    "alex(else@where.example)@letters.example",
    "alex@letters.example@where.example",
    "alex",
    "@letters.example",
    f"{'a' * 250}@letters.example",
    "",
]
# Letters that mean something in a head, often; any other, sometimes.
HOSTILE = some.text(
    some.sampled_from('\r\n\t :;,<>@=?_."()\\abBcCqQ028-é\x00\u2028') | some.characters()
)
AROUND = some.sampled_from(["", "\r\nBcc: ", "=?utf-8?q?=0ABcc=3A", "\r\n.\r\n", "@where.example"])
WORDS = some.tuples(HOSTILE, AROUND, HOSTILE, AROUND).map("".join)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with a_mail_server() as box:
        yield box


@pytest.fixture
def sending(settings: Settings, mailbox: Mailbox) -> Settings:
    """Settings with a mail server that has nothing yet."""
    mailbox.letters.clear()
    return _with(mailbox, settings)


@pytest.mark.parametrize("subject", BREAKS)
async def test_a_subject_stays_one_line(sending: Settings, mailbox: Mailbox, subject: str) -> None:
    await mail.send(sending, TO, subject, "hello")
    letter = _only(mailbox)
    assert letter.keys() == HEAD
    assert letter.get_content().strip() == "hello"


@pytest.mark.parametrize("text", BREAKS)
async def test_what_it_says_ends_no_letter_and_begins_none(
    sending: Settings, mailbox: Mailbox, text: str
) -> None:
    ends = f"{text}\r\n.\r\nMAIL FROM:<else@where.example>\r\n\n.\nRCPT TO:<else@where.example>"
    await mail.send(sending, TO, "hello", ends)
    letter = _only(mailbox)
    assert letter.keys() == HEAD
    assert "RCPT TO:<else@where.example>" in letter.get_content()


@pytest.mark.parametrize("to", NOT_ONE)
async def test_what_is_not_one_address_is_refused_in_words(
    sending: Settings, mailbox: Mailbox, to: str
) -> None:
    with pytest.raises(MailFailed, match="not an e-mail address"):
        await mail.send(sending, to, "hello", "hello")
    assert mailbox.letters == []


@pytest.mark.parametrize("to", ["o'neil+x@letters.example", "a.b-c_d=e@sub.letters.example"])
async def test_an_unusual_one_is_good(sending: Settings, mailbox: Mailbox, to: str) -> None:
    await mail.send(sending, to, "hello", "hello")
    assert [one for one, _ in mailbox.letters] == [to]


@given(to=WORDS | some.just(TO) | WORDS.map(lambda words: words + TO), subject=WORDS, text=WORDS)
@tried(max_examples=60, deadline=None)
def test_whatever_is_written_one_letter_goes_to_one_address(
    mailbox: Mailbox, to: str, subject: str, text: str
) -> None:
    mailbox.letters.clear()
    try:
        asyncio.run(mail.send(_with(mailbox), to, subject, text))
    except MailFailed:
        assert mailbox.letters == []
    else:
        assert [one for one, _ in mailbox.letters] == [to]
        assert _only(mailbox).keys() == HEAD


def _with(mailbox: Mailbox, settings: Settings | None = None) -> Settings:
    made = settings or Settings.model_construct()
    address = f"smtp://127.0.0.1:{mailbox.port}"
    return made.model_copy(update={"smtp_url": address, "mail_from": "desk@waymark.example"})


def _only(mailbox: Mailbox) -> EmailMessage:
    """The letter that went out, which is the only one and went to one address."""
    ((_, raw),) = mailbox.letters
    letter = message_from_string(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter
