"""What a device is."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Device:
    """A browser of one of the team that takes push messages (W3C Push API: where to, two keys).

    ``is_duty``: it is the duty phone, and is told also for those who are not here.
    """

    id: str
    coordinator: str
    endpoint: str
    p256dh: str
    auth: str
    is_duty: bool = False


def id_of(endpoint: str) -> str:
    """The id of the device with this endpoint."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:32]
