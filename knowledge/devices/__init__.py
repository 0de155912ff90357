"""Devices of the team that are told when an alarm goes up (web push)."""
