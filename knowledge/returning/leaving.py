"""Who left in a hurry, for whoever is about to write to somebody."""

from collections.abc import Iterable

from knowledge.conversations.model import Author, Entry, Kind


def left_in_a_hurry(entries: Iterable[Entry]) -> bool:
    """Whether the person left in a hurry and has not written since; the entries oldest first.

    As long as it is so, nobody contacts them: whoever made them leave may be beside them.
    """
    left = False
    for entry in entries:
        if entry.kind is Kind.HURRIED:
            left = True
        elif entry.author is Author.PERSON:
            left = False
    return left
