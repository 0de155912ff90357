"""What bot/, nlu/, actions/ and channels/ call things: declared once, known on both sides."""

import ast
import re

import pytest
import yaml

from actions.answering import CHOICES, STEERING
from actions.between import explanation
from actions.names import ActionName, Slot, Utter
from actions.questions import ASIDES
from actions.standing import FIELD_OF
from channels.calling_back import is_of_callbacks
from channels.message import SAYS
from channels.reception import THANKS
from channels.words import Say
from knowledge.assessment.model import CRIME_TYPES, NEEDS
from knowledge.marks.model import CATEGORIES
from tests.house import domain

PRECISE = domain.ROOT / "nlu" / "facts" / "patterns" / "asides.yml"
OF_RASA = {"nlu_fallback"}
OF_THE_ASSISTANT = {"told"}  # slots that no action reads (bot/afresh.py)


@pytest.mark.parametrize("section", ["intents", "slots", "actions", "responses", "forms"])
def test_every_name_is_declared_once(section: str) -> None:
    assert domain.doubles(domain.declared(section)) == []


def test_the_actions_of_the_domain_are_those_that_exist() -> None:
    assert set(domain.declared("actions")) == set(ActionName)


def test_every_slot_that_actions_use_is_declared() -> None:
    declared = set(domain.declared("slots"))
    assert set(Slot) - {Slot.REQUESTED} == declared - OF_THE_ASSISTANT
    assert declared >= OF_THE_ASSISTANT


def test_every_response_that_code_names_exists() -> None:
    assert {*Utter, *Say} - set(domain.declared("responses")) == set()


def test_every_response_is_said_somewhere() -> None:
    by_rules = {name for kind, name in domain.steps() if kind == "action"}
    by_forms = {f"utter_ask_{slot}" for slot in _questions()} | {
        explanation(Slot(slot)) for slot in _questions()
    }
    assert set(domain.declared("responses")) - {*Utter, *Say} - by_rules - by_forms == set()


def test_rules_name_only_what_is_declared() -> None:
    known = {
        "intent": {*domain.declared("intents"), *OF_RASA},
        "action": {
            *domain.declared("actions"),
            *domain.declared("responses"),
            *domain.declared("forms"),
        },
    }
    assert [(kind, name) for kind, name in domain.steps() if name not in known[kind]] == []


def test_asides_are_the_same_in_policy_and_actions() -> None:
    assert set(domain.asides()) == ASIDES


def test_every_aside_is_answered_by_something_that_exists() -> None:
    known = {*domain.declared("actions"), *domain.declared("responses")}
    assert set(domain.asides().values()) - known == set()


def test_every_precise_question_has_a_response_and_comes_to_it() -> None:
    table = yaml.safe_load(PRECISE.read_text("utf-8"))["groups"]
    answered = {name for name in Utter if name.startswith("utter_aside_")}
    assert answered == {f"utter_aside_{group['name']}" for group in table}
    leads_to = {domain.asides()[group["value"]] for group in table}
    assert leads_to == {ActionName.ANSWER}


def test_every_intent_of_the_domain_is_in_the_contract() -> None:
    assert set(domain.declared("intents")) - {"choose"} - set(domain.contract()) == set()


def test_the_contract_knows_the_crime_types_of_the_assessment() -> None:
    assert tuple(domain.contract()["tell"]["crime_types"]) == CRIME_TYPES


def test_every_choice_is_understood() -> None:
    strange = [payload for _, payload in _buttons() if not _understood(payload)]
    assert strange == []


def test_no_choice_is_a_payload_of_rasa() -> None:
    assert [payload for _, payload in _buttons() if re.search(r"[/{}]", payload)] == []


def test_every_question_can_be_skipped_or_needs_no_skip() -> None:
    without = {"utter_ask_assessment_safe_now", "utter_ask_assessment_start_again"}
    asked = {f"utter_ask_{slot}" for slot in _questions()} - without
    skippable = {name for name, payload in _buttons() if payload == "skip"}
    assert asked - skippable == set()


def _questions() -> list[str]:
    return [
        slot
        for topic in domain.domain_files().values()
        for form in (topic.get("forms") or {}).values()
        for slot in form["required_slots"]
    ]


def _buttons() -> list[tuple[str, str]]:
    return [
        (name, button["payload"])
        for name, variation in domain.responses()
        for button in variation.get("buttons") or ()
        if not button["payload"].startswith(SAYS)  # words of the person: they never are a payload
    ]


def _understood(payload: str) -> bool:
    if is_of_callbacks(payload):
        return True
    field, separator, value = payload.partition("=")
    if payload in THANKS:  # asked by the desk, answered at reception
        return True
    if not separator:
        return field in domain.declared("intents")
    if payload == "field=place":  # a box with suggestions; what is written in it is words
        return True
    if field == "which":
        return value == "nothing" or f"assessment_{value}" in FIELD_OF
    fits = field != "needs" or value in {*NEEDS, "none"}
    return field in {*CHOICES, *STEERING} and fits


def test_every_question_can_be_said_more_simply() -> None:
    explained = {explanation(Slot(slot)) for slot in _questions()}
    assert explained - set(domain.declared("responses")) == set()


def test_marks_name_the_categories_of_the_recogniser() -> None:
    tree = ast.parse((domain.ROOT / "nlu/risk/answer.py").read_text("utf-8"))
    named = {
        target.id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id == "CATEGORIES"
    }
    assert set(named["CATEGORIES"]) == set(CATEGORIES)
