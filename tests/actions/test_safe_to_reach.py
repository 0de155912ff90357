"""Who is asked when and how it is safe to reach them."""

import pytest

from actions.names import ActionName, Slot

from .builders import a_fact, a_message, a_tracker, done, slots
from .conftest import Actions


@pytest.mark.parametrize(
    ("how", "crime", "asked"),
    [
        ("phone", "theft", True),
        ("letter", "theft", True),
        ("email", "theft", False),
        ("text", "theft", True),
        ("text", "domestic_abuse", True),
    ],
)
async def test_being_safe_to_reach_is_asked_where_somebody_may_hear_or_read_along(
    actions: Actions, conversation: str, *, how: str, crime: str, asked: bool
) -> None:
    told = a_message(facts=[a_fact("crime_type", crime), a_fact("contact", {"how": how})])
    _, events = await done(actions[ActionName.KEEP], a_tracker(conversation, told))
    assert (slots(events)[Slot.CONTACT_SAFE] is None) == asked
