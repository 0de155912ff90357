"""The way to the action server: connections that stay open between calls."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager, nullcontext

import aiohttp
from rasa.utils.endpoints import EndpointConfig

# The action server closes what was silent for 30 s (actions/__main__.py): we let go before it.
SILENT_FOR = 15.0  # seconds
PATIENCE = 300.0  # seconds for a call; reception gives up long before (WAYMARK_ASSISTANT_PATIENCE)


class ActionServer(EndpointConfig):
    """Rasa's endpoint, but that it opens no new connection for each call."""

    _open: aiohttp.ClientSession | None = None

    @classmethod
    def like(cls, endpoint: EndpointConfig) -> ActionServer:
        """The same address, token and options."""
        return cls(
            url=endpoint.url,
            params=endpoint.params,
            headers=endpoint.headers,
            token=endpoint.token,
            token_name=endpoint.token_name,
            **endpoint.kwargs,
        )

    def session(self) -> AbstractAsyncContextManager[aiohttp.ClientSession]:
        """The session of this process, which leaving the block does not close."""
        if self._open is None or self._open.closed:
            self._open = aiohttp.ClientSession(
                headers=self.headers,
                timeout=aiohttp.ClientTimeout(total=PATIENCE),
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=SILENT_FOR),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return nullcontext(self._open)
