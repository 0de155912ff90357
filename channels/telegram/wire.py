"""The way to the Bot API: python-telegram-bot's port for HTTP, over aiohttp.

The library's own client reads HTTP in Python: a call costs four times the processor's time of one
here, and each message of a person needs several.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import override
from urllib.request import getproxies

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    TraceConfig,
)
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_WITHIN = 5.0  # seconds
READ_WITHIN = 5.0
SILENT_FOR = 5.0  # a connection on which nothing was said for so long is not used again


class NotSent(NetworkError):
    """Telegram surely has not got this call; any other failure leaves it in doubt."""


class Wire(BaseRequest):
    """Calls to the Bot API, at most so many at once; each waits ``pool_timeout`` for its place."""

    def __init__(
        self, *, at_once: int = 1, read_timeout: float = READ_WITHIN, pool_timeout: float = 1.0
    ) -> None:
        self._at_once = at_once
        self._read_timeout = read_timeout
        self._connect_within = CONNECT_WITHIN + pool_timeout
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Be ready for calls."""
        if self._session is None or self._session.closed:
            self._session = ClientSession(
                connector=TCPConnector(limit=self._at_once, keepalive_timeout=SILENT_FOR),
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trace_configs=[_noting_what_goes_out()],
                trust_env=bool(getproxies()),  # asking for each call costs much
            )

    async def shutdown(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises NotSent, TimedOut and NetworkError.

        The errors name neither address nor cause: an address of the Bot API holds the token.
        """
        if self._session is None:
            raise RuntimeError("not initialized")
        read = read_timeout if isinstance(read_timeout, (int, float)) else self._read_timeout
        data = request_data.json_parameters if request_data else None
        call = _Call()
        try:
            async with self._session.request(
                method,
                url,
                data=data,
                allow_redirects=False,
                timeout=ClientTimeout(connect=self._connect_within, sock_read=read),
                trace_request_ctx=call,
            ) as answer:
                return answer.status, await answer.read()
        except (ClientError, TimeoutError) as error:
            why = type(error).__name__
            if not call.sent:
                raise NotSent(why) from None
            raise TimedOut if isinstance(error, TimeoutError) else NetworkError(why) from None


@dataclass
class _Call:
    """Whether anything of a call went out."""

    sent: bool = False


async def _going_out(_session: ClientSession, context: SimpleNamespace, _told: object) -> None:
    context.trace_request_ctx.sent = True


def _noting_what_goes_out() -> TraceConfig:
    made = TraceConfig()
    made.on_request_headers_sent.append(_going_out)
    return made
