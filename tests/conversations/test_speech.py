"""Whole conversations with the real assistant, sorted by behaviour."""

from typing import Any

import pytest

from tests.conversations.speech import Talk, conversations, holds
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

ALL = conversations()


def _marks(conversation: dict[str, Any]) -> list[pytest.MarkDecorator]:
    known = conversation.get("known")
    return [pytest.mark.xfail(strict=True, reason=known)] if known else []


@pytest.mark.parametrize(
    "conversation", [pytest.param(one, id=name, marks=_marks(one)) for name, one in ALL]
)
def test_the_conversation_goes_as_promised(conversation: dict[str, Any], waymark: Waymark) -> None:
    talk = Talk(waymark.url).open()
    for line in conversation["speech"]:
        talk.play(line)
    record = talk.record()
    assert holds(record, conversation.get("record", {})), record
