"""A line that can be cut: a browser's only way to the system, which drops all that is under way.

Chromium's own `set_offline` lets an open event stream run on.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

CHUNK = 65536  # bytes


class Line:
    """Passes bytes between its own port and another one, as long as it is not cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ends: set[socket.socket] = set()
        self._is_cut = False
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Drop every connection, and refuse new ones."""
        self._is_cut = True
        for end in list(self._ends):
            _close(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut = False

    def close(self) -> None:
        """Take the line away."""
        self.cut()
        _close(self._door)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                if self._is_cut:
                    _close(near)
                    continue
                far = socket.create_connection(("127.0.0.1", self._port))
                self._ends |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(CHUNK):
                other.sendall(said)
        for end in (one, other):
            _close(end)
            self._ends.discard(end)


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line to this port of this machine, gone afterwards."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()


def _close(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
