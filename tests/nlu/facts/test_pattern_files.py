"""Every group of patterns finds what it must and leaves what it must not."""

from __future__ import annotations

import pytest
import yaml

from nlu.facts.plain import Plain
from nlu.facts.rulebook import PATTERNS, Group, rulebook

GROUPS = [
    (path.stem, group)
    for path in sorted(PATTERNS.glob("*.yml"))
    for group in rulebook(path.stem).groups
]
NAMES = [f"{field}-{group.name}" for field, group in GROUPS]


def _found(field: str, group: Group, text: str) -> bool:
    question = next(iter(sorted(group.asked, key=str)), None)
    return any(hit.group is group for hit in rulebook(field).hits(Plain(text), question))


@pytest.mark.parametrize(("field", "group"), GROUPS, ids=NAMES)
def test_it_finds_what_it_must(field: str, group: Group) -> None:
    assert [text for text in group.must if not _found(field, group, text)] == []


@pytest.mark.parametrize(("field", "group"), GROUPS, ids=NAMES)
def test_it_leaves_what_it_must_not(field: str, group: Group) -> None:
    assert [text for text in group.must_not if _found(field, group, text)] == []


@pytest.mark.parametrize(("field", "group"), GROUPS, ids=NAMES)
def test_it_has_examples_of_both_kinds(field: str, group: Group) -> None:
    assert group.must
    assert group.must_not


def test_no_file_of_a_field_is_forgotten() -> None:
    named = {
        part
        for path in PATTERNS.glob("*.yml")
        for part in yaml.safe_load(path.read_text("utf-8")).get("parts", ())
    }
    assert named == {str(path.relative_to(PATTERNS)) for path in PATTERNS.glob("*/*.yml")}
