"""From which probability the model raises the alarm: chosen, not learnt.

Chosen with the figures of the development set in view (the card says so); a change here needs no
training, but a new card.
"""

from __future__ import annotations

RISK_FROM = 0.43
LONG_RISK_FROM = (
    0.50  # the same, of the most feared windows of a long message: it has had many tries
)
ALARM_FROM = 0.15  # an emergency that is as likely as this alarms, however likely risk is
EMERGENCY_FROM = 0.08  # asked only of messages that alarm
KIND_FROM = 0.05
