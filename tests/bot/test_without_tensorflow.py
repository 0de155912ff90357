"""The assistant's process without TensorFlow: what Rasa imports there, and what does not run."""

from __future__ import annotations

import subprocess
import sys

SERVES = """
from bot.without_tensorflow import keep_out
keep_out()
import rasa.core.run, rasa.core.processor, rasa.engine.recipes.default_recipe
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.policies.ted_policy import TED
print(any("libtensorflow" in line for line in open("/proc/self/maps")))
try:
    TED({}, {}, False, {})
except RuntimeError as error:
    print(error)
"""


def test_rasa_is_imported_without_it_and_what_needs_it_says_so() -> None:
    command = [sys.executable, "-W", "ignore", "-c", SERVES]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded, said = done.stdout.splitlines()
    assert loaded == "False"
    assert said == "TED needs TensorFlow, which is not loaded"
