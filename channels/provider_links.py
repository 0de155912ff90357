"""Links with which a provider looks after its own entry: signed, and good for two weeks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadData, SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from knowledge.clock import Clock

GOOD_FOR = timedelta(days=14)


class LinkRefused(Exception):
    """The link is none of ours."""


class LinkExpired(LinkRefused):
    """The link was ours, and is too old."""


@dataclass(frozen=True)
class Link:
    """What a link stands for: its own number, and the entry."""

    id: str
    service: str


class ProviderLinks:
    """Makes links and reads them back. Whoever holds the secret could make one too."""

    def __init__(self, secret: str, clock: Clock) -> None:
        class Signer(TimestampSigner):  # by our clock, which tests and demonstrations set
            def get_timestamp(self) -> int:
                return int(clock().timestamp())

        self._serializer = URLSafeTimedSerializer(secret, salt="directory-entry", signer=Signer)

    def make(self, service: str) -> str:
        """A new link's token for an entry."""
        return str(self._serializer.dumps([secrets.token_hex(8), service]))

    def read(self, token: str) -> Link:
        """What a token stands for. Raises LinkExpired, LinkRefused."""
        try:
            number, service = self._serializer.loads(token, max_age=int(GOOD_FOR.total_seconds()))
        except SignatureExpired:
            raise LinkExpired from None
        except (BadData, ValueError, TypeError):
            raise LinkRefused from None
        return Link(str(number), str(service))
