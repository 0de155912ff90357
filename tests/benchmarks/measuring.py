"""What a benchmark of turns measures with: calls that cost little themselves, and memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 120.0  # seconds


class Caller:
    """One person's connections, which stay open.

    The standard library's own client: one that does more takes its time from the same cores as
    what is measured.
    """

    def __init__(self) -> None:
        self._open: dict[str, HTTPConnection] = {}

    def post(self, url: str, body: Mapping[str, Any], token: str = "") -> Any:
        """What is answered, read as JSON. Raises AssertionError when it is no 2xx."""
        at = urlsplit(url)
        if at.netloc not in self._open:
            self._open[at.netloc] = HTTPConnection(at.netloc, timeout=TIMEOUT)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self._open[at.netloc].request("POST", at.path, json.dumps(body), headers)
        answer = self._open[at.netloc].getresponse()
        said = answer.read()
        assert HTTPStatus(answer.status).is_success, f"{at.path}: {answer.status}"
        return json.loads(said)


def memory_of(process: int) -> int:
    """What a process and those that it started hold, in bytes; what is shared counts once."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    kind = "Pss" if children else "Rss"  # one alone is measured as stock is
    return sum(_held(one, kind) for one in [process, *map(int, children)])


def _held(process: int, kind: str) -> int:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("utf-8").splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) * 1024
    return 0
