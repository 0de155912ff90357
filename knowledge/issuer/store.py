"""The only file with SQL about sign-ins that are on their way."""

from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.issuer.tables import flows


async def add_flow(
    unit: AsyncConnection, hashes: tuple[str, str], nonce: str, verifier: str, at: datetime
) -> None:
    """Keep a sign-in that goes out; ``hashes`` are of its state and its browser."""
    state, browser = hashes
    row = {"state_hash": state, "browser_hash": browser, "nonce": nonce, "verifier": verifier}
    await unit.execute(insert(flows).values(at=at, **row))


async def take_flow(
    unit: AsyncConnection, hashes: tuple[str, str], since: datetime
) -> tuple[str, str] | None:
    """Take a sign-in that comes back out of the table: nonce and verifier, only once.

    Those that are too old are dropped with it.
    """
    state, browser = hashes
    await unit.execute(delete(flows).where(flows.c.at < since))
    row = (
        await unit.execute(
            delete(flows)
            .where(flows.c.state_hash == state, flows.c.browser_hash == browser)
            .returning(flows.c.nonce, flows.c.verifier)
        )
    ).first()
    return None if row is None else (row.nonce, row.verifier)
