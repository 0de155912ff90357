"""Who of the team is in a conversation; follows from its entries."""

from collections.abc import Iterable

from knowledge.conversations.model import Entry, Holder, Kind, State

# What says who of the team is in a conversation.
PLACES = (
    Kind.TAKEN,
    Kind.JOINED,
    Kind.LEFT,
    Kind.TRANSFERRED,
    Kind.GIVEN_BACK,
    Kind.CLOSED,
)


def guests(entries: Iterable[Entry]) -> list[str]:
    """Who joined beside the holder and has not left since; the entries oldest first."""
    there: dict[str, None] = {}
    for entry in entries:
        if entry.kind is Kind.JOINED:
            there[entry.by or ""] = None
        elif entry.kind in (Kind.LEFT, Kind.TAKEN):
            there.pop(entry.by or "", None)
        elif entry.kind in (Kind.GIVEN_BACK, Kind.CLOSED):
            there.clear()
    return list(there)


def speakers(state: State, entries: Iterable[Entry]) -> set[str]:
    """Who may speak to the person: the holder, and whoever joined them."""
    if state.holder is not Holder.COORDINATOR:
        return set()
    return {state.held_by or "", *guests(entries)}
