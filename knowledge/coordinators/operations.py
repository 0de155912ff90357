"""The verbs others may call on co-ordinators."""

import asyncio
import hashlib
import secrets
import uuid
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from knowledge.clock import Clock
from knowledge.coordinators import store
from knowledge.coordinators.model import Coordinator, Role, SignIn
from knowledge.database import Database
from knowledge.errors import NotAllowed, NotFound

IDLE_LIMIT = timedelta(hours=12)
_TOUCH_EVERY = timedelta(minutes=1)
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5$Vb1xq0cV3cN3mC6VnIuRr5o0xLq9dM6D3v1yZK8l5bQ"
)


class Coordinators:
    """Who may sign in, and who is signed in."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._hasher = PasswordHasher()  # Argon2id

    async def first(self, email: str, password: str, name: str) -> Coordinator | None:
        """Make the first administrator; None when somebody is there already."""
        hashed = await asyncio.to_thread(self._hasher.hash, password)
        made = Coordinator(
            id=uuid.uuid4().hex, email=_same(email), name=name, role=Role.ADMINISTRATOR
        )
        async with self._database.writing() as unit:
            if await store.count(unit):
                return None
            await store.add(unit, made, hashed, self._clock())
        return made

    async def add(
        self, email: str, password: str, name: str, role: Role = Role.COORDINATOR
    ) -> Coordinator:
        """Let one more person in."""
        hashed = await asyncio.to_thread(self._hasher.hash, password)
        made = Coordinator(id=uuid.uuid4().hex, email=_same(email), name=name, role=role)
        async with self._database.writing() as unit:
            await store.add(unit, made, hashed, self._clock())
        return made

    async def any(self) -> bool:
        """Whether anybody may sign in at all."""
        async with self._database.reading() as unit:
            return await store.count(unit) > 0

    async def sign_in(self, email: str, password: str) -> SignIn:
        """Open a session. Raises NotAllowed, in the same time for a wrong address or password."""
        async with self._database.reading() as unit:
            found = await store.by_email(unit, _same(email))
        fits = await asyncio.to_thread(self._fits, found[1] if found else _NOBODY, password)
        if found is None or not fits:
            raise NotAllowed("sign-in")
        secret = secrets.token_urlsafe(32)
        async with self._database.writing() as unit:
            await store.add_session(unit, _hash(secret), found[0].id, self._clock())
        return SignIn(found[0], secret)

    async def signed_in(self, session: str) -> Coordinator:
        """Whose session this is. Raises NotAllowed when it is unknown or was idle too long."""
        now = self._clock()
        async with self._database.reading() as unit:
            found = await store.by_session(unit, _hash(session), now - IDLE_LIMIT)
        if found is None:
            raise NotAllowed("session")
        coordinator, last_seen = found
        if last_seen < now - _TOUCH_EVERY:
            async with self._database.writing() as unit:
                await store.touch_session(unit, _hash(session), now)
        return coordinator

    async def sign_out(self, session: str) -> None:
        """End a session."""
        async with self._database.writing() as unit:
            await store.end_session(unit, _hash(session))

    async def get(self, coordinator: str) -> Coordinator:
        """A co-ordinator by id. Raises NotFound."""
        async with self._database.reading() as unit:
            found = await store.by_id(unit, coordinator)
        if found is None:
            raise NotFound(coordinator)
        return found

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False


def _same(email: str) -> str:
    return email.strip().lower()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
