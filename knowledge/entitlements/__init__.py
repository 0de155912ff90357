"""The Victims' Code as dated data: who may have enhanced rights."""

from knowledge.entitlements.rules import TOLD, Code, Entitlement, Situation, concerns_people

__all__ = ["TOLD", "Code", "Entitlement", "Situation", "concerns_people"]
