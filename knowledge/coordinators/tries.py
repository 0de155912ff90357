"""Holding back who guesses: each further wrong try waits longer, and nobody is out for good.

Tries are counted by account and address, and those by strangers by account alone too: who guesses
from many addresses is slowed, and holds up nobody where, or at a device that, signed in before.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.clock import is_over
from knowledge.coordinators import store
from knowledge.errors import NotYet

FREE = 5  # wrong tries without a wait (the NCSC advises 5 to 10)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FREE_OF_STRANGERS = 50  # wrong tries on one account, from wherever, without a wait
WAIT_OF_STRANGERS = timedelta(minutes=1)  # 1,440 guesses a day, however many guess
WHERE_KNOWN_FOR = timedelta(days=30)  # since the account signed in from an address
STRANGERS = "strangers"  # where they all are
FORGOTTEN_AFTER = timedelta(hours=24)


def key_of(account: str, where: str) -> str:
    """What tries are counted by: the account and the address, known to nobody who reads it."""
    return hashlib.sha256(f"{account}|{where}".encode()).hexdigest()


async def count_one(unit: AsyncConnection, key: str, now: datetime) -> None:
    """Count a try before it is looked at, so that many at once count too.

    The same for accounts that there are and that there are not. Raises NotYet during a wait.
    """
    before = await store.tries_since(unit, key, now - FORGOTTEN_AFTER)
    if len(before) >= FREE:
        wait = min(FIRST_WAIT * 2 ** min(len(before) - FREE, 10), LONGEST_WAIT)
        if not is_over(before[0], wait, now):
            raise NotYet(before[0] + wait - now)
    await store.add_try(unit, key, now)


async def count_stranger(unit: AsyncConnection, account: str, now: datetime) -> int:
    """Count a try from where, and from a device that, never signed in to the account; its number.

    Raises NotYet during a wait.
    """
    key = key_of(account, STRANGERS)
    before = await store.tries_since(unit, key, now - FORGOTTEN_AFTER)
    if len(before) >= FREE_OF_STRANGERS and not is_over(before[0], WAIT_OF_STRANGERS, now):
        raise NotYet(before[0] + WAIT_OF_STRANGERS - now)
    return await store.add_try(unit, key, now)
