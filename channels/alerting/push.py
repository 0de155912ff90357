"""A push message: encrypted for one browser, signed with this server's key (VAPID)."""

import base64
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02
from pywebpush import WebPusher

from knowledge.devices.model import Device

KEPT_FOR = 3600  # seconds that the push service may keep it for a browser that is away
SIGNED_FOR = 3600
PATIENCE = 15.0


@dataclass(frozen=True)
class Sender:
    """Whose message it is: the private key and, for the push service, whom to ask."""

    key: str
    contact: str


def new_key() -> str:
    """A new private key, as VAPID libraries write it (32 bytes in base64url)."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


def public_key(key: str) -> str:
    """The public half, as a browser wants it. Raises ValueError for what is no key."""
    point = _vapid(key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


async def send(
    client: httpx.AsyncClient, sender: Sender, device: Device, words: Mapping[str, str]
) -> int:
    """Send words to a browser. Returns the push service's status.

    Raises httpx.HTTPError when it does not answer, ValueError for a device with bad keys.
    """
    keys = {"p256dh": device.p256dh, "auth": device.auth}
    pusher = WebPusher({"endpoint": device.endpoint, "keys": keys})
    body = pusher.encode(json.dumps(dict(words)).encode(), content_encoding="aes128gcm")["body"]
    service = urlsplit(device.endpoint)
    claims = {
        "aud": f"{service.scheme}://{service.netloc}",
        "exp": str(int(time.time()) + SIGNED_FOR),
        "sub": sender.contact,
    }
    headers = {
        **_vapid(sender.key).sign(claims),
        "TTL": str(KEPT_FOR),
        "Urgency": "high",
        "Content-Encoding": "aes128gcm",
    }
    answer = await client.post(device.endpoint, content=body, headers=headers, timeout=PATIENCE)
    return answer.status_code


def _vapid(key: str) -> Vapid02:
    try:
        return Vapid02.from_string(key)
    except Exception as error:  # the library's own errors may quote the key
        raise ValueError("not a key") from error
