"""What is done with less work than Rasa does it gives what Rasa gives."""

from __future__ import annotations

import importlib.metadata
import json
import random
from typing import Any

import pytest
from rasa.core.actions.action import ActionExtractSlots
from rasa.core.featurizers.tracker_featurizers import FullDialogueTrackerFeaturizer
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.core.test import EndToEndUserUtterance
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot import swifter

DOMAIN = Domain.from_path("bot/domain")
FORM = "assessment_form"


def _event(dice: random.Random) -> Event:
    understood = {"intent": {"name": "tell"}, "facts": [{"name": "x"}]}
    intent = {"name": dice.choice(["tell", "affirm"]), "confidence": 0.9}
    said = UserUttered("words", intent, parse_data=understood)
    slot = SlotSet(dice.choice(DOMAIN.slots).name, dice.choice([None, "value", True, ["a"]]))
    action = ActionExecuted(dice.choice(["action_listen", FORM, "action_find_services"]))
    loop = ActiveLoop(dice.choice([FORM, None]))
    rest = [LoopInterrupted(True), ActionExecutionRejected(FORM), SessionStarted()]
    shown = BotUttered("seen", {"custom": {"services": [{"id": "a"}]}})
    return dice.choice(
        [said, slot, slot, slot, action, action, loop, BotUttered("x"), shown, *rest]
    )


def _tracker(seed: int) -> DialogueStateTracker:
    dice = random.Random(seed)  # noqa: S311
    events = [SessionStarted(), *(_event(dice) for _ in range(dice.randrange(60)))]
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots)


def _stands(tracker: DialogueStateTracker) -> dict[str, Any]:
    slots = {name: vars(slot) for name, slot in tracker.slots.items()}
    rest = {
        name: value for name, value in vars(tracker).items() if name not in ("slots", "events")
    }
    return {**rest, "slots": slots, "events": list(tracker.events)}


def _by_replaying(tracker: DialogueStateTracker) -> DialogueStateTracker:
    made: DialogueStateTracker = swifter._copy_of_rasa(tracker)
    return made


TAKES_BACK = [ActionReverted(), UserUtteranceReverted(), EndToEndUserUtterance("words")]


@pytest.mark.parametrize("seed", range(300))
def test_the_same_events_stand(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    events = [*_tracker(seed).events, DefinePrevUserUtteredFeaturization(False)]
    rare = [Restarted(), FollowupAction(FORM)] * (seed % 3 == 0) + TAKES_BACK * (seed % 4 == 0)
    for event in rare:
        events.insert(dice.randrange(len(events)), event)
    tracker = DialogueStateTracker.from_events("c", events, DOMAIN.slots)
    theirs = swifter._applied_by_rasa(tracker)
    assert list(map(id, swifter.applied_events(tracker))) == list(map(id, theirs))


@pytest.mark.parametrize("seed", range(60))
def test_a_copy_stands_where_rasas_copy_stands(seed: int) -> None:
    tracker = _tracker(seed)
    theirs = _by_replaying(tracker)
    assert _stands(swifter.twin(tracker)) == _stands(theirs)


def test_what_happens_to_a_copy_does_not_happen_to_the_other() -> None:
    tracker = _tracker(1)
    tracker.update(ActiveLoop(FORM))
    before = json.dumps(tracker.current_state(EventVerbosity.ALL), default=str)
    made = swifter.twin(tracker)
    made.update_with_events(
        [SlotSet("asked", "other"), LoopInterrupted(True), ActionExecutionRejected(FORM)], DOMAIN
    )
    assert json.dumps(tracker.current_state(EventVerbosity.ALL), default=str) == before
    assert made.get_slot("asked") == "other"


def test_slots_that_are_made_when_asked_for_are_copied_by_rasa() -> None:
    made = swifter.twin(DialogueStateTracker("c", None))
    assert made.get_slot("anything") is None


STATES: list[dict[str, Any]] = [
    {"user": {"intent": "greet"}, "prev_action": {"action_name": "action_listen"}},
    {"user": {"intent": "tell"}, "prev_action": {"action_name": "action_listen"}},
    {"prev_action": {"action_name": "utter_hello"}},
    {"slots": {"asked": ["a"]}, "prev_action": {"action_name": "action_listen"}},
    {},
]


@pytest.mark.parametrize("seed", range(60))
def test_the_same_rules_fit(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    rules = {json.dumps(dice.choices(STATES, k=dice.randint(1, 3))): "x" for _ in range(20)}
    states = dice.choices(STATES, k=dice.randint(1, 12))
    policy = RulePolicy.__new__(RulePolicy)
    theirs = swifter._keys_of_rasa(policy, rules, states)
    assert swifter.possible_keys(policy, rules, states) == theirs


def test_no_rules_fit_where_there_are_none() -> None:
    assert swifter.possible_keys(RulePolicy.__new__(RulePolicy), {}, STATES) == set()


@pytest.mark.parametrize("text", [True, False])
@pytest.mark.parametrize("seed", range(40))
def test_rules_see_the_same_as_far_as_they_reach(seed: int, text: bool) -> None:
    policy = RulePolicy.__new__(RulePolicy)
    policy._Policy__featurizer = FullDialogueTrackerFeaturizer()
    policy.lookup = {RULES: {json.dumps(STATES[:reach]): "x" for reach in (1, 2, 3)}}
    theirs = swifter._states_of_rasa(policy, _tracker(seed), DOMAIN, text)
    assert swifter.recent_states(policy, _tracker(seed), DOMAIN, text) == theirs[-3:]


@pytest.mark.parametrize("slots", [[], [SlotSet("asked", "what"), SlotSet("misses", 3)]])
@pytest.mark.parametrize("judged", [[], [SlotSet("asked", "judged")]])
async def test_extracted_slots_are_judged_as_by_rasa(
    slots: list[SlotSet], judged: list[SlotSet]
) -> None:
    domain = Domain.from_yaml("version: '3.1'\nactions: [action_validate_slot_mappings]")
    results = []
    for way in (swifter.validated, swifter._validated_by_rasa):
        extracting = Judged(judged)
        events = await way(extracting, list(slots), None, None, _tracker(7), domain)
        values = {name: slot.value for name, slot in extracting.sent[0].slots.items()}
        results.append((events, {name: of for name, of in values.items() if of is not None}))
    assert results[0][0] == results[1][0]
    assert results[0][1].items() >= {slot.key: slot.value for slot in slots}.items()


class Judged(ActionExtractSlots):  # type: ignore[misc]
    """Extracts slots; an action that is not far away judges them."""

    def __init__(self, events: list[SlotSet]) -> None:
        super().__init__(None)
        self.sent: list[DialogueStateTracker] = []
        self._events = events

    async def _run_custom_action(self, *given: Any) -> list[Event]:
        self.sent.append(given[3])
        return [*self._events]


def test_rasas_own_actions_are_made_once() -> None:
    first, again = swifter.built_in(), swifter.built_in()
    assert [one.name() for one in first] == [one.name() for one in swifter._built_in_of_rasa()]
    assert list(map(id, first)) == list(map(id, again))


@pytest.mark.parametrize("seed", range(30))
def test_a_copied_slot_is_the_slot(seed: int) -> None:
    for slot in _tracker(seed).slots.values():
        made = swifter._twin_of_slot(slot)
        assert type(made) is type(slot)
        assert vars(made) == vars(slot)


@pytest.mark.parametrize("name", ["utter_some", "utter_one", "utter_none", "utter_unknown"])
@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize("slots", [{}, {"what": "a"}])
def test_the_same_responses_are_said(name: str, channel: str, slots: dict[str, Any]) -> None:
    only_a = [{"type": "slot", "name": "what", "value": "a"}]
    nlg = TemplatedNaturalLanguageGenerator(
        {
            "utter_some": [{"text": "x"}, {"text": "y"}, {"text": "z", "channel": "telegram"}],
            "utter_one": [{"text": "x"}, {"text": "y", "condition": only_a}],
            "utter_none": [{"text": "y", "condition": only_a}],
        }
    )
    ways = (swifter.any_response, TemplatedNaturalLanguageGenerator._random_response_for)
    ours, theirs = ({str(way(nlg, name, channel, slots)) for _ in range(60)} for way in ways)
    assert ours == theirs


def test_it_stands_for_the_version_that_was_compared() -> None:
    assert importlib.metadata.version("rasa") == "3.6.21"
