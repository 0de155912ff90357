"""How long the risk recogniser takes, beside one embedding of the same text; never fails by time.

Run `.venv-assistant/bin/python -m tests.benchmarks.recognise`. Aims on one core: 10 ms for a usual
message, 50 ms for one of 4,000 characters.
"""

from __future__ import annotations

import sys

import numpy as np

from nlu.risk import Recogniser
from nlu.risk.evaluate import timings


def main() -> None:
    """Print median and p99 of each kind of message."""
    for item in timings(Recogniser.load()):
        median, worst = (1000 * float(np.quantile(item.ours, q)) for q in (0.5, 0.99))
        ratio = float(np.median(item.ours) / np.median(item.embedding))
        figures = f"median {median:.1f} ms, p99 {worst:.1f} ms, {ratio:.2f} embeddings"
        sys.stdout.write(f"{item.name}: {figures}\n")


if __name__ == "__main__":
    main()
