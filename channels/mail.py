"""Sending a letter by e-mail, when the operator gave us a mail server."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from channels.settings import Settings

PATIENCE = 20.0  # seconds


class MailFailed(Exception):
    """The letter was not sent; the message says why in plain words."""


def can_send(settings: Settings) -> bool:
    """Whether a mail server and a sender are set."""
    return bool(settings.smtp_url and settings.mail_from)


async def send(
    settings: Settings, to: str, subject: str, text: str, *, sender: str | None = None
) -> None:
    """Send one letter, from another ``sender`` if one is given.

    Raises MailFailed; nothing of it reaches a log.
    """
    sender = sender or settings.mail_from
    if not settings.smtp_url or not sender:
        raise MailFailed("No mail server is set up (WAYMARK_SMTP_URL, WAYMARK_MAIL_FROM).")
    server = urlsplit(settings.smtp_url)
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = sender, to, subject
    letter.set_content(text)
    try:
        async with asyncio.timeout(PATIENCE):  # of all its steps together
            await aiosmtplib.send(
                letter,
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
