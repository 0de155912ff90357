"""The verbs with which people look after their own keys: password and second factor."""

from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.audit.model import What
from knowledge.audit.store import trace
from knowledge.clock import Clock
from knowledge.coordinators import second_factor, store, tries
from knowledge.coordinators.model import Coordinator
from knowledge.coordinators.passwords import Passwords, check_password
from knowledge.coordinators.sessions import store as sessions
from knowledge.database import Database
from knowledge.errors import NotAllowed, NotFound


class Keys:
    """Everybody's own password, app and recovery codes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._passwords = Passwords()

    async def change_password(
        self, coordinator: str, old: str, new: str, *, keep_session: str
    ) -> None:
        """Change the password; all other devices are signed out.

        Raises NotAllowed when the old one is wrong, PasswordRefused when the new one is easy.
        """
        person, _ = await self._with_password(coordinator, old)
        check_password(new, person.email, person.name)
        hashed = await self._passwords.hash(new)
        async with self._database.writing() as unit:
            await store.change(unit, coordinator, password_hash=hashed)
            await sessions.end(unit, coordinator, but=keep_session)
            await self._trace(unit, What.PASSWORD_CHANGED, coordinator)

    async def begin(self, coordinator: str) -> tuple[str, str]:
        """A secret for an app that is not yet in use, and what its QR code says.

        Asked again it is the same one. Raises NotAllowed when a second factor is set up.
        """
        async with self._database.writing() as unit:
            person, keys = await _found(unit, coordinator)
            if keys.totp_secret:
                raise NotAllowed("there is a second factor already")
            secret = keys.totp_pending or second_factor.new_secret()
            await store.change(unit, coordinator, totp_pending=secret)
        return secret, second_factor.address_for_app(secret, person.email)

    async def confirm(self, coordinator: str, code: str) -> list[str]:
        """Set the second factor up with a first code; gives the recovery codes, this once.

        Raises NotAllowed for a wrong code, or when there is none to confirm.
        """
        now = self._clock()
        codes = second_factor.new_recovery_codes()
        async with self._database.writing() as unit:
            _, keys = await _found(unit, coordinator)
            secret = keys.totp_pending
            step = secret and second_factor.step_of(secret, code.replace(" ", ""), now)
            if keys.totp_secret or not step:
                raise NotAllowed("code")
            await store.change(
                unit, coordinator, totp_secret=secret, totp_pending=None, totp_step=step
            )
            await self._keep_codes(unit, coordinator, codes)
            await self._trace(unit, What.SECOND_FACTOR_SET, coordinator)
        return codes

    async def renew_codes(self, coordinator: str, password: str) -> list[str]:
        """Ten new recovery codes in place of the old ones, shown this once. Raises NotAllowed."""
        _, keys = await self._with_password(coordinator, password)
        if not keys.totp_secret:
            raise NotAllowed("there is no second factor")
        codes = second_factor.new_recovery_codes()
        async with self._database.writing() as unit:
            await self._keep_codes(unit, coordinator, codes)
            await self._trace(unit, What.RECOVERY_CODES_MADE, coordinator)
        return codes

    async def codes_left(self, coordinator: str) -> int:
        """How many recovery codes somebody still has."""
        async with self._database.reading() as unit:
            return await store.recovery_codes_left(unit, coordinator)

    async def remove(self, coordinator: str, password: str) -> None:
        """Take the second factor away, to set up another phone. Raises NotAllowed."""
        await self._with_password(coordinator, password)
        async with self._database.writing() as unit:
            await take_second_factor(unit, coordinator)
            await self._trace(unit, What.SECOND_FACTOR_REMOVED, coordinator)

    async def _with_password(
        self, coordinator: str, password: str
    ) -> tuple[Coordinator, store.Keys]:
        """Who gave their password again; a session alone does not open the keys."""
        key = tries.key_of(coordinator, "password")
        async with self._database.writing() as unit:
            await tries.count_one(unit, key, self._clock())
            person, keys = await _found(unit, coordinator)
        if not await self._passwords.fits(keys.password_hash, password):
            raise NotAllowed("password")
        async with self._database.writing() as unit:
            await store.forget_tries(unit, key)
        return person, keys

    async def _keep_codes(self, unit: AsyncConnection, coordinator: str, codes: list[str]) -> None:
        hashes = [second_factor.recovery_hash(coordinator, code) for code in codes]
        await store.keep_recovery_codes(unit, coordinator, hashes)

    async def _trace(self, unit: AsyncConnection, what: What, coordinator: str) -> None:
        await trace(unit, self._clock(), what, coordinator, who=coordinator)


async def take_second_factor(unit: AsyncConnection, coordinator: str) -> None:
    """Remove app and recovery codes."""
    await store.change(unit, coordinator, totp_secret=None, totp_pending=None)
    await store.keep_recovery_codes(unit, coordinator, [])


async def _found(unit: AsyncConnection, coordinator: str) -> tuple[Coordinator, store.Keys]:
    found = await store.by_id(unit, coordinator)
    if found is None:
        raise NotFound(coordinator)
    return found
