"""The Victims' Code as dated data: who may have enhanced rights."""

from knowledge.entitlements.rules import ASKED_OF, TOLD, Code, Entitlement, Situation

__all__ = ["ASKED_OF", "TOLD", "Code", "Entitlement", "Situation"]
