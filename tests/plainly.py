"""Tests call processes of this machine, without TLS: to read its certificates would take longer.

Each call of `httpx.get` and each new client would read them anew, 50 ms of a processor.
"""

import ssl
from collections.abc import Iterator
from functools import cache

import httpx
import pytest


def speak_plainly(patch: pytest.MonkeyPatch) -> None:
    """Let no client of httpx read certificates, for as long as the patch lasts."""
    patch.setattr(httpx._transports.default, "create_ssl_context", cache(_no_certificates))


@pytest.fixture(scope="session", autouse=True)
def plainly() -> Iterator[None]:
    """For all tests below the conftest.py that names it."""
    with pytest.MonkeyPatch.context() as patch:
        speak_plainly(patch)
        yield


def _no_certificates(**_: object) -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
