"""A real mail server for tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """Letters as a mail server took them: who gets them, and all of their text."""

    port: int
    letters: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, letter: Envelope) -> str:
        """Take a letter."""
        text = (letter.content or b"").decode() if isinstance(letter.content, bytes) else ""
        self.letters += [(to, text) for to in letter.rcpt_tos]
        return "250 OK"


@contextmanager
def a_mail_server() -> Iterator[Mailbox]:
    """A server on a port of its own, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        box = Mailbox(int(probe.getsockname()[1]))
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()
