"""Every table of knowledge, gathered for the migrations."""

from knowledge.alarms import tables as _alarms
from knowledge.assessment import tables as _assessment
from knowledge.audit import tables as _audit
from knowledge.callbacks import tables as _callbacks
from knowledge.chats import tables as _chats
from knowledge.conversations import tables as _conversations
from knowledge.coordinators import tables as _coordinators
from knowledge.database import metadata
from knowledge.devices import tables as _devices
from knowledge.directory import tables as _directory
from knowledge.issuer import tables as _issuer
from knowledge.presence import tables as _presence
from knowledge.processes import tables as _processes
from knowledge.retention import tables as _retention
from knowledge.returning import tables as _returning
from knowledge.teamwork import tables as _teamwork

__all__ = ["metadata"]
_ = (
    _alarms,
    _assessment,
    _audit,
    _callbacks,
    _chats,
    _conversations,
    _coordinators,
    _devices,
    _directory,
    _retention,
    _issuer,
    _presence,
    _processes,
    _returning,
    _teamwork,
)
