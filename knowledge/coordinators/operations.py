"""The verbs others may call on signing in: who may, and who is."""

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What, who_acts
from knowledge.audit.store import did, trace
from knowledge.clock import Clock
from knowledge.coordinators import second_factor, store, tries
from knowledge.coordinators.model import Area, Coordinator, Role, Session, SignIn
from knowledge.coordinators.passwords import Passwords
from knowledge.coordinators.sessions import store as sessions
from knowledge.database import Database
from knowledge.errors import Locked, MadeRoom, NotAllowed, NotFound

IDLE_LIMIT = timedelta(hours=12)
LONGEST_SESSION = timedelta(days=7)  # after signing in, however much it is used
MOST_SESSIONS = 10  # of one person: desk, phone, home, and browsers closed without a word
LATELY = timedelta(minutes=15)  # whoever did something since then is taken to be there
_TOUCH_EVERY = timedelta(minutes=1)


class Coordinators:
    """Who may sign in, and who is signed in."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._passwords = Passwords()

    async def first(self, email: str, password: str, name: str) -> Coordinator | None:
        """Make the first administrator; None when somebody is there already."""
        made = _new(email, name, Role.ADMINISTRATOR, Area.BOTH)
        hashed = await self._passwords.hash(password)
        async with self._database.writing() as unit:
            if await store.count(unit):
                return None
            await store.add(unit, made, hashed, self._clock())
            await trace(unit, self._clock(), What.ADDED, made.id, why=made.role)
        return made

    async def add(
        self,
        email: str,
        password: str,
        name: str,
        role: Role = Role.COORDINATOR,
        area: Area = Area.BOTH,
    ) -> Coordinator:
        """Let one more person in."""
        made = _new(email, name, role, area)
        hashed = await self._passwords.hash(password)
        async with self._database.writing() as unit:
            await store.add(unit, made, hashed, self._clock())
            await trace(unit, self._clock(), What.ADDED, made.id, why=f"{role}, {area}")
        return made

    async def any(self) -> bool:
        """Whether anybody may sign in at all."""
        async with self._database.reading() as unit:
            return await store.count(unit) > 0

    async def get(self, coordinator: str) -> Coordinator:
        """A person of the team by id. Raises NotFound."""
        async with self._database.reading() as unit:
            found = await store.by_id(unit, coordinator)
        if found is None:
            raise NotFound(coordinator)
        return found[0]

    async def by_email(self, email: str) -> Coordinator:
        """A person of the team by address. Raises NotFound."""
        async with self._database.reading() as unit:
            found = await store.by_email(unit, same(email))
        if found is None:
            raise NotFound(email)
        return found[0]

    async def everyone(self) -> list[Coordinator]:
        """All people of the team, by name, also those who left."""
        async with self._database.reading() as unit:
            return await store.everyone(unit)

    async def at_their_desks(self) -> set[str]:
        """The ids of those who did something at the desk lately."""
        async with self._database.reading() as unit:
            return await sessions.seen_since(unit, self._clock() - LATELY)

    async def sign_in(
        self, email: str, password: str, code: str = "", *, device: str = "", known: bool = False
    ) -> SignIn:
        """Open a session with password and, where one is set up, a code of the second factor.

        Where the account signed in lately, or from a device that did (``known``), only tries
        from there make it wait.
        Raises NotAllowed, in the same time and words whatever does not fit; NotYet after too
        many tries, whether there is such an account or not. With ``MOST_SESSIONS`` open already,
        the one used longest ago ends.
        """
        now = self._clock()
        key, stranger = tries.key_of(same(email), who_acts().where), None
        async with self._database.writing() as unit:
            await tries.count_one(unit, key, now)
            found = await store.by_email(unit, same(email))
            if not known and not await _was_here(unit, found[0].id if found else "", now):
                stranger = await tries.count_stranger(unit, same(email), now)
        fits = await self._passwords.fits(found[1].password_hash if found else None, password)
        async with self._database.writing() as unit:
            is_open = found is not None and fits and found[0].is_active
            if is_open and found and (totp := found[1].totp_secret):
                is_open = await second_factor.takes(unit, found[0].id, totp, code, now)
            if found is not None and is_open:
                await store.forget_tries(unit, key)
                if stranger is not None:
                    await store.forget_try(unit, stranger)
                return await let_in(unit, found[0], device, now)
            await trace(unit, now, What.SIGN_IN_FAILED, found[0].id if found else "", who="")
        raise NotAllowed("sign-in")

    async def signed_in(
        self, session: str, *, lock_after: timedelta | None = None, is_active: bool = True
    ) -> Coordinator:
        """Whose session this is. Raises NotAllowed when it is unknown, over or idle too long.

        Raises MadeRoom when it ended because its owner signed in on too many devices. After
        ``lock_after`` without use it raises Locked until ``unlock``. A page that keeps itself
        fresh is no use of the session: for it ``is_active`` is False.
        """
        now = self._clock()
        async with self._database.reading() as unit:
            found = await sessions.by_secret(unit, hash_of(session), _good(now))
            if found is None and await sessions.made_room(unit, hash_of(session)):
                raise MadeRoom("session")
        if found is None:
            raise NotAllowed("session")
        if lock_after and found.last_seen <= now - lock_after:
            raise Locked("session")
        if is_active and found.last_seen < now - _TOUCH_EVERY:
            async with self._database.writing() as unit:
                await sessions.touch(unit, hash_of(session), now)
        return found.coordinator

    async def unlock(self, session: str, password: str) -> Coordinator:
        """Open an idle session again. Raises NotAllowed, NotYet."""
        now = self._clock()
        key = tries.key_of(hash_of(session), who_acts().where)
        async with self._database.writing() as unit:
            seen = await sessions.by_secret(unit, hash_of(session), _good(now))
            if seen is None:
                raise NotAllowed("session")
            await tries.count_one(unit, key, now)
            found = await store.by_id(unit, seen.coordinator.id)
        fits = await self._passwords.fits(found[1].password_hash if found else None, password)
        async with self._database.writing() as unit:
            if fits:
                await store.forget_tries(unit, key)
                await sessions.touch(unit, hash_of(session), now)
            what = What.UNLOCKED if fits else What.SIGN_IN_FAILED
            await trace(unit, now, what, seen.coordinator.id, who=seen.coordinator.id)
        if not fits:
            raise NotAllowed("password")
        return seen.coordinator

    async def sign_out(self, session: str) -> None:
        """End a session."""
        async with self._database.writing() as unit:
            seen = await sessions.by_secret(unit, hash_of(session), _good(self._clock()))
            if seen is not None:
                await sessions.end(unit, seen.coordinator.id, only=seen.id)
                who = seen.coordinator.id
                await trace(unit, self._clock(), What.SIGNED_OUT, who, who=who)

    async def devices(self, session: str) -> tuple[str, list[Session]]:
        """Where the person of this session is signed in, and which of them it is."""
        now = self._clock()
        async with self._database.reading() as unit:
            seen = await sessions.by_secret(unit, hash_of(session), _good(now))
            if seen is None:
                raise NotAllowed("session")
            return seen.id, await sessions.of(unit, seen.coordinator.id, _good(now))

    async def sign_out_devices(self, coordinator: str, only: str | None = None) -> None:
        """End one of somebody's own sessions, or all of them. Raises NotFound."""
        async with self._database.writing() as unit:
            if not await sessions.end(unit, coordinator, only=only):
                raise NotFound("session")
            await trace(unit, self._clock(), What.SIGNED_OUT, coordinator, who=coordinator)


async def _was_here(unit: AsyncConnection, who: str, now: datetime) -> bool:
    """Whether somebody signed in lately from where the present try comes from."""
    where = who_acts().where
    return await did(unit, What.SIGNED_IN, who, where, now - tries.WHERE_KNOWN_FOR)


async def let_in(
    unit: AsyncConnection,
    who: Coordinator,
    device: str,
    now: datetime,
    *,
    from_issuer: bool = False,
) -> SignIn:
    """Open a session, in the caller's transaction, and note it: the last step there.

    Others of the same person make room, those used longest ago first.
    """
    secret = secrets.token_urlsafe(32)
    opened = Session(id=uuid.uuid4().hex, device=device[:100], opened_at=now, last_seen=now)
    ended = await sessions.make_room(unit, who.id, most=MOST_SESSIONS, good=_good(now), at=now)
    await sessions.add(unit, hash_of(secret), who.id, opened, from_issuer=from_issuer)
    for _ in range(ended):
        why = f"more than {MOST_SESSIONS} sessions"
        await trace(unit, now, What.SIGNED_OUT, who.id, who=who.id, why=why)
    why = "issuer" if from_issuer else ""
    await trace(unit, now, What.SIGNED_IN, who.id, who=who.id, why=why)
    return SignIn(who, secret, made_room=ended > 0)


def _good(now: datetime) -> sessions.Good:
    return sessions.Good(used_after=now - IDLE_LIMIT, opened_after=now - LONGEST_SESSION)


def same(email: str) -> str:
    """An address as it is kept: it means the same in any case."""
    return email.strip().lower()


def hash_of(secret: str) -> str:
    """What is kept of a secret with so much chance in it that nobody guesses it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _new(email: str, name: str, role: Role, area: Area) -> Coordinator:
    return Coordinator(id=uuid.uuid4().hex, email=same(email), name=name, role=role, area=area)
