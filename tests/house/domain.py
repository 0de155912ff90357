"""The YAML of bot/ and nlu/ as tests read it."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]


@cache
def domain_files() -> dict[str, dict[str, Any]]:
    """Every domain file by its topic."""
    return {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in sorted((ROOT / "bot" / "domain").glob("*.yml"))
    }


def declared(section: str) -> list[str]:
    """All names of one section (intents, slots, actions, responses, forms), doubles included."""
    return [name for topic in domain_files().values() for name in topic.get(section) or ()]


def doubles(names: list[str]) -> list[str]:
    """Names that stand more than once."""
    return [name for name, times in Counter(names).items() if times > 1]


def responses() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every response variation with its name."""
    for topic in domain_files().values():
        for name, variations in (topic.get("responses") or {}).items():
            for variation in variations:
                yield name, variation


def steps() -> Iterator[tuple[str, str]]:
    """Every (kind, name) that rules and stories mention: intent, action."""
    for path in [
        *(ROOT / "bot" / "rules").glob("*.yml"),
        *(ROOT / "bot" / "stories").glob("*.yml"),
    ]:
        content = yaml.safe_load(path.read_text("utf-8"))
        for rule in [*(content.get("rules") or ()), *(content.get("stories") or ())]:
            for step in rule["steps"]:
                for part in step.get("or", [step]):
                    yield from (
                        (kind, part[kind]) for kind in ("intent", "action") if kind in part
                    )


def asides() -> dict[str, str]:
    """What the policy for asides answers: intent to action."""
    policy = _aside_policy()
    return {**policy["answers"], **policy["endings"]}


def said_before_a_question() -> set[str]:
    """The responses after which the open question of a form comes again."""
    policy = _aside_policy()
    answers = {
        action if action.startswith("utter_") else f"utter_{intent}"
        for intent, action in policy["answers"].items()
    }
    notices = {f"utter_{name}" for name in policy["notices"]}
    precise = {name for name in declared("responses") if name.startswith("utter_aside_")}
    return (answers | notices | precise) & set(declared("responses"))


def _aside_policy() -> dict[str, Any]:
    recipe = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    (policy,) = (one for one in recipe["policies"] if one["name"].endswith("AsidePolicy"))
    return dict(policy)


@cache
def contract() -> dict[str, Any]:
    """The contract of intents."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "nlu" / "intents.yml").read_text("utf-8"))
    return loaded


@cache
def examples() -> dict[str, list[str]]:
    """All examples by label (`affirm`, `tell/burglary`)."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "nlu" / "en").glob("*.yml")):
        for item in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = [line.strip()[2:] for line in item["examples"].splitlines() if line.strip()]
            found.setdefault(item["intent"], []).extend(lines)
    return found
