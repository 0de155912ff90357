"""The verbs of signing in at an issuer. Whether its word is good is checked in channels/."""

import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.coordinators import store as coordinators
from knowledge.coordinators.model import Area, Coordinator, SignIn
from knowledge.coordinators.operations import hash_of, let_in, same
from knowledge.coordinators.subjects import store as subjects
from knowledge.coordinators.team import GOOD_FOR
from knowledge.database import Database
from knowledge.errors import NotAllowed
from knowledge.issuer import store
from knowledge.issuer.model import Claimed, Flow

ON_THE_WAY = timedelta(minutes=10)
NO_PASSWORD = "!"  # noqa: S105  (no password hashes to this)


class Issued:
    """Sign-ins at the issuer: out, back once, and who is let in."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def begin(self) -> Flow:
        """A new sign-in. Its secrets are made here; of two of them only hashes are kept."""
        made = secrets.token_urlsafe
        flow = Flow(state=made(32), browser=made(32), nonce=made(32), verifier=made(48))
        hashes = hash_of(flow.state), hash_of(flow.browser)
        async with self._database.writing() as unit:
            await store.add_flow(unit, hashes, flow.nonce, flow.verifier, self._clock())
        return flow

    async def back(self, state: str, browser: str) -> Flow:
        """The sign-in that comes back to the browser it left from, once.

        Raises NotAllowed when it is unknown, too old, came before, or comes to another browser.
        """
        since = self._clock() - ON_THE_WAY
        async with self._database.writing() as unit:
            found = await store.take_flow(unit, (hash_of(state), hash_of(browser)), since)
        if found is None:
            raise NotAllowed("sign-in")
        return Flow(state, browser, *found)

    async def sign_in(self, claimed: Claimed, device: str) -> SignIn:
        """Open a session for somebody of the team, or who was invited.

        The first time they are known by their address, from then on by their subject: whoever
        is given that address later is somebody else. Nobody else is let in, unless their groups
        bring a role. Raises NotAllowed.
        """
        now = self._clock()
        async with self._database.writing() as unit:
            who = await self._who(unit, claimed, now)
            if who is None:
                await trace(unit, now, What.SIGN_IN_FAILED, who="", why="issuer")
            else:
                return await let_in(unit, who, device, now, from_issuer=True)
        raise NotAllowed("sign-in")

    async def refused(self) -> None:
        """Note in the log that the issuer's word was not good."""
        async with self._database.writing() as unit:
            await trace(unit, self._clock(), What.SIGN_IN_FAILED, who="", why="issuer")

    async def _who(
        self, unit: AsyncConnection, claimed: Claimed, now: datetime
    ) -> Coordinator | None:
        issuer, email = hash_of(claimed.issuer), same(claimed.email)
        if known := await subjects.whose(unit, issuer, claimed.subject):
            found = await coordinators.by_id(unit, known)
            return found[0] if found and found[0].is_active else None
        found = await coordinators.by_email(unit, email)
        who = found[0] if found else await self._new(unit, claimed, now)
        if not who or not who.is_active or await subjects.has_one(unit, who.id, issuer):
            return None
        await subjects.keep(unit, who.id, issuer, claimed.subject)
        return who

    async def _new(
        self, unit: AsyncConnection, claimed: Claimed, now: datetime
    ) -> Coordinator | None:
        email = same(claimed.email)
        waiting = await coordinators.open_invitations(unit, now - GOOD_FOR)
        invited = next((one for one in waiting if one.email == email), None)
        role = invited.role if invited else claimed.role
        if role is None:
            return None
        if invited:
            await coordinators.end_invitation(unit, invited.id)
        area = invited.area if invited else Area.BOTH
        made = Coordinator(
            id=uuid.uuid4().hex, email=email, name=claimed.name, role=role, area=area
        )
        await coordinators.add(unit, made, NO_PASSWORD, now)
        why = f"{role}, {area}, issuer"
        await trace(unit, now, What.ADDED, made.id, who=made.id, why=why)
        return made
