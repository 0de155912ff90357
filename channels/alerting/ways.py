"""The port through which a notice leaves, and its two ways: e-mail and web push.

Another way (a pager, a telephone robot) is one more class with ``send`` and one line in ``ways``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx
import yaml

from channels import mail
from channels.alerting import push
from channels.settings import Settings
from knowledge.alarms.on_call import DUTY
from knowledge.coordinators.operations import Coordinators
from knowledge.devices.operations import Devices
from knowledge.errors import NotFound


@dataclass(frozen=True)
class Notice:
    """The words of a notice. They are the same for every alarm."""

    subject: str
    text: str
    link: str


class NotSent(Exception):
    """The notice did not arrive; it can be tried again."""


class Gone(Exception):
    """Who should be told is no longer there: trying again is of no use."""


class Way(Protocol):
    """One way to tell somebody of the team."""

    async def send(self, to: str, notice: Notice) -> None:
        """Send a notice to an id that ``recipients`` gave. Raises NotSent and Gone."""


class ByEmail:
    """To the address of one of the team, or of the duty phone."""

    def __init__(self, settings: Settings, coordinators: Coordinators) -> None:
        self._settings = settings
        self._coordinators = coordinators

    async def send(self, to: str, notice: Notice) -> None:
        """See ``Way``."""
        text = f"{notice.text}\n\n{notice.link}\n"
        try:
            await mail.send(self._settings, await self._address(to), notice.subject, text)
        except mail.MailFailed as error:
            raise NotSent from error

    async def _address(self, to: str) -> str:
        if to == DUTY:
            if self._settings.duty_email is None:
                raise Gone
            return self._settings.duty_email
        try:
            return (await self._coordinators.get(to)).email
        except NotFound as error:
            raise Gone from error


class ByPush:
    """To a browser of one of the team that asked for it (RFC 8030, RFC 8291, RFC 8292)."""

    def __init__(self, settings: Settings, devices: Devices, client: httpx.AsyncClient) -> None:
        self._settings = settings
        self._devices = devices
        self._client = client

    async def send(self, to: str, notice: Notice) -> None:
        """See ``Way``."""
        device = next((one for one in await self._devices.every() if one.id == to), None)
        if device is None or self._settings.push_key is None:
            raise Gone
        words = {"title": notice.subject, "body": notice.text}
        sender = push.Sender(self._settings.push_key, f"mailto:{self._settings.mail_from}")
        try:
            status = await push.send(self._client, sender, device, words)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise NotSent from error
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            await self._devices.remove(device.id)
            raise Gone
        if not httpx.codes.is_success(status):
            raise NotSent


def words(settings: Settings) -> Notice:
    """The words of every notice (words.yml), with the desk's address."""
    kept: Mapping[str, str] = yaml.safe_load(Path(__file__).with_name("words.yml").read_text())
    return Notice(kept["subject"], kept["text"], f"{settings.desk_site}/console")
