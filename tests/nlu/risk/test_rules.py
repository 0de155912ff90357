"""Every rule catches what it says it must, and leaves what it must not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import CATEGORIES, DISPOSITIONS
from nlu.risk.rulebook import Lexicon, Rule, Rulebook, read_rules
from nlu.risk.scopes import Scopes

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


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if "firm" in rule.heeds], ids=lambda rule: rule.name
)
def test_what_a_firm_does_is_left_because_a_firm_does_it(
    rules_only: Recogniser, rule: Rule
) -> None:
    lexicon = Lexicon()
    heeds = tuple(scope for scope in rule.heeds if scope != "firm")
    blind, scopes = Rulebook([replace(rule, heeds=heeds)], lexicon), Scopes(lexicon)
    caught = []
    for text in rule.must_not:
        sentences = [one.plain for one in rules_only.read(text).sentences]
        context = scopes.context(sentences)
        caught += [
            text
            for at, words in enumerate(sentences)
            for found in blind.find(words)
            if context.counts(found, at)
        ]
    assert caught, "no example that only the scope `firm` takes away"


def test_every_category_has_rules_and_every_rule_says_what_and_why() -> None:
    assert {rule.category for rule in RULES} == set(CATEGORIES)
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.catches, rule.name
        assert rule.source, rule.name
        assert rule.must, rule.name
        assert rule.must_not, rule.name
        assert rule.disposition in DISPOSITIONS, rule.name
