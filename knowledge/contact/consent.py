"""Whether a person agreed to be written to by e-mail. It is theirs alone to say."""

from collections.abc import Iterable

from knowledge.conversations.model import Author, Entry

WRITING = "writing"
MAY_WRITE, MAY_NOT_WRITE = f"{WRITING}=yes", f"{WRITING}=no"
_SAID = {MAY_WRITE: True, MAY_NOT_WRITE: False, "callback_way=email": True}


def agreed_to_writing(thread: Iterable[Entry], consent: bool | None) -> bool:
    """Their last word in the thread; else whether the record may be used to reach them.

    ``consent`` is that of the assessment. Not asked, or not answered, is no.
    """
    said = [
        _SAID[entry.details["choice"]]
        for entry in thread
        if entry.author is Author.PERSON and entry.details.get("choice") in _SAID
    ]
    return said[-1] if said else consent is True
