"""What Rasa 3.6.21 does many times in a turn, done with less work and the same result.

`tests/bot/test_swifter.py` holds each against Rasa's own.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from functools import cache
from typing import Any

import rasa.core.actions.action
import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.actions.action import ActionExtractSlots, RemoteAction
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, PREVIOUS_ACTION
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME

from bot.told import action_call

State = dict[str, Any]
# Events that take nothing back but by the rules of forms; none of them has kinds of its own.
BEGINNINGS = frozenset({Restarted, SessionStarted})
TURNS = frozenset({ActionExecuted, UserUttered, DefinePrevUserUtteredFeaturization})
PLAIN = BEGINNINGS | TURNS | {
    ActionExecutionRejected, ActiveLoop, BotUttered, FollowupAction, LoopInterrupted, SlotSet,
}  # fmt: skip
_keys_of_rasa = RulePolicy._get_possible_keys
_applied_by_rasa = DialogueStateTracker.applied_events
_copy_of_rasa = DialogueStateTracker.copy
_states_of_rasa = RulePolicy._prediction_states
_validated_by_rasa = ActionExtractSlots._execute_validation_action
_built_in_of_rasa = rasa.core.actions.action.default_actions


def put_in_place() -> None:
    """Replace Rasa's ways; call once, before it serves."""
    DialogueStateTracker.copy = twin
    DialogueStateTracker.applied_events = applied_events
    Slot.__copy__ = _twin_of_slot
    RulePolicy._prediction_states = recent_states
    RulePolicy._get_possible_keys = possible_keys
    RemoteAction._action_call_format = action_call
    ActionExtractSlots._execute_validation_action = validated
    rasa.core.actions.action.default_actions = built_in
    TemplatedNaturalLanguageGenerator._random_response_for = any_response
    MessageProcessor._log_slots = staticmethod(_say_nothing)
    MessageProcessor._check_for_unseen_features = _say_nothing
    # These copy what they hand to a log that drops it (bot/logs.py), and nothing else.
    for module in (rasa.core.processor, rasa.core.policies.rule_policy, rasa.core.actions.forms):
        module.copy = AsItIs


def _say_nothing(*_: Any) -> None:
    """In the place of what only ends in a log that drops it, or tells a writer of words."""


class AsItIs:
    """Stands for the module `copy` where nobody writes to the copies."""

    @staticmethod
    def deepcopy(what: Any) -> Any:
        """The same."""
        return what


def twin(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker that stands where this one stands. Rasa replays every event for each copy."""
    if type(tracker.slots) is not dict:  # slots that are made when they are asked for
        return _copy_of_rasa(tracker)
    made = DialogueStateTracker.__new__(DialogueStateTracker)
    made.__dict__.update(tracker.__dict__)
    made.events = copy(tracker.events)
    made.slots = {name: _twin_of_slot(slot) for name, slot in tracker.slots.items()}
    made.active_loop = copy(tracker.active_loop)
    return made


def _twin_of_slot(slot: Any) -> Any:
    made = slot.__class__.__new__(slot.__class__)
    made.__dict__.update(slot.__dict__)
    return made


def applied_events(tracker: DialogueStateTracker) -> list[Event]:
    """The events that stand. Rasa asks each several times of what kind it is, the slow way."""
    events = list(tracker.events)
    kinds = [type(event) for event in events]
    if not PLAIN.issuperset(kinds):
        rasas: list[Event] = _applied_by_rasa(tracker)
        return rasas
    forms = {event.name for event in events if type(event) is ActiveLoop}
    begun = max((at + 1 for at, kind in enumerate(kinds) if kind in BEGINNINGS), default=0)
    stand: list[Event] = []
    for event in events[begun:]:
        ran = event.action_name if type(event) is ActionExecuted else None
        if ran in forms and ran and _goes_on(ran, stand):
            stand = _without_last_run(ran, stand)
        else:
            stand.append(event)
    return stand


def _goes_on(form: str, stand: Sequence[Event]) -> bool:
    """Whether a form that ran before runs on, and nothing else came between."""
    after = None
    for event in reversed(stand):
        kind = type(event)
        if kind is ActionExecuted:
            if event.action_name == form:
                return True
            after = event.action_name
        elif (
            (kind is ActiveLoop and event.name is None)
            or (kind is ActionExecutionRejected and event.action_name == form)
            or (kind is UserUttered and after not in (None, form))
        ):
            return False
    return False


def _without_last_run(form: str, stand: Sequence[Event]) -> list[Event]:
    """Without the turns since the form ran last: to the rules it is as if it ran once."""
    last = max(
        (
            at
            for at, event in enumerate(stand)
            if type(event) is ActionExecuted and event.action_name == form
        ),
        default=-1,
    )
    kept = [event for event in stand[last + 1 :] if type(event) not in TURNS]
    return [*stand[: last + 1], *kept]


def recent_states(
    policy: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    **_: Any,  # what is only for policies that learn
) -> list[State]:
    """As far into the past as rules reach. Rasa goes back to the start of the session."""
    books = [policy.lookup.get(name, {}) for name in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH)]
    reach = max((_length(rule) for book in books for rule in book), default=1)
    states = _last_states(tracker, domain, reach)
    policy.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def _last_states(tracker: DialogueStateTracker, domain: Domain, most: int) -> list[State]:
    """What each of the last actions was decided by, and what the next one is."""
    events = tracker.applied_events()
    further = sum(type(event) is ActionExecuted for event in events) + 1 - most
    replayed, states = tracker.init_copy(), []
    for event in events:
        if type(event) is ActionExecuted:
            if further <= 0:
                states.append(domain.get_active_state(replayed))
            further -= 1
        replayed.update(event)
    return [*states, domain.get_active_state(replayed)]


def possible_keys(policy: RulePolicy, lookup: Mapping[str, str], states: list[State]) -> set[str]:
    """The rules that fit. Rasa compares each rule, and goes on where none reaches any more."""
    rules = _rules_after(policy, lookup, states[-1]) if states else lookup
    longest = max(map(_length, rules), default=0)
    found: set[str] = _keys_of_rasa(policy, rules, states[-longest:] if longest else states)
    return found


def _rules_after(policy: RulePolicy, lookup: Mapping[str, str], state: State) -> Mapping[str, str]:
    """Those that can follow the latest action of this state: the same one, or none is named."""
    kept = policy.__dict__.setdefault("waymark_rules", {})
    if id(lookup) not in kept:
        parted: dict[str | None, dict[str, str]] = defaultdict(dict)
        for rule, action in lookup.items():
            parted[_after(json.loads(rule)[-1])][rule] = action
        kept[id(lookup)] = (lookup, parted)
    parted, after = kept[id(lookup)][1], _after(state)
    if after is None:
        return lookup
    return {**parted.get(after, {}), **parted.get(None, {})}


def _after(state: State) -> str | None:
    return (state.get(PREVIOUS_ACTION) or {}).get(ACTION_NAME)


@cache
def _length(rule: str) -> int:
    return len(json.loads(rule))


async def validated(
    extracting: ActionExtractSlots,
    extraction_events: list[Event],
    output_channel: Any,
    nlg: Any,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    """What becomes of extracted slots. Rasa replays every event for the tracker that it sends."""
    found = [event for event in extraction_events if isinstance(event, SlotSet)]
    if ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions:
        return found
    sent = twin(tracker)
    for event in found:
        sent.update(event)
    events: list[Event] = await extracting._run_custom_action(
        ACTION_VALIDATE_SLOT_MAPPINGS, output_channel, nlg, sent, domain
    )
    judged = {event.key for event in events if isinstance(event, SlotSet)}
    return events + [event for event in found if event.key not in judged]


def any_response(
    nlg: TemplatedNaturalLanguageGenerator, name: str, channel: str, slots: dict[str, Any]
) -> dict[str, Any] | None:
    """One of the responses that fit. Rasa makes an array of them to choose from."""
    if name not in nlg.responses:
        return None
    fit = ResponseVariationFilter(nlg.responses).responses_for_utter_action(name, channel, slots)
    return random.choice(fit) if fit else None  # noqa: S311  (no secret)


def built_in(action_endpoint: Any = None) -> list[Any]:
    """Rasa's own actions, which keep nothing between two turns, made once for an endpoint."""
    if _built_in.get("endpoint") is not action_endpoint or "actions" not in _built_in:
        _built_in.update(endpoint=action_endpoint, actions=_built_in_of_rasa(action_endpoint))
    return list(_built_in["actions"])


_built_in: dict[str, Any] = {}
