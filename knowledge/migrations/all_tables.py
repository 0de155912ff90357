"""Every table of knowledge, gathered for the migrations."""

from knowledge.assessment import tables as _assessment
from knowledge.conversations import tables as _conversations
from knowledge.coordinators import tables as _coordinators
from knowledge.database import metadata
from knowledge.returning import tables as _returning

__all__ = ["metadata"]
_ = (_assessment, _conversations, _coordinators, _returning)
