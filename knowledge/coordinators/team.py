"""The verbs with which the team is looked after: inviting, deactivating, resetting."""

import secrets
import uuid
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from knowledge.audit.model import What, who_acts
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.coordinators import store
from knowledge.coordinators.keys import take_second_factor
from knowledge.coordinators.model import Area, Coordinator, Invitation, Role
from knowledge.coordinators.operations import hash_of, same
from knowledge.coordinators.passwords import Passwords, check_password
from knowledge.coordinators.sessions import store as sessions
from knowledge.coordinators.subjects import store as subjects
from knowledge.database import Database
from knowledge.errors import Conflict, NotFound

GOOD_FOR = timedelta(days=7)


class Team:
    """Who belongs to the team. Every change is in the log."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._passwords = Passwords()

    async def invite(self, email: str, role: Role, area: Area) -> str:
        """Make a place on the team; gives the secret of the link, which is kept nowhere.

        Another invitation of the same address makes the earlier one worthless. Raises Conflict
        when the address belongs to somebody already.
        """
        secret = secrets.token_urlsafe(32)
        invitation = Invitation(
            id=uuid.uuid4().hex,
            email=same(email),
            role=role,
            area=area,
            invited_by=who_acts().who,
            at=self._clock(),
        )
        async with self._database.writing() as unit:
            if await store.by_email(unit, invitation.email):
                raise Conflict("this address belongs to somebody on the team")
            await store.add_invitation(unit, hash_of(secret), invitation)
            await trace(unit, self._clock(), What.INVITED, invitation.id, why=f"{role}, {area}")
        return secret

    async def invitations(self) -> list[Invitation]:
        """The invitations that wait."""
        async with self._database.reading() as unit:
            return await store.open_invitations(unit, self._clock() - GOOD_FOR)

    async def invitation(self, secret: str) -> Invitation:
        """What a link stands for. Raises NotFound when it was used, withdrawn or is too old."""
        async with self._database.reading() as unit:
            since = self._clock() - GOOD_FOR
            found = await store.invitation_by(unit, hash_of(secret), since)
        if found is None:
            raise NotFound("invitation")
        return found

    async def withdraw(self, invitation: str) -> None:
        """Take an invitation back. Raises NotFound."""
        async with self._database.writing() as unit:
            if not await store.end_invitation(unit, invitation):
                raise NotFound(invitation)

    async def accept(self, secret: str, name: str, password: str) -> Coordinator:
        """Join the team by a link, once. Raises NotFound, PasswordRefused."""
        invitation = await self.invitation(secret)
        check_password(password, invitation.email, name)
        hashed = await self._passwords.hash(password)
        made = Coordinator(
            id=uuid.uuid4().hex,
            email=invitation.email,
            name=name,
            role=invitation.role,
            area=invitation.area,
        )
        try:
            async with self._database.writing() as unit:
                if not await store.end_invitation(unit, invitation.id):
                    raise NotFound("invitation")
                await store.add(unit, made, hashed, self._clock())
                await trace(unit, self._clock(), What.ADDED, made.id, who=made.id)
        except (IntegrityError, Conflict):  # somebody added the same address meanwhile
            raise NotFound("invitation") from None
        return made

    async def deactivate(self, coordinator: str) -> None:
        """Let somebody in no more; their sessions end at once.

        Raises NotFound, and Conflict for the last administrator.
        """
        async with self._database.writing() as unit:
            if not await store.by_id(unit, coordinator):
                raise NotFound(coordinator)
            if await store.active_administrators(unit) == [coordinator]:
                raise Conflict("nobody else could look after the team")
            await store.change(unit, coordinator, deactivated_at=self._clock())
            await sessions.end(unit, coordinator)
            await trace(unit, self._clock(), What.DEACTIVATED, coordinator)

    async def reactivate(self, coordinator: str) -> None:
        """Let somebody in again; an issuer is asked anew who they are. Raises NotFound."""
        async with self._database.writing() as unit:
            if not await store.by_id(unit, coordinator):
                raise NotFound(coordinator)
            await store.change(unit, coordinator, deactivated_at=None)
            await subjects.forget(unit, coordinator)
            await trace(unit, self._clock(), What.REACTIVATED, coordinator)

    async def reset_password(self, coordinator: str, password: str) -> None:
        """Give somebody another password; their sessions end. Raises PasswordRefused, NotFound."""
        async with self._database.reading() as unit:
            found = await store.by_id(unit, coordinator)
        if found is None:
            raise NotFound(coordinator)
        check_password(password, found[0].email, found[0].name)
        hashed = await self._passwords.hash(password)
        async with self._database.writing() as unit:
            await store.change(unit, coordinator, password_hash=hashed)
            await sessions.end(unit, coordinator)
            await trace(unit, self._clock(), What.PASSWORD_CHANGED, coordinator)

    async def reset_second_factor(self, coordinator: str) -> None:
        """Take away a second factor that was lost; their sessions end. Raises NotFound."""
        async with self._database.writing() as unit:
            if not await store.by_id(unit, coordinator):
                raise NotFound(coordinator)
            await take_second_factor(unit, coordinator)
            await sessions.end(unit, coordinator)
            await trace(unit, self._clock(), What.SECOND_FACTOR_REMOVED, coordinator)
