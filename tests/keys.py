"""Keys for tests, and a conversation with all that must be sealed."""

import pytest

from knowledge.assessment.model import Fact
from knowledge.chats.model import Update
from knowledge.conversations.model import Author, Draft, HandOff, Priority
from knowledge.opening import Knowledge
from knowledge.sealing.columns import use
from knowledge.sealing.ring import Key, Ring
from tests.knowledge.conversations.builders import opened

WORDS = "MARKED he followed me home"
PLACE = {"as_said": "MARKED", "district": "stevenage", "county": "hertfordshire"}


@pytest.fixture(autouse=True)
def ring() -> Ring:
    """This test's own keys, in use."""
    made = Ring([Key.new("t1")])
    use(made)
    return made


async def everything(knowledge: Knowledge) -> str:
    """A conversation with all that can be told."""
    conversation = await opened(knowledge)
    said = Draft(author=Author.PERSON, text=WORDS, details={"choice": "MARKED"})
    await knowledge.conversations.receive(conversation, said)
    fact = Fact(name="place", value=PLACE, message="m1", as_said="MARKED")
    await knowledge.assessments.keep(conversation, [fact])
    asked = HandOff(priority=Priority.URGENT, reasons=("asked_for_person",))
    await knowledge.conversations.hand_off(conversation, asked)
    await knowledge.chats.add("telegram", "55512345", conversation)
    update_ = Update(channel="telegram", number=1, address="55512345", payload=WORDS)
    await knowledge.chats.take("telegram", [update_])
    return conversation
