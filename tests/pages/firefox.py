"""Debian's Firefox, driven by WebDriver BiDi, which it speaks itself: no driver is needed."""

import base64
import itertools
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import connect
from websockets.sync.connection import Connection

STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 60.0
HEADLESS = ("--headless", "--no-remote", "--remote-debugging-port", "0")
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.startup.page": 0,
}


class Firefox:
    """One window of Firefox with an empty profile."""

    def __init__(self, socket: Connection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **parameters: Any) -> Any:
        """One command of WebDriver BiDi and its result."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(ANSWERS_WITHIN))
            if answer.get("id") == number:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]

    def opens(self, url: str) -> None:
        """Go to an address and wait until it has loaded."""
        self.ask("browsingContext.navigate", context=self._context, url=url, wait="complete")

    @property
    def url(self) -> str:
        """Where the window is now."""
        tree = self.ask("browsingContext.getTree", root=self._context)
        return str(tree["contexts"][0]["url"])

    def node(self, css: str) -> dict[str, Any]:
        """The first element of a selector, once it is there."""
        self.until(lambda: self.count(css) > 0)
        return self._nodes(css)[0]

    def count(self, css: str) -> int:
        """How many elements there are of a selector."""
        return len(self._nodes(css))

    def presses(self, *keys: str) -> None:
        """Press keys one after the other."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._acts({"type": "key", "id": "keys", "actions": actions})

    def clicks(self, css: str) -> None:
        """Click the middle of an element."""
        origin = {"type": "element", "element": {"sharedId": self.node(css)["sharedId"]}}
        move = {"type": "pointerMove", "x": 0, "y": 0, "origin": origin}
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._acts({"type": "pointer", "id": "mouse", "actions": [move, *press]})

    def goes_back(self) -> bool:
        """Press Back; False when there is nothing to go back to."""
        number = next(self._ids)
        given = {"context": self._context, "delta": -1}
        message = {"id": number, "method": "browsingContext.traverseHistory", "params": given}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv(ANSWERS_WITHIN))
            if answer.get("id") == number:
                return bool(answer["type"] == "success")

    def evaluates(self, script: str) -> Any:
        """The value of an expression in the page."""
        target = {"context": self._context}
        result = self.ask("script.evaluate", expression=script, target=target, awaitPromise=True)
        return result["result"].get("value")

    def cookies(self) -> list[dict[str, Any]]:
        """All cookies that the browser holds."""
        found: list[dict[str, Any]] = self.ask("storage.getCookies")["cookies"]
        return found

    def picture(self, path: Path) -> None:
        """Keep what is seen."""
        shot = self.ask("browsingContext.captureScreenshot", context=self._context)
        path.write_bytes(base64.b64decode(shot["data"]))

    def until(self, true: Callable[[], bool], seconds: float = 30.0) -> None:
        """Return once ``true()`` is."""
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, "it did not happen in time"
            time.sleep(0.1)

    def _nodes(self, css: str) -> list[dict[str, Any]]:
        locator = {"type": "css", "value": css}
        found: list[dict[str, Any]] = self.ask(
            "browsingContext.locateNodes", context=self._context, locator=locator
        )["nodes"]
        return found

    def _acts(self, source: dict[str, Any]) -> None:
        self.ask("input.performActions", context=self._context, actions=[source])


@contextmanager
def firefox(*, scripts: bool = True) -> Iterator[Firefox]:
    """A new Firefox, with or without JavaScript, closed at the end."""
    program = shutil.which("firefox-esr")
    assert program, "Debian's package firefox-esr is needed"
    with tempfile.TemporaryDirectory(prefix="waymark-firefox-") as profile:
        preferences = {**PREFERENCES, "javascript.enabled": scripts}
        lines = [f'user_pref("{k}", {json.dumps(v)});' for k, v in preferences.items()]
        (Path(profile) / "user.js").write_text("\n".join(lines))
        process = subprocess.Popen(
            [program, *HEADLESS, "--profile", profile, "about:blank"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env={"HOME": profile, "MOZ_DISABLE_CONTENT_SANDBOX": "1", "PATH": "/usr/bin:/bin"},
        )
        try:
            with connect(_address(process) + "/session", max_size=None, proxy=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stderr
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        line = process.stderr.readline().decode("utf-8", "replace")
        if found := re.search(r"listening on (ws://\S+)", line):
            return found[1]
    raise AssertionError("Firefox did not start")
