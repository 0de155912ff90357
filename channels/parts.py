"""The parts of a running channels process, for whoever answers a request."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from channels.alerting.watch import Watch
from channels.assistant import Assistant
from channels.bell import Bell
from channels.floods import Floods
from channels.help import Help
from channels.issuer import Issuer
from channels.reception import Reception
from channels.settings import Settings
from channels.talk import Looking, Typing
from channels.telegram.service import Telegram
from channels.waiting import Waiting
from channels.web.hub import Hub
from channels.wires import Wires
from knowledge.opening import Knowledge
from knowledge.returning.operations import Returning


@dataclass(frozen=True)
class Parts:
    """What one process wires together at its start."""

    settings: Settings
    knowledge: Knowledge
    assistant: Assistant
    reception: Reception
    bell: Bell
    floods: Floods
    help: Help
    returning: Returning
    hub: Hub
    watch: Watch
    waiting: Waiting
    telegram: Telegram | None = None
    typing: Typing = field(default_factory=Typing)
    issuer: Issuer | None = None
    looking: Looking = field(default_factory=Looking)
    wires: Wires | None = None


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


Wired = Annotated[Parts, Depends(_parts)]
