"""The second factor: a code from an app on one's phone (RFC 6238), or a recovery code."""

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.coordinators import store

STEP = 30  # seconds
_STEPS_AROUND = (0, -1, 1)  # a clock may be half a minute off
CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another
# A code with 112 bits of chance needs no slow hash (ASVS 5.0, V6.5.2): nobody can try them all.
_GROUPS, _LONG = 6, 4


def new_secret() -> str:
    """A secret for an app, as the apps want it."""
    return pyotp.random_base32()


def address_for_app(secret: str, email: str) -> str:
    """What the QR code says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Waymark")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Which step this code of the app belongs to, if it is good now."""
    current = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    for step in (current + around for around in _STEPS_AROUND):
        if hmac.compare_digest(totp.generate_otp(step).encode(), code.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes, each good for one sign-in: 118 bits of chance in each, in groups to copy."""
    return ["-".join(_some(_LONG) for _ in range(_GROUPS)) for _ in range(CODES)]


def recovery_hash(coordinator: str, code: str) -> str:
    """What is kept of a recovery code."""
    return hashlib.sha256(f"{coordinator}:{_plain(code)}".encode()).hexdigest()


async def takes(
    unit: AsyncConnection, coordinator: str, secret: str, code: str, now: datetime
) -> bool:
    """Use a code of the app, or a recovery code; False for a wrong one, or one used before."""
    code = _plain(code)
    if code.isdigit():
        step = step_of(secret, code, now)
        return step is not None and await store.use_step(unit, coordinator, step)
    return await store.use_recovery_code(unit, coordinator, recovery_hash(coordinator, code))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())


def _some(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
