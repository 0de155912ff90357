"""One topic, one stem, in every room; and every intent with the examples it was promised."""

from collections import Counter

import pytest

from tests.house import domain

TOPICS = {stem for stem in domain.domain_files() if not stem.startswith("_")}


def test_every_rule_file_belongs_to_a_topic() -> None:
    stems = {path.stem for path in (domain.ROOT / "bot" / "rules").glob("*.yml")}
    assert {stem for stem in stems if not stem.startswith("_")} - TOPICS == set()


@pytest.mark.parametrize("intent", sorted(domain.contract()))
def test_the_intent_has_its_examples(intent: str) -> None:
    promised = domain.contract()[intent]
    labels = [f"{intent}/{crime}" for crime in promised.get("crime_types", ())] or [intent]
    few = {
        label: len(domain.examples().get(label, ()))
        for label in labels
        if len(domain.examples().get(label, ())) < promised["least_examples"]
    }
    assert few == {}


def test_no_example_stands_twice() -> None:
    texts = Counter(text.casefold() for lines in domain.examples().values() for text in lines)
    assert [text for text, times in texts.items() if times > 1] == []


def test_no_example_is_outside_the_contract() -> None:
    known = set(domain.contract())
    assert {label for label in domain.examples() if label.partition("/")[0] not in known} == set()
