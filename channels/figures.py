"""What the operator can watch at /metrics: figures of this process, counted where things happen.

A label is always a word of our own code, never anything that a person wrote or an id of theirs.
"""

from prometheus_client import Counter, Gauge

from channels.assistant import AssistantFailed, NobodyThere

ANSWERED = Counter("waymark_answered", "Messages answered, or read for the co-ordinator.")
FAILED = Counter(
    "waymark_answers_failed", "Messages that got the last words with 999 instead.", ["why"]
)
REFUSED = Counter("waymark_refused", "Requests that were refused, by kind.", ["why"])
ATTEMPTS = Counter(
    "waymark_attempts", "Attempts that were refused: over a limit, malformed, forbidden.", ["kind"]
)
NOT_SENT = Counter(
    "waymark_notices_not_sent", "Tries to tell of an alarm that did not go out.", ["way"]
)
WAITING = Gauge("waymark_waiting", "Conversations that wait for an answer.")
UNREAD = Gauge("waymark_unread", "Messages nobody could read for danger yet (20: or more).")
JOBS = Gauge("waymark_jobs", "What this process does for all: 1 while it does.", ["job"])

# How our client of the assistant says what went wrong; anything else it may say is "other".
_WHYS = {
    "TimeoutError": "late",
    "empty": "empty",
    "malformed": "malformed",
    "too many wait": "crowded",
    "the message can't be opened": "sealed",
}


def why(error: Exception) -> str:
    """The label for an answer that failed: one of a few words, whatever the error says."""
    if isinstance(error, NobodyThere):
        return "nobody_there"
    if not isinstance(error, AssistantFailed):
        return "ours"
    said = str(error)
    return "status" if said.startswith("status ") else _WHYS.get(said, "other")
