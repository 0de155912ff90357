"""Repairs of Rasa 3.6.21, each with what it mends. `tests/benchmarks/turns.py` measures them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema_rs
import rasa.core.processor
from jsonschema import ValidationError  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event

from bot import swifter
from bot.graph import InOrder


def repair() -> None:
    """Put the repairs in place; call once, before Rasa serves."""
    RemoteAction._validate_action_result = _validate_action_result
    # Rasa walks the tree of all its events for each one that it reads.
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
    rasa.core.processor.DaskGraphRunner = InOrder  # the processor names its runner by hand
    swifter.put_in_place()
    FailSafeTrackerStore.on_tracker_store_error = _fail
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _fail


@lru_cache(maxsize=1)
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(RemoteAction.action_response_format_spec())


def _validate_action_result(_action: RemoteAction, result: dict[str, Any]) -> bool:
    """Check what an action answered, as Rasa does, without checking the check each time.

    Rasa compiles its schema anew for every action, which was nearly half of a turn. Its message
    quotes the answer, and with it the person; ours does not. Raises ValidationError.
    """
    if not _validator().is_valid(result):
        raise ValidationError("the action server's answer is not in Rasa's form")
    return True


def _fail(_store: FailSafeTrackerStore, error: Exception) -> None:
    """Let a turn fail whose tracker can't be read or kept.

    Rasa would go on as if the person were new, and forget what they said next; a failed turn
    brings the last words and a person instead (docs/decisions/0003-one-reception.md).
    """
    raise error
