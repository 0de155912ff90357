"""The real nginx with docs/servers/nginx.conf: what it lets in from outside, and how."""

import json
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import httpx
import pytest

from tests.cluster.front_door import CHAIN, PORTS, nginx_command, nginx_conf
from tests.journeys.running import free_port, wait_for

HSTS = "strict-transport-security"
FOR_A_YEAR = "max-age=31536000; includeSubDomains"
EMERGENCY = "If you are in danger now, call 999."


class Behind(BaseHTTPRequestHandler):
    """What stands behind nginx: says what reached it."""

    reached: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """The path and the headers as they came."""
        self.reached.append(self.path)
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        said = json.dumps({"path": self.path, "headers": dict(self.headers.items())}).encode()
        self.send_response(503 if self.path == "/refused" else 200)
        self.send_header("Content-Length", str(len(said)))
        self.send_header("Strict-Transport-Security", "max-age=1")
        self.end_headers()
        self.wfile.write(said)

    do_POST = do_GET
    do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        """Nothing."""


@dataclass
class Door:
    """Where nginx answers, and whom to trust there."""

    web: int
    tls: int
    trusted: Path

    def context(self) -> ssl.SSLContext:
        """A client that trusts the certificate of this test alone."""
        return ssl.create_default_context(cafile=str(self.trusted))

    def client(self) -> httpx.Client:
        """A client of the outside."""
        return httpx.Client(base_url=f"https://127.0.0.1:{self.tls}", verify=self.context())

    def plain(self, method: str, path: str) -> httpx.Response:
        """Ask without TLS."""
        return httpx.request(method, f"http://127.0.0.1:{self.web}{path}")

    def shakes_hands(self, context: ssl.SSLContext) -> ssl.SSLSocket:
        """A TLS connection. Raises SSLError when nginx refuses."""
        made = socket.create_connection(("127.0.0.1", self.tls), timeout=5)
        return context.wrap_socket(made, server_hostname="localhost")

    def raw(self, request: bytes) -> bytes:
        """The first bytes that are answered to these."""
        with self.shakes_hands(self.context()) as connection:
            connection.sendall(request)
            return connection.recv(4096)


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Behind) as behind:
        Thread(target=behind.serve_forever, args=(0.05,), daemon=True).start()
        channels = {f"channels{number}": behind.server_port for number in range(3)}
        with _nginx(tmp_path_factory.mktemp("nginx"), channels) as opened:
            yield opened
        behind.shutdown()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """With nobody behind it."""
    with _nginx(tmp_path_factory.mktemp("alone"), {}) as opened:
        yield opened


@contextmanager
def _nginx(folder: Path, behind: dict[str, int]) -> Iterator[Door]:
    if not shutil.which("nginx") and not Path("/usr/sbin/nginx").exists():
        pytest.skip("nginx is not here")
    ports = {name: free_port() for name in PORTS} | behind
    (folder / "nginx.conf").write_text(nginx_conf(folder, ports))
    nginx = subprocess.Popen(nginx_command(folder), stderr=subprocess.DEVNULL)
    try:
        wait_for(lambda: _listens(ports["tls"]), 10)
        yield Door(ports["web"], ports["tls"], folder / CHAIN)
    finally:
        nginx.terminate()
        nginx.wait(10)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_both_good_versions_of_tls_are_spoken(door: Door, version: ssl.TLSVersion) -> None:
    context = door.context()
    context.minimum_version = context.maximum_version = version
    with door.shakes_hands(context) as connection:
        suite, _, bits = connection.cipher() or ("", "", 0)
        assert "GCM" in suite or "CHACHA20" in suite
        assert bits >= 128


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")  # that is what is tried here
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_older_ones_are_refused_by_nginx(door: Door, version: ssl.TLSVersion) -> None:
    context = door.context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
        door.shakes_hands(context)


@pytest.mark.parametrize("suites", ["AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA384"])
def test_suites_without_forward_secrecy_or_seal_are_refused(door: Door, suites: str) -> None:
    context = door.context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(suites)
    with pytest.raises(ssl.SSLError, match="HANDSHAKE_FAILURE"):
        door.shakes_hands(context)


def test_many_streams_share_a_connection(door: Door) -> None:
    context = door.context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with door.shakes_hands(context) as connection:
        assert connection.selected_alpn_protocol() == "h2"


@pytest.mark.parametrize(
    ("path", "status"), [("/", 200), ("/api/conversations/x", 200), ("/metrics", 403)]
)
def test_every_answer_says_once_that_https_is_for_good(door: Door, path: str, status: int) -> None:
    with door.client() as client:
        answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers.get_list(HSTS) == [FOR_A_YEAR]
    assert answer.headers["server"] == "nginx"  # not which one


TOO_LARGE = b"x" * 1_100_000
A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_what_nginx_refuses_by_itself_says_so_too(door: Door) -> None:
    with door.client() as client:
        answer = client.post("/say", content=TOO_LARGE)
    assert answer.status_code == 413
    assert answer.headers[HSTS] == FOR_A_YEAR


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("/api/conversations", {"content": TOO_LARGE}, 413),
        ("/metrics", {}, 403),
        ("/" + "x" * 9000, {}, 414),
        ("/", {"headers": {"Cookie": "x" * 9000}}, 431),
    ],
)
def test_what_nginx_says_by_itself_names_999(
    door: Door, path: str, sent: dict[str, Any], status: int
) -> None:
    with door.client() as client:
        answer = client.post(path, **sent)
    _names_999(answer, status)
    assert "retry-after" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/say", "/api/conversations/x/messages", "/telegram/x"])
def test_while_nobody_is_behind_nginx_999_is_named(alone: Door, path: str) -> None:
    with alone.client() as client:
        problem, page = client.get(path), client.get(path, headers=A_BROWSER)
    _names_999(problem, 502)
    assert problem.headers["retry-after"] == page.headers["retry-after"] == "5"
    if path in ("/", "/say"):
        assert page.status_code == 502
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert '<a href="tel:999">call 999</a>' in page.text
        assert page.headers.get_list(HSTS) == [FOR_A_YEAR]
    else:
        _names_999(page, 502)


def test_what_stands_behind_words_its_own_refusals(door: Door) -> None:
    with door.client() as client:
        answer = client.get("/refused", headers=A_BROWSER)
    assert (answer.status_code, answer.json()["path"]) == (503, "/refused")


def _names_999(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["emergency"] == EMERGENCY
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers.get_list(HSTS) == [FOR_A_YEAR]


@pytest.mark.parametrize("path", ["/", "/help?q=money", "/console/sign-in", "/apiary", "/docs"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_page_that_was_typed_in_is_led_to_https(door: Door, method: str, path: str) -> None:
    answer = door.plain(method, path)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://127.0.0.1{path}"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/conversations"),
        ("GET", "/api/conversations/x/messages"),
        ("GET", "//api/conversations/x/messages"),
        ("GET", "/%61pi/conversations/x/messages"),
        ("DELETE", "/api/conversations/x"),
        ("POST", "/api/console/sessions"),
        ("GET", "/api/directory/services"),
        ("POST", "/telegram/update"),
        ("POST", "/say"),
        ("POST", "/console/sign-in"),
        ("GET", "/console/oidc/callback?code=x"),
        ("GET", "/metrics"),
        ("GET", "/healthz"),
        ("GET", "/openapi.json"),
    ],
)
def test_a_program_or_a_form_without_https_is_refused(door: Door, method: str, path: str) -> None:
    before = len(Behind.reached)
    answer = door.plain(method, path)
    assert answer.status_code == 403
    assert "location" not in answer.headers
    assert answer.headers["content-type"] == "application/problem+json"
    assert "999" in answer.json()["emergency"]
    assert len(Behind.reached) == before


def test_whose_address_it_is_nginx_alone_says(door: Door) -> None:
    forged = {"X-Forwarded-For": "127.0.0.1, ::1", "X-Forwarded-Proto": "http"}
    with door.client() as client:
        came = client.get("/", headers=forged).json()["headers"]
    assert came["X-Forwarded-For"] == "127.0.0.1"  # ours, and once: nginx saw it from here
    assert came["X-Forwarded-Proto"] == "https"


def test_the_name_that_was_asked_for_is_passed_on(door: Door) -> None:
    with door.client() as client:
        came = client.get("/console", headers={"Host": "desk.waymark.example"}).json()["headers"]
    assert came["Host"] == "desk.waymark.example"


@pytest.mark.parametrize(
    "told",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Content-Length: +4\r\n",
    ],
)
def test_where_a_message_ends_is_never_in_doubt(door: Door, told: bytes) -> None:
    before = len(Behind.reached)
    begins = b"POST /say HTTP/1.1\r\nHost: waymark.example\r\n" + told + b"\r\n"
    status = door.raw(begins + b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n").split()[1]
    assert status in (b"400", b"501")
    assert Behind.reached[before:] == []


def test_nothing_that_was_sent_is_sent_back(door: Door) -> None:
    traced = door.raw(b"TRACE / HTTP/1.1\r\nHost: waymark.example\r\nX-Secret: zebulon\r\n\r\n")
    assert traced.split()[1] == b"405"
    assert b"zebulon" not in traced


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
