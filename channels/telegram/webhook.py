"""The door that Telegram calls when this server has a public address."""

import json
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Request, Response

from channels.attempts import tried
from channels.parts import Wired
from channels.telegram.updates import WEBHOOK, kept

router = APIRouter(include_in_schema=False)


@router.post(WEBHOOK)
async def take_update(
    request: Request,
    parts: Wired,
    x_telegram_bot_api_secret_token: Annotated[str, Header()] = "",
) -> Response:
    """Keep one update. Answered once it is kept, so that Telegram repeats what was not."""
    telegram = parts.telegram
    if telegram is None or not telegram.knows(x_telegram_bot_api_secret_token):
        tried("telegram secret")
        raise HTTPException(404)  # nobody learns that there is something here
    try:
        update = kept(json.loads(await request.body()))
    except (ValueError, AttributeError, RecursionError):
        raise HTTPException(400) from None
    await telegram.inbox.take([update])
    return Response()
