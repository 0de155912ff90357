"""The address of a search that somebody made here: sealed, and good for half an hour.

What they look for can then be read in no history and no list of addresses, and Back, a reload and
another language still bring the same page, without script and with nothing kept by us.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from starlette.datastructures import QueryParams

from channels.web.help_search import Search
from knowledge.sealing.columns import ring_in_use

GOOD_FOR = timedelta(minutes=30)
SEALED = "s"  # the only field of such an address


def sealed(search: Search, now: datetime, **changes: str | int) -> str:
    """The address of a search, with some things changed."""
    said = urlsplit(search.link(**changes)).query.encode()
    token = _keys().encrypt_at_time(said, int(now.timestamp())).decode()
    return f"/help?{SEALED}={token.rstrip('=')}"


def opened(token: str, now: datetime) -> QueryParams | None:
    """What was looked for; None when nobody made this address here, or too long ago."""
    padded = token + "=" * (-len(token) % 4)
    within, at = int(GOOD_FOR.total_seconds()), int(now.timestamp())
    try:
        said = _keys().decrypt_at_time(padded, within, at).decode()
    except (InvalidToken, ValueError):
        return None
    return QueryParams(parse_qsl(said, keep_blank_values=True))


def _keys() -> MultiFernet:
    """Keys for this alone, while those of the ring change."""
    derived = (key.derived(b"address of a search") for key in ring_in_use().keys)
    return MultiFernet(Fernet(urlsafe_b64encode(one)) for one in derived)
