"""Sending a letter by e-mail, when the operator gave us a mail server.

One letter goes to one address. What others wrote (a name, an entry of the directory) may stand in
a letter, and can add no line to its head and nobody to whom it goes.
"""

from __future__ import annotations

import asyncio
import re
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from channels.settings import Settings

PATIENCE = 20.0  # seconds
_PART = r'[^\s@<>()\[\]\\,;:"\x00-\x1f\x7f-\x9f]+'  # no list, no name beside it, no quotation
_ADDRESS = re.compile(rf"{_PART}@{_PART}")
LONGEST_ADDRESS = 254


class MailFailed(Exception):
    """The letter was not sent; the message says why in plain words."""


def can_send(settings: Settings) -> bool:
    """Whether a mail server and a sender are set."""
    return bool(settings.smtp_url and settings.mail_from)


def is_address(said: str) -> bool:
    """Whether this is one plain address, and nothing more."""
    plain = said.isprintable() and "=?" not in said  # that begins words in another encoding
    return len(said) <= LONGEST_ADDRESS and plain and bool(_ADDRESS.fullmatch(said))


async def send(
    settings: Settings, to: str, subject: str, text: str, *, sender: str | None = None
) -> None:
    """Send one letter, from another ``sender`` if one is given.

    Raises MailFailed; nothing of it reaches a log.
    """
    sender = sender or settings.mail_from
    if not settings.smtp_url or not sender:
        raise MailFailed("No mail server is set up (WAYMARK_SMTP_URL, WAYMARK_MAIL_FROM).")
    if not is_address(to):
        raise MailFailed("This is not an e-mail address.")
    server = urlsplit(settings.smtp_url)
    try:
        async with asyncio.timeout(PATIENCE):  # of all its steps together
            await aiosmtplib.send(
                _letter(sender, to, subject, text),
                recipients=[to],  # whatever its head says
                hostname=server.hostname or "localhost",
                port=server.port,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
                # A password never travels in the clear.
                start_tls=True if server.username and server.scheme == "smtp" else None,
                # Else the library asks the name service for ours, and everything waits meanwhile.
                local_hostname=sender.rpartition("@")[2].rstrip(">") or "localhost",
                timeout=None,
            )
    except (aiosmtplib.SMTPException, OSError, ValueError):
        raise MailFailed("The mail server did not take the letter. Please try later.") from None


def _letter(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, _in_one_line(subject)
    letter.set_content(text)
    return letter


def _in_one_line(subject: str) -> str:
    """A subject as it may stand in a head.

    Python reads `=?…?=` in it, and writes a line break that was hidden there as one.
    """
    shown = "".join(letter for letter in " ".join(subject.split()) if letter.isprintable())
    return shown.replace("=?", "= ?")
