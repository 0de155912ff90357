"""Every rule catches what it says it must, and leaves what it must not."""

from __future__ import annotations

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import CATEGORIES, DISPOSITIONS
from nlu.risk.rulebook import Rule, read_rules

RULES = read_rules()


def names(recogniser: Recogniser, text: str) -> set[str]:
    found = recogniser.by_rules(recogniser.read(text))
    return {item.evidence[0].by.removeprefix("rule:") for item in found}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_catches_what_it_must(rules_only: Recogniser, rule: Rule) -> None:
    assert [text for text in rule.must if rule.name not in names(rules_only, text)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_leaves_what_it_must_not(rules_only: Recogniser, rule: Rule) -> None:
    assert [text for text in rule.must_not if rule.name in names(rules_only, text)] == []


def test_every_category_has_rules_and_every_rule_says_what_and_why() -> None:
    assert {rule.category for rule in RULES} == set(CATEGORIES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.catches, rule.name
        assert rule.source, rule.name
        assert rule.must, rule.name
        assert rule.must_not, rule.name
        assert rule.disposition in DISPOSITIONS, rule.name
