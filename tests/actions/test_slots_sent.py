"""The assistant is sent the slots that changed: its work grows with every event."""

from actions.names import ActionName, Slot
from actions.standing import QUESTIONS
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done
from .conftest import Actions

KEEP = ActionName.KEEP
BURGLED = [a_fact("crime_type", "burglary", "burgled")]


async def test_only_what_changed_is_sent_and_always_one_question(
    actions: Actions, conversation: str
) -> None:
    _, first = await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    kept = {str(one["name"]): one["value"] for one in first}
    assert kept[Slot.CRIME_TYPE] == "burglary"
    nothing = a_tracker(conversation, a_message("ok", "greet", message="m2"), **kept)
    _, second = await done(actions[KEEP], nothing)
    # a form that is told nothing refuses the message
    assert [one["name"] for one in second] == [QUESTIONS[0], Slot.KEPT_MESSAGE]


async def test_what_was_known_and_is_taken_back_is_sent(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    _, first = await done(actions[KEEP], a_tracker(conversation, a_message(facts=BURGLED)))
    kept = {str(one["name"]): one["value"] for one in first}
    await knowledge.assessments.start_again(conversation)
    again = a_tracker(conversation, a_message("ok", "greet", message="m2"), **kept)
    _, second = await done(actions[KEEP], again)
    sent = {str(one["name"]): one["value"] for one in second}
    assert Slot.CRIME_TYPE in sent
    assert sent[Slot.CRIME_TYPE] is None
