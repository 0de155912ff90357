"""Who somebody of the team is at an issuer (the only file with SQL about it).

An address may become another person's there, a subject never does (OpenID Connect Core, 5.7).
"""

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.coordinators.tables import issuer_subjects as subjects
from knowledge.sealing.columns import found_by, may_be_found_by, of_row

SUBJECT = "issuer_subjects.subject"


async def whose(unit: AsyncConnection, issuer_hash: str, subject: str) -> str | None:
    """The id of the person who is this subject at the issuer."""
    hashes = may_be_found_by(_said(issuer_hash, subject), SUBJECT)
    query = select(subjects.c.coordinator).where(subjects.c.subject_hash.in_(hashes))
    found: str | None = await unit.scalar(query)
    return found


async def has_one(unit: AsyncConnection, coordinator: str, issuer_hash: str) -> bool:
    """Whether somebody is known by a subject of this issuer already."""
    query = select(subjects.c.coordinator).where(
        subjects.c.coordinator == coordinator, subjects.c.issuer_hash == issuer_hash
    )
    return await unit.scalar(query) is not None


async def keep(unit: AsyncConnection, coordinator: str, issuer_hash: str, subject: str) -> None:
    """From here on this subject is this person."""
    said = _said(issuer_hash, subject)
    await unit.execute(
        insert(subjects).values(
            coordinator=coordinator,
            issuer_hash=issuer_hash,
            subject=of_row(said, coordinator, issuer_hash),
            subject_hash=found_by(said, SUBJECT),
        )
    )


async def forget(unit: AsyncConnection, coordinator: str) -> None:
    """Let somebody be known by their address again, until they have signed in."""
    await unit.execute(delete(subjects).where(subjects.c.coordinator == coordinator))


def _said(issuer_hash: str, subject: str) -> str:
    """A subject means something at its own issuer alone."""
    return f"{issuer_hash} {subject}"
