"""Streams that end as answers should, also when the process stops under them."""

from sse_starlette import EventSourceResponse
from starlette.types import Message, Receive, Scope, Send


class Events(EventSourceResponse):
    """Server-sent events. The library breaks off when the process stops and leaves the answer
    open, which uvicorn takes for an error of ours; here its end is said."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, to the end."""
        goes_on = False

        async def sending(message: Message) -> None:
            nonlocal goes_on
            goes_on = message["type"] == "http.response.start" or message.get("more_body", False)
            await send(message)

        await super().__call__(scope, receive, sending)
        if goes_on:
            await send({"type": "http.response.body", "body": b"", "more_body": False})
