"""A push service and a browser, written from RFC 8030, RFC 8188, RFC 8291 and RFC 8292.

Nothing of the libraries that send is used here: what they do wrong would be wrong twice.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SALT, _HEADER = 16, 21  # RFC 8188, 2.1: salt, record size (4), length of the key id (1)
_LAST = b"\x02"  # RFC 8188, 2: the delimiter of the last record
_A_DAY = 24 * 3600


class Browser:
    """A browser with a push subscription, which can read what is sent to it."""

    def __init__(self, endpoint: str = "https://push.example/to/7") -> None:
        self.endpoint = endpoint
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = secrets.token_bytes(16)

    @property
    def point(self) -> bytes:
        """The public half of its key."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, **more: Any) -> dict[str, Any]:
        """As `PushSubscription.toJSON()` gives it."""
        keys = {"p256dh": text_of(self.point), "auth": text_of(self.secret)}
        return {"endpoint": self.endpoint, "keys": keys, **more}

    def reads(self, body: bytes) -> dict[str, str]:
        """Decrypt a message: one record of aes128gcm (RFC 8188) with keys of RFC 8291, 3.4."""
        salt, size, length = body[:_SALT], int.from_bytes(body[16:20]), body[20]
        sender = body[_HEADER : _HEADER + length]
        record = body[_HEADER + length :]
        assert len(record) <= size, "more than one record"
        there = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        shared = self.key.exchange(ec.ECDH(), there)
        info = b"WebPush: info\x00" + self.point + sender
        ikm = _derived(shared, self.secret, info, 32)
        key = _derived(ikm, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = _derived(ikm, salt, b"Content-Encoding: nonce\x00", 12)
        padded = AESGCM(key).decrypt(nonce, record, None)
        plain, delimiter, padding = padded.rpartition(_LAST)
        assert delimiter == _LAST, "no last record"
        assert not padding.strip(b"\x00"), "no last record"
        words: dict[str, str] = json.loads(plain)
        return words


@dataclass
class PushService:
    """What a push service took, and how it answers."""

    url: str = ""
    status: HTTPStatus = HTTPStatus.CREATED
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def a_push_service() -> Iterator[PushService]:
    """A push service on a port of its own, until the block ends."""
    service = PushService()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = (
                service.status
                if service.status != HTTPStatus.CREATED
                else HTTPStatus(_judged(service.url, headers, body))
            )
            if status is HTTPStatus.CREATED:
                service.taken.append((self.path, headers, body))
            self.send_response(status)
            self.send_header("Location", f"{service.url}/message/{len(service.taken)}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()


def _judged(url: str, headers: Mapping[str, str], body: bytes) -> int:
    """What a push service answers (RFC 8030, 5; RFC 8291, 4; RFC 8292, 4.2)."""
    if not headers.get("ttl", "").isdigit():  # RFC 8030, 5.2
        return HTTPStatus.BAD_REQUEST
    if headers.get("urgency", "normal") not in ("very-low", "low", "normal", "high"):
        return HTTPStatus.BAD_REQUEST
    if headers.get("content-encoding") != "aes128gcm":  # RFC 8291, 4
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    if len(body) > 4096 + _HEADER + 65:  # RFC 8030, 7.2
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return HTTPStatus.CREATED if _is_signed(url, headers) else HTTPStatus.FORBIDDEN


def _is_signed(url: str, headers: Mapping[str, str]) -> bool:
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme.lower() != "vapid" or not {"t", "k"} <= set(given):
        return False
    signed, _, signature = given["t"].rpartition(".")
    head, claims = (json.loads(bytes_of(part)) for part in signed.split("."))
    raw = bytes_of(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(given["k"]))
    key.verify(der, signed.encode(), ec.ECDSA(SHA256()))  # raises for another's signature
    soon = time.time() < int(claims["exp"]) <= time.time() + _A_DAY
    return head["alg"] == "ES256" and claims["aud"] == url and soon and "sub" in claims


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def text_of(value: bytes) -> str:
    """Bytes in base64url, without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def bytes_of(value: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
