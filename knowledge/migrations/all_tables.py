"""Every table of knowledge, gathered for the migrations."""

from knowledge.assessment import tables as _assessment
from knowledge.audit import tables as _audit
from knowledge.chats import tables as _chats
from knowledge.conversations import tables as _conversations
from knowledge.coordinators import tables as _coordinators
from knowledge.database import metadata
from knowledge.directory import tables as _directory
from knowledge.issuer import tables as _issuer
from knowledge.retention import tables as _retention
from knowledge.returning import tables as _returning
from knowledge.teamwork import tables as _teamwork

__all__ = ["metadata"]
_ = (
    _assessment,
    _audit,
    _chats,
    _conversations,
    _coordinators,
    _directory,
    _retention,
    _issuer,
    _returning,
    _teamwork,
)
