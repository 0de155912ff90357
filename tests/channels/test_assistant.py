"""The client of the assistant's door: what it asks, and how it fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest

from channels import breaker
from channels.assistant import AssistantFailed, RasaAssistant
from knowledge.conversations.model import Author, Entry, Holder, Pending, Priority
from tests.fakes import TUESDAY_MORNING

from .door import CALM, RISK, FakeDoor, a_door

TOKEN = "a token of some length"
PATIENCE = 0.3

FAILURES: list[tuple[Any, int]] = [
    ({**CALM, "replies": []}, 200),
    ({**CALM, "failed": True}, 200),
    ({}, 200),
    (CALM, 500),
    (CALM, 401),
    (CALM, 302),
    (b"not json", 200),
    (b"", 200),
]

MALFORMED: list[Any] = [
    [],
    "words",
    None,
    {"replies": [{"text": "no choices"}]},
    {**CALM, "replies": [{}]},
    {**CALM, "risk": {"disposition": "somewhat", "categories": [], "evidence": []}},
    {**CALM, "risk": {"disposition": "urgent"}},
]


async def test_a_text_travels_with_what_the_assistant_needs(
    client: RasaAssistant, door: FakeDoor
) -> None:
    await client.answer(_pending())
    (path, asked) = door.asked[0]
    assert path == "/webhooks/door/turn"
    assert asked == {
        "text": "hello",
        "conversation": "c1",
        "message_id": "m1",
        "channel": "web",
        "sent_at": "2026-11-24T10:40:00+00:00",
        "holder": "waiting",
        "shown": ["urgent"],
    }
    assert f"authorization: bearer {TOKEN}" in door.headers[0].lower()


@pytest.mark.parametrize(
    ("choice", "question"), [("safe_now=no", "safe_now"), ("needs=money", None), ("", None)]
)
async def test_a_choice_about_safety_is_read_with_its_question(
    client: RasaAssistant, door: FakeDoor, choice: str, question: str | None
) -> None:
    door.says = CALM["risk"]
    await client.recognise(_pending(details={"choice": choice} if choice else {}))
    assert door.asked[0][1].get("question") == question


@pytest.mark.parametrize(
    ("holder", "question"),
    [(Holder.COORDINATOR, "co_ordinator"), (Holder.ASSISTANT, None), (Holder.WAITING, None)],
)
async def test_what_is_said_to_a_person_is_read_as_that(
    client: RasaAssistant, door: FakeDoor, holder: Holder, question: str | None
) -> None:
    door.says = CALM["risk"]
    await client.recognise(replace(_pending(), holder=holder))
    assert door.asked[0][1].get("question") == question


async def test_a_choice_travels_as_value_and_title(client: RasaAssistant, door: FakeDoor) -> None:
    await client.answer(_pending(details={"choice": "safe_now=yes"}))
    asked = door.asked[0][1]
    assert (asked["choice"], asked["title"]) == ("safe_now=yes", "hello")
    assert "text" not in asked


async def test_the_answer_comes_back_with_its_risk(client: RasaAssistant, door: FakeDoor) -> None:
    choice = {"title": "Yes", "value": "affirm"}
    replies = [{"text": "Call 999", "choices": [choice], "services": [{"name": "A"}]}]
    door.says = {**CALM, "replies": replies, "risk": RISK}
    answer = await client.answer(_pending())
    assert answer.replies[0].text == "Call 999"
    assert answer.replies[0].choices[0].value == "affirm"
    assert answer.hand_off is not None
    assert answer.hand_off.priority is Priority.EMERGENCY
    assert (answer.hand_off.about, answer.hand_off.evidence[0].score) == (7, 0.9)


async def test_no_risk_asks_for_nobody(client: RasaAssistant) -> None:
    assert (await client.answer(_pending())).hand_off is None


async def test_recognising_alone_asks_for_no_turn(client: RasaAssistant, door: FakeDoor) -> None:
    door.says = RISK
    hand_off = await client.recognise(_pending())
    assert door.asked == [("/webhooks/door/recognise", {"text": "hello", "shown": ["urgent"]})]
    assert hand_off is not None
    assert hand_off.reasons == ("immediate_danger",)


@pytest.mark.parametrize(("says", "status"), FAILURES)
async def test_nothing_nonsense_and_refusals_are_failures(
    client: RasaAssistant, door: FakeDoor, says: Any, status: int
) -> None:
    door.says, door.status = says, status
    with pytest.raises(AssistantFailed) as failed:
        await client.answer(_pending())
    assert "hello" not in repr(failed.value)


async def test_a_failure_still_tells_the_risk_that_was_seen(
    client: RasaAssistant, door: FakeDoor
) -> None:
    door.says = {"replies": [], "risk": RISK, "failed": True}
    with pytest.raises(AssistantFailed) as failed:
        await client.answer(_pending())
    assert failed.value.risk is not None
    assert failed.value.risk.priority is Priority.EMERGENCY


@pytest.mark.parametrize("says", MALFORMED)
async def test_an_answer_of_another_form_is_a_failure(
    client: RasaAssistant, door: FakeDoor, says: Any
) -> None:
    door.says = says
    with pytest.raises(AssistantFailed):
        await client.answer(_pending())


@pytest.mark.parametrize("says", [RISK, CALM])
async def test_patience_ends(client: RasaAssistant, door: FakeDoor, says: Any) -> None:
    door.says, door.late = says, PATIENCE + 0.3
    start = asyncio.get_running_loop().time()
    with pytest.raises(AssistantFailed):
        await client.answer(_pending())
    assert asyncio.get_running_loop().time() - start < PATIENCE + 0.25
    await asyncio.sleep(0.4)  # the door finishes what it was saying


async def test_who_hangs_is_tried_by_one_at_a_time_until_they_answer(
    client: RasaAssistant, door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(breaker, "GRACE", 0.05)
    monkeypatch.setattr(breaker, "PAUSE", 0.0)
    door.late = 60.0
    await _fail(client, breaker.IN_A_ROW)
    assert len(door.asked) == breaker.IN_A_ROW
    start = asyncio.get_running_loop().time()
    trying, *others = [asyncio.create_task(client.answer(_pending())) for _ in range(20)]
    done = await asyncio.gather(*others, return_exceptions=True)
    assert asyncio.get_running_loop().time() - start < PATIENCE
    assert all(isinstance(one, AssistantFailed) and not one.read for one in done)
    door.says, door.late = CALM["risk"], 0.0
    await client.recognise(_pending())  # that is another question
    with pytest.raises(AssistantFailed):
        await trying
    assert len(door.asked) == breaker.IN_A_ROW + 2
    door.says = CALM
    assert await asyncio.gather(*(client.answer(_pending()) for _ in range(20)))


async def test_who_answers_in_between_does_not_hang(client: RasaAssistant, door: FakeDoor) -> None:
    for late in (60.0, 0.0, 60.0):
        door.late = late
        if late:
            await _fail(client, breaker.IN_A_ROW - 1)
        else:
            await client.answer(_pending())
    before = len(door.asked)
    await _fail(client, 10)
    assert len(door.asked) == before + 10


async def test_after_a_pause_nobody_knows_and_all_are_asked(
    client: RasaAssistant, door: FakeDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.late = 60.0
    await _fail(client, breaker.IN_A_ROW)
    monkeypatch.setattr(breaker, "KNOWN_FOR", 0.0)
    await _fail(client, 10)
    assert len(door.asked) == breaker.IN_A_ROW + 10


async def _fail(client: RasaAssistant, times: int) -> None:
    asked = (client.answer(_pending()) for _ in range(times))
    done = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(one, AssistantFailed) for one in done)


async def test_nobody_at_the_door_is_a_failure(unused_tcp_port: int) -> None:
    client = RasaAssistant([f"http://127.0.0.1:{unused_tcp_port}"], TOKEN)
    assert not await client.ready()
    for asking in (client.answer(_pending()), client.recognise(_pending())):
        with pytest.raises(AssistantFailed, match="ClientConnectorError"):
            await asking
    await client.close()


async def test_the_door_says_that_it_is_ready(client: RasaAssistant, door: FakeDoor) -> None:
    assert await client.ready()
    door.status = 503
    assert not await client.ready()


async def test_a_conversation_goes_to_the_same_engine_each_time() -> None:
    async with a_door() as one, a_door() as two, _client(one, two) as client:
        for number in range(20):
            for _ in range(2):
                await client.answer(replace(_pending(), conversation=f"c{number}"))
    conversations = [[asked["conversation"] for _, asked in door.asked] for door in (one, two)]
    assert all(conversations)
    assert not set(conversations[0]) & set(conversations[1])


async def test_while_an_engine_is_away_the_other_answers(unused_tcp_port: int) -> None:
    away = FakeDoor()
    away.port = unused_tcp_port
    async with a_door() as there, _client(away, there) as client:
        for number in range(10):
            await client.answer(replace(_pending(), conversation=f"c{number}"))
        assert len(there.asked) == 10
        assert not await client.ready()


async def test_every_engine_forgets(unused_tcp_port: int) -> None:
    away = FakeDoor()
    away.port = unused_tcp_port
    async with a_door() as one, a_door() as two, _client(one, away, two) as client:
        await client.forget("c1")
        for door in (one, two):
            assert door.asked == [("/webhooks/door/forget", {"conversation": "c1"})]


async def test_what_one_engine_could_not_forget_is_not_forgotten() -> None:
    async with a_door() as one, a_door() as two, _client(one, two) as client:
        two.status = 500
        with pytest.raises(AssistantFailed):
            await client.forget("c1")


async def test_what_an_engine_failed_at_is_given_to_no_other() -> None:
    async with a_door() as one, a_door() as two, _client(one, two) as client:
        one.status = two.status = 500
        with pytest.raises(AssistantFailed):
            await client.answer(_pending())
    assert len(one.asked) + len(two.asked) == 1


@asynccontextmanager
async def _client(*doors: FakeDoor) -> AsyncIterator[RasaAssistant]:
    urls = [f"http://127.0.0.1:{door.port}" for door in doors]
    made = RasaAssistant(urls, TOKEN, patience=PATIENCE * 10)
    try:
        yield made
    finally:
        await made.close()


@pytest.fixture
async def door() -> AsyncIterator[FakeDoor]:
    async with a_door() as opened:
        yield opened


@pytest.fixture
async def client(door: FakeDoor) -> AsyncIterator[RasaAssistant]:
    made = RasaAssistant([f"http://127.0.0.1:{door.port}"], TOKEN, patience=PATIENCE)
    yield made
    await made.close()


def _pending(**changes: Any) -> Pending:
    fields: dict[str, Any] = {"author": Author.PERSON, "sequence": 7, "at": TUESDAY_MORNING}
    entry = Entry(**{**fields, "text": "hello", "message_id": "m1", **changes})
    return Pending(
        conversation="c1", channel="web", entry=entry, holder=Holder.WAITING, shown=("urgent",)
    )
