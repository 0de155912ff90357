"""Who hears of an alarm that goes up: decided here for whoever tells them, and for whoever
tells the person that they are being told."""

from dataclasses import dataclass

from knowledge.alarms.model import Step
from knowledge.coordinators.model import Coordinator, Role
from knowledge.coordinators.operations import Coordinators
from knowledge.devices.operations import Devices

DUTY = "duty"  # the duty phone's e-mail address
HIGHER = (Role.SUPERVISOR, Role.ADMINISTRATOR)  # who is told; the latter where there is no former


@dataclass(frozen=True, kw_only=True)
class OnCall:
    """The people on call, by the ways that are set up: e-mail, push, the duty phone's e-mail."""

    devices: Devices
    coordinators: Coordinators
    by_email: bool
    by_push: bool
    duty_email: bool

    async def recipients(self, step: Step, county: str | None) -> list[tuple[str, str]]:
        """Pairs of a way and an id: the duty phone, and those above.

        Out of hours the duty phone alone is told, where there is one. Empty when nobody can be.
        """
        devices = await self.devices.every() if self.by_push else []
        duty = [("push", one.id) for one in devices if one.is_duty]
        if self.duty_email and self.by_email:
            duty.append(("email", DUTY))
        if step is Step.NOBODY_ON_DUTY and duty:
            return duty
        above = {one.id for one in await self._above(county)}
        pushed = [("push", one.id) for one in devices if one.coordinator in above]
        mailed = [("email", one) for one in sorted(above)] if self.by_email else []
        return list(dict.fromkeys([*duty, *pushed, *mailed]))

    async def _above(self, county: str | None) -> list[Coordinator]:
        everyone = [one for one in await self.coordinators.everyone() if one.is_active]
        for role in HIGHER:
            found = [one for one in everyone if one.role is role]
            if here := [one for one in found if one.area.covers(county)]:
                return here
        return [one for one in everyone if one.role in HIGHER]
