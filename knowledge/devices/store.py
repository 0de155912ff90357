"""The only file with SQL about devices."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from knowledge.devices.model import Device
from knowledge.devices.tables import devices


async def add(unit: AsyncConnection, device: Device, at: datetime) -> None:
    """Keep a device in place of what was kept of it."""
    await remove(unit, device.id)
    await unit.execute(insert(devices).values(**vars(device), added_at=at))


async def remove(unit: AsyncConnection, device: str) -> None:
    """Forget a device."""
    await unit.execute(delete(devices).where(devices.c.id == device))


async def every(unit: AsyncConnection) -> list[Device]:
    """All devices."""
    columns = [column for column in devices.c if column is not devices.c.added_at]
    rows = await unit.execute(select(*columns).order_by(devices.c.added_at))
    return [Device(**row._mapping) for row in rows]
