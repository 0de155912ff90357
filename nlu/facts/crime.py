"""Which of the crime types a message tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlu.facts.model import Fact

SURE = 0.35  # probability among all labels, from the cross-validated examples
SURE_WHEN_ASKED = 0.2

# Words that name a crime outright. The classifier reads everything else.
NAMED = {
    "burglary": r"\bburgl\w*|\bbroke(?:n)? in(?:to|2)? (?:my|our|the|mums?|her|his) (?:house|home|flat|shed|garage|bungalow|place)\b",
    "robbery": r"\b(?:robbed at|mugged|mugging|robbery)\b",
    "vehicle_crime": r"\b(?:car|van|motorbike|moped)(?: \w+){0,3} (?:stolen|nicked|taken|broken into)\b",
    "hate_crime": r"\bhate crime\b",
    "stalking": r"\bstalk(?:ed|ing|er|s)?\b",
    "fraud_cyber": r"\b(?:scam\w*|fraud\w*|phish\w*|hacked)\b",
    "arson": r"\barson\b",
    "modern_slavery": r"\b(?:modern slavery|trafficked)\b",
    "criminal_damage": r"\b(?:criminal damage|vandal\w*|graffiti)\b",
}
_NAMED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in NAMED.items()}


def read(text: str, question: str | None, crimes: Sequence[tuple[str, float]]) -> Fact | None:
    """The crime type, if the words name one or the classifier is sure."""
    named = [(found.start(), name, found) for name, rule in _NAMED.items() if (found := rule.search(text))]
    if named:
        _, name, found = min(named, key=lambda item: item[0])
        return Fact("crime_type", name, found.group())
    limit = SURE_WHEN_ASKED if question == "crime_type" else SURE
    if crimes and crimes[0][1] >= limit and len(text.split()) > 1:
        return Fact("crime_type", crimes[0][0], text)
    return None
