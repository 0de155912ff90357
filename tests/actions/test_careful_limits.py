"""Careful limits on being reached: kept, said back as theirs, and never taken for the hours."""

from typing import Any

import pytest

from actions.asking import AskContact
from actions.names import ActionName, Slot, Utter
from actions.summary import contact_words
from actions.wording import Wording
from knowledge.assessment.contact import no_contact_told, with_contact
from knowledge.opening import Knowledge

from .builders import a_fact, a_message, a_tracker, done, uttered
from .conftest import Actions

KEEP = ActionName.KEEP
WORDING = Wording.load()
LIMIT = "my mum sees my phone so dont put anything about trans in it"
NUMBER = {"how": "phone", "by_number": True}


async def _contact(
    actions: Actions, knowledge: Knowledge, conversation: str, *messages: dict[str, Any]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    how: str | None = None
    replies: list[dict[str, Any]] = []
    for at, message in enumerate(messages):
        message["metadata"]["message_id"] = f"m{at}"
        tracker = a_tracker(conversation, message, **{str(Slot.HOW): how})
        replies, _ = await done(actions[KEEP], tracker)
        contact = (await knowledge.assessments.read(conversation))["contact"]
        how = contact["how"]
    return contact, replies


def _tells(text: str, value: dict[str, Any], **more: Any) -> dict[str, Any]:
    return a_message(text, "tell_contact", facts=[a_fact("contact", value, text)], **more)


@pytest.mark.parametrize(
    ("fine", "how"), [("text", "text"), ("phone", "phone"), ("email", "phone"), (None, "phone")]
)
async def test_a_number_alone_is_for_the_way_that_was_called_fine(
    actions: Actions, knowledge: Knowledge, conversation: str, fine: str | None, how: str
) -> None:
    first = _tells("that is fine", {"how": fine} if fine else {"language": "en"})
    contact, _ = await _contact(
        actions, knowledge, conversation, first, _tells("07700 900123", dict(NUMBER))
    )
    assert contact["how"] == how
    assert "by_number" not in contact


async def test_what_was_told_with_care_outlives_a_later_any_time(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    said = f"anytime but {LIMIT}. 07700 900123"
    contact, replies = await _contact(
        actions,
        knowledge,
        conversation,
        _tells("text is fine", {"how": "text"}),
        _tells(said, {**NUMBER, "safe_times": "anytime", "care": [LIMIT], "avoid": ["landline"]}),
        _tells("text is safe. any time", {"how": "text", "safe_times": "any time"}),
    )
    assert (contact["how"], contact["care"]) == ("text", [LIMIT])
    assert contact["avoid"] == ["landline"]
    assert contact["times"] == ["morning", "afternoon", "evening"]
    assert f"you told me: “{LIMIT}”" in str(replies)


async def test_a_limit_is_said_to_be_kept_also_where_the_chat_is_the_way(
    actions: Actions, knowledge: Knowledge, conversation: str
) -> None:
    told = {"how": "this_chat", "care": ["call me Jay"]}
    first = _tells("in here. call me Jay", told)
    _, replies = await _contact(actions, knowledge, conversation, first)
    assert Utter.NOTED_CONTACT in uttered(replies)
    assert "call me Jay" in str(replies)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ({"care": ["call me Jay"]}, "she's all right really, call me Jay"),
        ({"care": ["call me Jay"], "safe_times": "after 6"}, "call me Jay"),
    ],
)
async def test_of_an_answer_about_safety_nothing_is_dropped(
    actions: Actions, knowledge: Knowledge, conversation: str, value: dict[str, Any], kept: str
) -> None:
    message = _tells("she's all right really, call me Jay", value)
    asked = {str(Slot.REQUESTED): str(Slot.CONTACT_SAFE)}
    await done(actions[KEEP], a_tracker(conversation, message, **asked))
    contact = (await knowledge.assessments.read(conversation))["contact"]
    assert contact["care"] == [kept]


def test_limits_are_said_as_theirs_and_what_they_did_not_say_is_not() -> None:
    told = with_contact(no_contact_told(), {"how": "phone", "care": ["call me Jay"]})
    words = contact_words(told, WORDING)
    assert words.endswith("we leave no message; you told me: “call me Jay”")
    alone = with_contact(no_contact_told(), {"care": ["call me Jay"]})
    assert contact_words(alone, WORDING) == "you told me: “call me Jay”"


@pytest.mark.parametrize(("needs", "offered"), [("hard of hearing", True), ("text relay", False)])
async def test_who_hears_badly_is_still_offered_a_call(
    actions: Actions, conversation: str, needs: str, *, offered: bool
) -> None:
    await done(actions[KEEP], a_tracker(conversation, _tells("x", {"adjustments": [needs]})))
    replies, _ = await done(actions[AskContact.action], a_tracker(conversation))
    assert ("contact=phone" not in str(replies)) == offered
