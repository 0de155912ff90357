"""Playing tests/nlu/understanding/conversations.yml at the chat API, by the README beside it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conversations.speech import Talk
from tests.nlu.scoring import fits

ROOT = Path(__file__).parents[2]
PLAYED = ROOT / "tests" / "nlu" / "understanding" / "conversations.yml"
QUESTION = re.compile(r"utter_ask_(?:assessment_)?(\w+)")
# Questions of ours that share a name with one of the contract.
ALSO = {
    "contact_safe": "contact",
    "contact_else": "contact",
    "clarify": "where",
    "which": "confirm_summary",
    "consent_to_summary": "confirm_summary",
}
MOST_TURNS = 30


@dataclass
class Played:
    """What came of one conversation."""

    script: Mapping[str, Any]
    asked: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # put again right after their answer
    turns: int = 0
    record: dict[str, Any] = field(default_factory=dict)
    holder: str = ""

    @property
    def asked_needlessly(self) -> list[str]:
        """Questions that were put although their answer had been told, before or just now."""
        return sorted({*self.asked} & {*self.script["never_ask"]} | {*self.repeated})

    @property
    def was_alarmed(self) -> bool:
        """Whether an alarm broke off the questions."""
        return self.record["hand_off"]["priority"] in ("urgent", "emergency")

    @property
    def wrong(self) -> list[str]:
        """Facts that are not in the record as they were told."""
        return [
            f"{name}: {self.record.get(name)}"
            for name, told in self.script["facts"].items()
            if not _recorded(name, told, self.record)
        ]

    def line(self) -> str:
        """The conversation in one line of a table."""
        title = self.script["title"][:44]
        needless = ",".join(self.asked_needlessly) or "-"
        wrong = "; ".join(fact[:90] for fact in self.wrong) or "-"
        return f"{self.turns:3} {title:44} {self.holder:9} again: {needless:12} wrong: {wrong}"


def scripts() -> list[dict[str, Any]]:
    """The conversations: only the person's lines."""
    loaded: list[dict[str, Any]] = yaml.safe_load(PLAYED.read_text("utf-8"))
    return loaded


def play(url: str, script: Mapping[str, Any]) -> Played:
    """One conversation from its first line to its end."""
    talk, played = Talk(url).open(), Played(script)
    lines, question = list(script["lines"]), "welcome"
    while played.turns < MOST_TURNS and question:
        beside = bool(lines) and lines[0]["asked"] == "any"
        says = _next_line(lines, question)
        if says == "":
            break
        if says is None and question == "welcome":
            break
        talk.play({"person": says or "skip"})
        played.turns += 1
        put = question_put([one["text"] for one in talk.answer])
        if put and put != question:
            played.asked.append(put)
        elif put and says and not beside and not _has_more(lines, question):
            played.repeated.append(put)
        question = put or ("welcome" if _next_is_open(lines) else "")
    played.record, played.holder = talk.record(), talk.holder
    return played


def _next_line(lines: list[dict[str, str]], question: str) -> str | None:
    if lines and lines[0]["asked"] == "any":
        return lines.pop(0)["says"]
    for line in lines:
        if line["asked"] == ALSO.get(question, question):
            lines.remove(line)
            return line["says"]
    return None


def _has_more(lines: list[dict[str, str]], question: str) -> bool:
    """Whether what was said there was something beside the answer, which is still to come."""
    return any(line["asked"] == ALSO.get(question, question) for line in lines)


def _next_is_open(lines: list[dict[str, str]]) -> bool:
    return bool(lines) and lines[0]["asked"] in ("welcome", "any")


def question_put(texts: list[str]) -> str:
    """The question that the last words put, by its name in the contract; "" for none."""
    for name, pattern in _QUESTIONS:
        if texts and pattern.fullmatch(texts[-1]):
            return name
    return ""


def _questions() -> Iterator[tuple[str, re.Pattern[str]]]:
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "assessment.yml").read_text("utf-8"))
    said = yaml.safe_load((ROOT / "bot" / "domain" / "assessment_said.yml").read_text("utf-8"))
    for name, variations in {**domain["responses"], **said["responses"]}.items():
        if found := QUESTION.fullmatch(name):
            for one in variations:
                words = re.escape(one["text"].strip())
                yield found[1], re.compile(re.sub(r"\\\{\w+\\\}", ".*", words), re.DOTALL)


_QUESTIONS = list(_questions())


def _recorded(name: str, told: Any, record: Mapping[str, Any]) -> bool:
    found = record.get(name)
    if name == "contact":
        return found is not None and all(_wish(key, told[key], found[key]) for key in told)
    if found is None:
        return told is None or (name == "place" and told.get("district") is None)
    return fits(name, told, found, {"also": ()})


def _wish(key: str, told: Any, found: Any) -> bool:
    """A wish about contact, compared by meaning where it is a person's own words."""
    if key == "safe_times":
        return bool(set(str(told).lower().split()) & set(str(found).lower().split()))
    return set(told) <= set(found) if isinstance(told, list) else bool(told == found)
