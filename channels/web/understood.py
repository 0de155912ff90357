"""What was understood so far, and how much is left to ask: shown beside the chat."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request

from channels.parts import Parts, Wired
from channels.web.keys import reading_key
from channels.web.languages import Translate, noted
from channels.web.notes_page import contact, told
from channels.web.pages import translator

router = APIRouter(include_in_schema=False)

# What a whole assessment asks of everybody, by the name in the record.
ASKED = ("crime_type", "safe_now", "occurred", "place", "reported", "needs")
MANY = 3


@router.get("/understood")
async def understood(request: Request, parts: Wired) -> dict[str, Any]:
    """The same for the page's script."""
    key = await reading_key(request, parts)
    if key is None:
        raise HTTPException(404, noted("There is no chat here."))
    return await so_far(parts, key.conversation, translator(request))


async def so_far(parts: Parts, conversation: str | None, say: Translate) -> dict[str, Any]:
    """The lines that were understood, and a word about how much is left; nobody is hurried."""
    if conversation is None:
        return {"lines": [], "progress": ""}
    record = await parts.knowledge.assessments.read(conversation)
    lines = [*told(record, say), *contact(record["contact"], say)]
    return {"lines": lines, "progress": say(words) if (words := progress(record)) else ""}


def progress(record: Mapping[str, Any]) -> str:
    """How much is left to ask, once something was told; empty when nothing is."""
    known = [name for name in ASKED if name in record["told"]]
    left = len(ASKED) - len(known)
    if record["status"] != "in_progress" or not known or not left:
        return ""
    if left > MANY:
        return noted("I have a few short questions. You can skip any of them.")
    return noted("Only a few more questions. You can skip any of them.")
