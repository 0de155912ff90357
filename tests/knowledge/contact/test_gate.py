"""The gate for everything that leaves towards a person: unknown means not safe."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.assessment.contact import no_contact_told
from knowledge.assessment.model import Fact
from knowledge.audit.model import Wanted, What
from knowledge.callbacks.model import Outcome
from knowledge.contact.model import TALKING_FOR, Approach, Way, Why, refusal
from knowledge.contact.times import Part
from knowledge.conversations.model import Audience, Author, Draft, Kind, Reader
from knowledge.opening import Knowledge
from tests.fakes import TUESDAY_MORNING, HandClock
from tests.knowledge.conversations.builders import opened, tell

NOW = TUESDAY_MORNING
LATER = (NOW + timedelta(hours=1), NOW + timedelta(hours=3))
AT_ALL_TIMES = ["morning", "afternoon", "evening"]


def _contact(**told: Any) -> dict[str, Any]:
    return no_contact_told() | told


@pytest.mark.parametrize(
    ("approach", "told", "why"),
    [
        (Approach(way=Way.EMAIL), {}, Why.NOT_KNOWN_TO_BE_SAFE),
        (Approach(way=Way.EMAIL), {"how": "phone"}, Why.NOT_KNOWN_TO_BE_SAFE),
        (Approach(way=Way.EMAIL), {"how": "email"}, None),
        (Approach(way=Way.LETTER), {"how": "email", "avoid": ["letter"]}, Why.RULED_OUT),
        (Approach(way=Way.EMAIL), {"how": "email", "wanted": False}, Why.WANTS_NO_CONTACT),
        (Approach(way=Way.PHONE), {"how": "phone"}, Why.NO_SAFE_TIME_KNOWN),
        (Approach(way=Way.TEXT), {"how": "text"}, Why.NO_SAFE_TIME_KNOWN),
        # Words about times are for people: a program would read the wrong half of them.
        (
            Approach(way=Way.PHONE),
            {"how": "phone", "safe_times": "in the morning"},
            Why.NO_SAFE_TIME_KNOWN,
        ),
        (Approach(way=Way.PHONE), {"how": "phone", "times": ["morning"]}, None),
        (Approach(way=Way.TEXT), {"how": "text", "times": ["evening"]}, Why.NOT_THE_SAFE_TIME),
        (
            Approach(way=Way.PHONE),
            {"how": "phone", "avoid": ["landline"], "times": AT_ALL_TIMES},
            None,
        ),
        (Approach(way=Way.PHONE), {"how": "text", "avoid": ["phone"]}, Why.RULED_OUT),
        (
            Approach(way=Way.PHONE, leaves_a_message=True),
            {"how": "phone"},
            Why.NO_MESSAGE_MAY_BE_LEFT,
        ),
        (
            Approach(way=Way.PHONE, leaves_a_message=True),
            {"how": "phone", "safe_to_leave_message": True, "times": AT_ALL_TIMES},
            None,
        ),
        (Approach(way=Way.PHONE, agreed=LATER), {"how": "phone"}, Why.NOT_THE_SAFE_TIME),
        (Approach(way=Way.PHONE, agreed=(NOW, LATER[1])), {"how": "phone"}, None),
        # What was agreed for this once stands above what is safe in general.
        (
            Approach(way=Way.PHONE, agreed=LATER),
            {"how": "phone", "times": AT_ALL_TIMES},
            Why.NOT_THE_SAFE_TIME,
        ),
        (Approach(way=Way.EMAIL, is_a_letter=True), {"how": "email"}, Why.NO_CONSENT),
        (Approach(way=Way.LETTER, is_a_letter=True), {"how": "letter"}, None),
        (Approach(way=Way.THIS_CHAT), {}, Why.NOT_KNOWN_TO_BE_SAFE),
        (Approach(way=Way.THIS_CHAT, heard_at=NOW - TALKING_FOR), {}, None),
        (
            Approach(way=Way.THIS_CHAT, heard_at=NOW - TALKING_FOR - timedelta(seconds=1)),
            {},
            Why.NOT_KNOWN_TO_BE_SAFE,
        ),
        (
            Approach(way=Way.THIS_CHAT, heard_at=NOW - timedelta(days=1)),
            {"how": "this_chat"},
            None,
        ),
        (Approach(way=Way.THIS_CHAT), {"avoid": ["this_chat"]}, Why.RULED_OUT),
        # Talking here says nothing about any other way.
        (Approach(way=Way.EMAIL, heard_at=NOW), {}, Why.NOT_KNOWN_TO_BE_SAFE),
    ],
)
def test_what_may_leave(approach: Approach, told: dict[str, Any], why: Why | None) -> None:
    assert refusal(approach, _contact(**told), left=False, now=NOW) is why


contacts = st.fixed_dictionaries(
    {
        "wanted": st.sampled_from([None, True, False]),
        "how": st.sampled_from([None, *Way]),
        "avoid": st.lists(st.sampled_from([*Way, "landline", "work"]), max_size=3),
        "safe_to_leave_message": st.booleans(),
    }
)


@given(way=st.sampled_from(Way), contact=contacts, talking=st.booleans())
def test_nobody_who_left_in_a_hurry_is_reached(
    way: Way, contact: dict[str, Any], talking: bool
) -> None:
    approach = Approach(way=way, heard_at=NOW if talking else None)
    assert refusal(approach, contact, left=True, now=NOW) is Why.LEFT_IN_A_HURRY


@given(way=st.sampled_from(Way), contact=contacts)
def test_out_of_the_blue_only_the_way_they_chose_is_open(
    way: Way, contact: dict[str, Any]
) -> None:
    if refusal(Approach(way=way), contact, left=False, now=NOW) is None:
        assert contact["how"] == way
        assert way not in contact["avoid"]
        assert contact["wanted"] is not False


async def test_a_refusal_is_noted_once_in_the_thread_and_the_log_and_quotes_nobody(
    knowledge: Knowledge,
) -> None:
    conversation = await opened(knowledge)
    await tell(knowledge.conversations, conversation, "never write to me at home")
    for _ in range(2):
        why = await knowledge.gate.ask(conversation, Approach(way=Way.EMAIL), "letter 7", "anna")
        assert why is Why.NOT_KNOWN_TO_BE_SAFE
    noted = await _of_kind(knowledge, conversation, Reader.COORDINATOR)
    assert [dict(one.details) for one in noted] == [
        {"way": "email", "why": "not_known_to_be_safe"}
    ]
    assert await _of_kind(knowledge, conversation, Reader.PERSON) == []
    rows = await knowledge.audit.rows(Wanted(what=What.CONTACT_REFUSED))
    assert [(one.who, one.subject, one.why) for one in rows] == [
        ("anna", conversation, "email: not_known_to_be_safe")
    ]


async def test_what_may_leave_leaves_no_trace(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    fact = Fact(name="contact", value={"how": "email"}, message="m1", as_said="by email")
    await knowledge.assessments.keep(conversation, [fact])
    assert await knowledge.gate.ask(conversation, Approach(way=Way.EMAIL), "letter 7") is None
    assert await _of_kind(knowledge, conversation, Reader.COORDINATOR) == []


async def test_who_left_in_a_hurry_is_reached_again_once_they_write(knowledge: Knowledge) -> None:
    conversation = await opened(knowledge)
    fact = Fact(name="contact", value={"how": "letter"}, message="m1", as_said="by letter")
    await knowledge.assessments.keep(conversation, [fact])
    mark = Draft(author=Author.SYSTEM, kind=Kind.HURRIED, audience=Audience.COORDINATORS)
    await knowledge.conversations.remark(conversation, mark)
    assert set((await knowledge.gate.ways(conversation)).values()) == {Why.LEFT_IN_A_HURRY}
    await tell(knowledge.conversations, conversation, "i am back")
    assert (await knowledge.gate.ways(conversation))[Way.LETTER] is None


@pytest.mark.parametrize(
    ("said", "consent", "why"),
    [
        ([], None, Why.NO_CONSENT),
        ([], False, Why.NO_CONSENT),
        ([], True, None),
        (["writing=yes"], None, None),
        (["callback_way=email"], None, None),
        (["writing=yes", "writing=no"], True, Why.NO_CONSENT),
        (["writing=no", "callback_way=email"], None, None),
    ],
)
async def test_an_e_mail_needs_the_persons_own_yes(
    knowledge: Knowledge, said: list[str], consent: bool | None, why: Why | None
) -> None:
    conversation = await opened(knowledge)
    for choice in said:
        chosen = Draft(author=Author.PERSON, text=choice, details={"choice": choice})
        await knowledge.conversations.receive(conversation, chosen)
    told = {"contact": {"how": "email"}, "consent": consent}
    facts = [
        Fact(name=name, value=value, message="m1", as_said="")
        for name, value in told.items()
        if value is not None
    ]
    await knowledge.assessments.keep(conversation, facts)
    letter = Approach(way=Way.EMAIL, is_a_letter=True)
    assert await knowledge.gate.look(conversation, letter) is why


async def test_what_was_agreed_for_a_call_back_holds_for_every_call(
    knowledge: Knowledge, clock: HandClock
) -> None:
    conversation = await opened(knowledge)
    told = {"how": "phone", "safe_times": "any time", "times": AT_ALL_TIMES}
    fact = Fact(name="contact", value=told, message="m1", as_said="any time")
    await knowledge.assessments.keep(conversation, [fact])
    made = await knowledge.callbacks.agree(conversation, Way.PHONE, Part.AFTERNOON)
    call = Approach(way=Way.PHONE)
    assert await knowledge.gate.look(conversation, call) is Why.NOT_THE_SAFE_TIME
    clock.move(hours=2)
    assert await knowledge.gate.look(conversation, call) is None
    clock.move(hours=6)
    assert await knowledge.gate.look(conversation, call) is Why.NOT_THE_SAFE_TIME
    await knowledge.callbacks.finish(made.id, Outcome.NOT_REACHED, "anna")
    assert await knowledge.gate.look(conversation, call) is None


async def _of_kind(knowledge: Knowledge, conversation: str, reader: Reader) -> list[Any]:
    _, thread = await knowledge.conversations.thread(conversation, reader=reader)
    return [one for one in thread if one.kind is Kind.KEPT_BACK]
