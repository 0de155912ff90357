"""A sign-in on its way, and who comes back from it."""

from dataclasses import dataclass

from knowledge.coordinators.model import Role


@dataclass(frozen=True)
class Flow:
    """A sign-in on its way to the issuer and back: secrets that only this browser brings."""

    state: str
    browser: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Claimed:
    """Whom the issuer says it is: a verified address, a name, and the role their groups bring.

    ``subject`` is who they are at this issuer, whatever address they have.
    """

    issuer: str
    subject: str
    email: str
    name: str
    role: Role | None = None
