"""How long what was told is kept, by the dated rules that delete it (knowledge/retention)."""

from knowledge.assessment.model import Status
from knowledge.assessment.operations import Assessments
from knowledge.retention.model import Kind, rules


def kept_at_least(*, to_the_end: bool = False) -> str:
    """The least time in words: `30 days`. It is longer once the questions came to their end.

    Nothing is deleted before it; what a person of the team took up stays for longer still.
    """
    return rules()[Kind.SIGNPOSTING if to_the_end else Kind.ABANDONED].time


async def kept_of(assessments: Assessments, conversation: str) -> str:
    """The least time for this conversation, as its end has said it where the end was reached."""
    record = await assessments.keep(conversation, [])
    return kept_at_least(to_the_end=record["status"] == Status.COMPLETED)
