"""The examples are whole, and nothing of the evaluation is among them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu import examples
from nlu.examples import Example
from nlu.meaning import intent_of
from tests.nlu import scoring

CONTRACT = yaml.safe_load(Path("nlu/intents.yml").read_text("utf-8"))
ANSWERS = list(examples.answers())
LONG = 5  # words; shorter ones are everybody's
ROLES = {
    "victim", "bereaved_relative", "parent_guardian", "spokesperson", "business_contact",
    "witness", "other", "none",
}  # fmt: skip
KNOWN = {"yes", "no", "does_not_want", "none"}


def said_in_training() -> list[Example]:
    said = []
    for path in sorted(Path("nlu/en").glob("*.yml")):
        for item in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = [line[2:] for line in item.get("examples", "").splitlines()]
            said += [Example(line, None, item["intent"]) for line in lines if "intent" in item]
    return said


SAID = said_in_training()


def test_every_answer_is_a_text_with_an_intent_of_the_contract() -> None:
    assert {intent_of(one.label) for one in ANSWERS} <= set(CONTRACT)
    assert all(isinstance(one.text, str) and one.text.strip() for one in ANSWERS)


def test_every_question_has_answers() -> None:
    asked = yaml.safe_load(Path("nlu/answers.yml").read_text("utf-8"))["questions"]
    assert {one.question for one in ANSWERS} == set(asked)


@pytest.mark.parametrize("intent", [name for name in CONTRACT if name != "tell"])
def test_every_intent_has_thirty_examples(intent: str) -> None:
    assert sum(one.label == intent for one in SAID) >= 30


@pytest.mark.parametrize("crime", CONTRACT["tell"]["crime_types"])
def test_every_crime_has_sixty_examples(crime: str) -> None:
    assert sum(one.label == f"tell/{crime}" for one in SAID) >= 60


def test_facts_are_values_of_the_assessment() -> None:
    assert {one.label for one in examples.of_role([*SAID, *ANSWERS])} == ROLES
    assert {one.label for one in examples.of_reported()} == KNOWN
    crimes = {intent_of(one.label[5:]) for one in examples.crimes()}
    assert crimes == set(CONTRACT["tell"]["crime_types"])


def test_who_speaks_of_others_is_not_taken_for_the_victim() -> None:
    told = [
        Example("my mum was burgled in her bed", None, "tell/burglary"),
        Example("we were burgled", None, "tell/burglary"),
        Example("they robbed our branch", None, "tell/business_crime"),
    ]
    roles = {one.text: one.label for one in examples.of_role(told)}
    assert "my mum was burgled in her bed" not in roles
    assert roles["we were burgled"] == "victim"
    assert roles["they robbed our branch"] == "business_contact"


def test_no_message_of_the_evaluation_is_learned() -> None:
    learned = {one.text.lower() for one in (*SAID, *ANSWERS)}
    learned |= {one.text.lower() for one in examples.of_role(())}
    learned |= {one.text.lower() for one in (*examples.of_reported(), *examples.crimes())}
    judged = {row["text"].lower() for row in (*scoring.evaluation(), *scoring.varied())}
    assert {text for text in judged & learned if len(text.split()) >= LONG} == set()
