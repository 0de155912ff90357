"""Rasa's own tests: `python -m bot.check` validates the data and plays tests/conversations/."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

VAR = Path(os.environ.get("WAYMARK_VAR", "var"))
TRAINING = ["bot/rules", "bot/stories", "nlu/en"]
RASA = str(Path(sys.executable).with_name("rasa"))
COMMANDS = (
    [
        RASA,
        "data",
        "validate",
        "--domain",
        "bot/domain",
        "--data",
        *TRAINING,
        "--max-history",
        "5",
    ],
    [
        *(RASA, "test", "core", "--stories", "tests/conversations/test_rules.yml"),
        *("--model", str(VAR / "models" / "assistant.tar.gz")),
        *("--out", str(VAR / "rasa-test"), "--fail-on-prediction-errors"),
    ],
)


def main() -> None:
    """Run both; ends with the first failure and what Rasa printed of it."""
    for command in COMMANDS:
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        outcome = "passed" if done.returncode == 0 else "failed"
        sys.stdout.write(f"rasa {' '.join(command[1:3])}: {outcome}\n")
        if done.returncode != 0:
            sys.exit(done.stdout[-4000:] + done.stderr[-4000:])


if __name__ == "__main__":
    main()
