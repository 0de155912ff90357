"""The first person who may sign in, made when nobody can."""

import secrets
from dataclasses import dataclass

from channels.settings import Settings
from knowledge.coordinators.operations import Coordinators

EMAIL = "admin@waymark.example"
NAME = "Sam"


@dataclass(frozen=True)
class FirstSignIn:
    """How to sign in for the first time. The password is None when the operator set it."""

    email: str
    password: str | None


async def make_first(coordinators: Coordinators, settings: Settings) -> FirstSignIn | None:
    """Make the first administrator, once; None when somebody may sign in already."""
    if await coordinators.any():
        return None
    email = settings.admin_email or EMAIL
    password = settings.admin_password or secrets.token_urlsafe(12)
    if await coordinators.first(email, password, NAME) is None:
        return None
    return FirstSignIn(email, None if settings.admin_password else password)
