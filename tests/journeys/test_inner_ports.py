"""Where the processes listen: only the channels may be reached from elsewhere."""

import ipaddress
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from channels.settings import ENGINES
from tests.journeys.running import Waymark
from tests.knowledge.processes_of import family

pytestmark = pytest.mark.journey

LISTENS = "0A"  # the kernel's word for it in /proc/net/tcp


def test_only_the_channels_listen_where_others_can_come(waymark: Waymark) -> None:
    inner = [int(waymark.environment[f"WAYMARK_{one}_PORT"]) for one in ("ACTIONS", "ASSISTANT")]
    outer = int(waymark.environment["WAYMARK_PORT"])
    found = [one for process in waymark.processes.values() for one in _listening(process.pid)]
    assert {port for _, port in found} >= {outer, *inner, inner[1] + ENGINES - 1}
    assert [(str(host), port) for host, port in found if not host.is_loopback] == []


def _listening(process: int) -> list[tuple[ipaddress.IPv4Address | ipaddress.IPv6Address, int]]:
    """The addresses at which a process, or one that it started, takes connections."""
    ours = {socket for one in _descent(process) for socket in _sockets(one)}
    return [
        (_address(host), int(port, 16))
        for table in ("tcp", "tcp6")
        for _, local, _, state, *rest in map(
            str.split, Path(f"/proc/{process}/net/{table}").read_text().splitlines()[1:]
        )
        if state == LISTENS and rest[5] in ours
        for host, port in [local.split(":")]
    ]


def _descent(process: int) -> Iterator[int]:
    yield process
    for child in family(process)[1:]:
        yield from _descent(child)


def _sockets(process: int) -> Iterator[str]:
    """The numbers of the sockets that a process holds."""
    for one in Path(f"/proc/{process}/fd").iterdir():
        with suppress(OSError):
            if found := re.match(r"socket:\[(\d+)\]", str(one.readlink())):
                yield found[1]


def _address(kernels: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address as /proc has it: words of four bytes, each turned round."""
    words = bytes.fromhex(kernels)
    turned = b"".join(words[at : at + 4][::-1] for at in range(0, len(words), 4))
    return ipaddress.ip_address(turned)
