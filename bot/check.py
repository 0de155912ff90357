"""Rasa's own tests: `python -m bot.check` validates the data, plays tests/conversations/, and
measures the trained understanding on messages that no training saw (report in results/)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

VAR = Path(os.environ.get("WAYMARK_VAR", "var"))
MODEL = str(VAR / "models" / "assistant.tar.gz")
TRAINING = ["bot/rules", "bot/stories", "nlu/en"]
UNSEEN = Path("tests/nlu/understanding/messages.jsonl")
RESULTS = Path("results/nlu")
LEAST = 0.92  # of the messages that answer no question: Rasa's test knows of no questions
RASA = str(Path(sys.executable).with_name("rasa"))
VALIDATE = (
    "data",
    "validate",
    "--domain",
    "bot/domain",
    "--data",
    *TRAINING,
    "--max-history",
    "5",
)
CORE = (
    *("test", "core", "--stories", "tests/conversations/test_rules.yml", "--model", MODEL),
    *("--out", str(VAR / "rasa-test"), "--fail-on-prediction-errors"),
)


def main() -> None:
    """Run all; ends with the first failure and what Rasa printed of it."""
    _run(VALIDATE)
    _run(CORE)
    with tempfile.TemporaryDirectory() as folder:
        unseen = Path(folder, "unseen.yml")
        unseen.write_text(as_examples(_messages(UNSEEN)), "utf-8")
        told = ("test", "nlu", "--nlu", str(unseen), "--model", MODEL, "--no-plot")
        _run((*told, "--out", str(RESULTS)))
    right, summary = _summary(RESULTS / "intent_report.json")
    sys.stdout.write(summary + "\n")
    if right < LEAST:
        sys.exit(f"rasa test nlu: fewer than {LEAST:.0%} right")


def as_examples(messages: Iterable[dict[str, Any]]) -> str:
    """Messages of our evaluation as Rasa's test data: those that answer no question."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for one in messages:
        if not one.get("question"):
            by_intent[one["intent"]].append(" ".join(one["text"].split()))
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in sorted(by_intent.items())
    ]
    return yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True)


def _run(arguments: Sequence[str]) -> None:
    done = subprocess.run([RASA, *arguments], capture_output=True, text=True, check=False)  # noqa: S603
    outcome = "passed" if done.returncode == 0 else "failed"
    sys.stdout.write(f"rasa {' '.join(arguments[:2])}: {outcome}\n")
    if done.returncode != 0:
        sys.exit(done.stdout[-4000:] + done.stderr[-4000:])


def _messages(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _summary(path: Path) -> tuple[float, str]:
    report = json.loads(path.read_text("utf-8"))
    whole = report["weighted avg"]
    right = float(report.get("accuracy", whole["recall"]))
    many = int(whole["support"])
    return right, f"rasa test nlu: {right:.1%} of {many} unseen messages right; report in {path}"


if __name__ == "__main__":
    main()
