"""Alerts on one's own devices: a page, the list of devices, and the service worker."""

import ipaddress
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import FileResponse, RedirectResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from channels.alerting.push import public_key
from channels.console.areas import refuse
from channels.console.pages import pages
from channels.console.sign_in import Hears
from channels.parts import Wired
from knowledge.audit.model import What
from knowledge.coordinators.model import Coordinator, Right
from knowledge.devices.model import Device, id_of
from knowledge.errors import NotFound

router = APIRouter()
WORKER = Path(__file__).parent / "worker.js"


def _public(endpoint: str) -> str:
    """An address that a push service may have: never one of this machine or its network."""
    address = urlsplit(endpoint)
    host = address.hostname or ""
    try:
        is_number = bool(ipaddress.ip_address(host))
    except ValueError:
        is_number = False
    if address.scheme != "https" or is_number or "." not in host:
        raise ValueError("not a push service")
    return endpoint


class Keys(BaseModel):
    """The browser's keys (RFC 8291)."""

    p256dh: str = Field(pattern=r"^[A-Za-z0-9_-]{80,100}=*$")
    auth: str = Field(pattern=r"^[A-Za-z0-9_-]{20,30}=*$")


class Subscription(BaseModel):
    """A browser that takes push messages, as `PushSubscription.toJSON()` gives it."""

    model_config = ConfigDict(extra="ignore")

    endpoint: Annotated[str, Field(max_length=1000), AfterValidator(_public)]
    keys: Keys
    is_duty: bool = False


@router.get("/console/alerts", include_in_schema=False)
async def page(request: Request, who: Hears, parts: Wired) -> Response:
    """Sound, and alerts on this device."""
    key = parts.settings.push_key
    devices = [one for one in await parts.knowledge.devices.every() if _may_see(who, one)]
    shown = {
        "who": who,
        "devices": devices,
        "push_key": public_key(key) if key else "",
        "may_set_duty": who.may(Right.SET_DUTY_PHONE),
    }
    return pages.TemplateResponse(request, "alerts.html", shown)


@router.post("/api/console/devices", status_code=201, tags=["console"])
async def add(given: Subscription, who: Hears, parts: Wired) -> dict[str, str]:
    """Send alerts that go up to this browser too. 403 when you may not set the duty phone."""
    if given.is_duty and not who.may(Right.SET_DUTY_PHONE):
        await parts.knowledge.audit.looked(What.REFUSED, why=Right.SET_DUTY_PHONE)
        raise HTTPException(403, "Only a supervisor or an administrator sets the duty phone.")
    device = Device(
        id=id_of(given.endpoint),
        coordinator=who.id,
        endpoint=given.endpoint,
        p256dh=given.keys.p256dh,
        auth=given.keys.auth,
        is_duty=given.is_duty,
    )
    await parts.knowledge.devices.add(device)
    return {"id": device.id}


@router.post("/console/alerts/devices/{device}/remove", include_in_schema=False)
async def remove(device: str, who: Hears, parts: Wired) -> Response:
    """Send no more alerts to a device."""
    found = [one for one in await parts.knowledge.devices.every() if one.id == device]
    if not found:
        raise NotFound(device)
    if not _may_see(who, found[0]):
        await refuse(parts, Right.SET_DUTY_PHONE if found[0].is_duty else "own device")
    await parts.knowledge.devices.remove(device)
    return RedirectResponse("/console/alerts", status_code=303)


@router.get("/console/worker.js", include_in_schema=False)
async def worker() -> Response:
    """The desk's service worker: it shows alerts, and keeps nothing. Its scope is the desk."""
    return FileResponse(WORKER, media_type="text/javascript")


def _may_see(who: Coordinator, device: Device) -> bool:
    return device.coordinator == who.id or (device.is_duty and who.may(Right.SET_DUTY_PHONE))
