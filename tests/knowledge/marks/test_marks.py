"""Marks on alarms: what they change, and what may be learned from them."""

import pytest

from knowledge.conversations.model import Author, Draft, Holder, Kind, Priority, Reader
from knowledge.errors import NotFound
from knowledge.marks.model import AGREED, REFUSED, Candidate, Verdict
from knowledge.opening import Knowledge
from tests.fakes import danger
from tests.knowledge.conversations.builders import greeting

ANNA, BEN = "a" * 32, "b" * 32


@pytest.fixture
async def conversation(knowledge: Knowledge) -> str:
    """Somebody wrote twice; the first message raised an alarm."""
    opened = (await knowledge.conversations.open("web", greeting())).conversation
    for text in ("he is at the door", "i meant the film"):
        said = Draft(author=Author.PERSON, text=text, message_id=text[:8])
        await knowledge.conversations.receive(opened, said)
    await knowledge.conversations.hand_off(opened, danger(2))
    return opened


async def test_an_alarm_is_marked_and_stays_an_alarm(
    knowledge: Knowledge, conversation: str
) -> None:
    await knowledge.marks.mark(conversation, ANNA, 4, Verdict.WRONG)
    state, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    assert (thread[-1].kind, thread[-1].by) == (Kind.MARKED, ANNA)
    assert (state.holder, state.priority) == (Holder.WAITING, Priority.EMERGENCY)


async def test_the_person_is_never_given_a_mark(knowledge: Knowledge, conversation: str) -> None:
    await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
    await knowledge.marks.missed(conversation, ANNA, 3, Priority.URGENT, ["domestic_abuse"])
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.PERSON)
    assert {entry.kind for entry in thread} == {Kind.SAID}


async def test_a_missed_risk_raises_the_alarm_at_once(knowledge: Knowledge) -> None:
    opened = (await knowledge.conversations.open("web", greeting())).conversation
    said = Draft(author=Author.PERSON, text="i have to be home by five", message_id="m1")
    await knowledge.conversations.receive(opened, said)
    await knowledge.marks.missed(opened, ANNA, 2, Priority.URGENT, ["domestic_abuse"])
    (item,) = await knowledge.conversations.queue()
    assert (item.state.holder, item.state.reasons) == (Holder.WAITING, ("domestic_abuse",))
    assert item.evidence[0].text == "i have to be home by five"


async def test_a_closed_conversation_stays_closed(knowledge: Knowledge, conversation: str) -> None:
    await knowledge.conversations.take(conversation, ANNA, "Anna is here")
    await knowledge.conversations.close(conversation, ANNA, "closed", "helped")
    await knowledge.marks.missed(conversation, ANNA, 3, Priority.URGENT, ["domestic_abuse"])
    assert await knowledge.conversations.queue() == []


@pytest.mark.parametrize("message", [1, 4, 99])
async def test_only_what_the_person_said_can_hold_a_missed_risk(
    knowledge: Knowledge, conversation: str, message: int
) -> None:
    with pytest.raises(NotFound):
        await knowledge.marks.missed(
            conversation, ANNA, message, Priority.URGENT, ["domestic_abuse"]
        )


@pytest.mark.parametrize(
    ("level", "categories"),
    [
        (Priority.NORMAL, ["domestic_abuse"]),
        (Priority.URGENT, []),
        (Priority.URGENT, ["something"]),
    ],
)
async def test_a_missed_risk_names_its_level_and_kind(
    knowledge: Knowledge, conversation: str, level: Priority, categories: list[str]
) -> None:
    with pytest.raises(ValueError, match="missed"):
        await knowledge.marks.missed(conversation, ANNA, 3, level, categories)


class TestLearning:
    """Only with the person's own yes."""

    async def test_without_being_asked_nothing_leaves(
        self, knowledge: Knowledge, conversation: str
    ) -> None:
        await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
        assert await knowledge.marks.candidates() == ([], 1)

    async def test_the_assessments_consent_is_another_one(
        self, knowledge: Knowledge, conversation: str
    ) -> None:
        await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
        await _answers(knowledge, conversation, "consent=yes")
        assert await knowledge.marks.candidates() == ([], 1)

    async def test_with_their_yes_it_is_a_candidate(
        self, knowledge: Knowledge, conversation: str
    ) -> None:
        await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
        await knowledge.marks.missed(conversation, BEN, 3, Priority.URGENT, ["hate_crime"])
        await _answers(knowledge, conversation, AGREED)
        found, _ = await knowledge.marks.candidates()
        assert found == [
            Candidate("he is at the door", "emergency", ("immediate_danger",)),
            Candidate("i meant the film", "urgent", ("hate_crime",)),
        ]

    async def test_the_last_word_holds(self, knowledge: Knowledge, conversation: str) -> None:
        await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
        await _answers(knowledge, conversation, AGREED)
        await _answers(knowledge, conversation, REFUSED)
        assert await knowledge.marks.candidates() == ([], 1)

    async def test_a_changed_mind_of_the_co_ordinator_holds(
        self, knowledge: Knowledge, conversation: str
    ) -> None:
        await _answers(knowledge, conversation, AGREED)
        for verdict in (Verdict.RIGHT, Verdict.WRONG):
            await knowledge.marks.mark(conversation, ANNA, 4, verdict)
        found, _ = await knowledge.marks.candidates()
        assert found == [Candidate("he is at the door", "none", ())]

    async def test_where_two_do_not_agree_there_is_no_label(
        self, knowledge: Knowledge, conversation: str
    ) -> None:
        await _answers(knowledge, conversation, AGREED)
        await knowledge.marks.mark(conversation, ANNA, 4, Verdict.RIGHT)
        await knowledge.marks.mark(conversation, BEN, 4, Verdict.WRONG)
        assert (await knowledge.marks.candidates())[0] == []


async def _answers(knowledge: Knowledge, conversation: str, choice: str) -> None:
    _, thread = await knowledge.conversations.thread(conversation, reader=Reader.COORDINATOR)
    said = Draft(
        author=Author.PERSON,
        text="an answer",
        message_id=f"{choice}-{len(thread)}",
        details={"choice": choice},
    )
    await knowledge.conversations.receive(conversation, said)
