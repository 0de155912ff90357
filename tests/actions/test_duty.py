"""In danger at night: one true thing about the team, whoever can be told or not."""

from typing import Any

import pytest

from actions.__main__ import build_actions
from actions.languages import OFFERED
from actions.names import ActionName, Utter
from actions.safety import Safety
from actions.tongues import tongue
from knowledge.coordinators.model import Role
from knowledge.devices.model import Device, id_of
from knowledge.opening import Knowledge
from tests.house import domain

from .builders import a_message, a_tracker, done, uttered
from .conftest import Actions

TEXTS = {name: variation["text"] for name, variation in domain.responses()}


@pytest.fixture
async def night(knowledge: Knowledge) -> Knowledge:
    """It is 23:40; the team is back at 7."""
    knowledge.clock.move(hours=13)  # type: ignore[attr-defined]
    return knowledge


def _safety(knowledge: Knowledge, **ways: bool) -> Safety:
    made = {one.action: one for one in build_actions(knowledge, **ways)}[ActionName.SAFETY]
    assert isinstance(made, Safety)
    return made


def _danger(conversation: str, level: str = "emergency", *, watched: bool = False) -> Any:
    evidence = [{"text": "he is here", "by": "rule:watched"}] if watched else []
    risk = {"disposition": level, "categories": ["immediate_danger"], "evidence": evidence}
    return a_tracker(conversation, a_message(risk=risk))


def _in_polish(conversation: str, level: str) -> Any:
    risk = {"disposition": level, "categories": ["immediate_danger"]}
    message = a_message("on ma nóż", "ask_language", risk=risk, language="pl")
    return a_tracker(conversation, message)


async def _a_device(knowledge: Knowledge, role: Role, *, is_duty: bool) -> None:
    made = await knowledge.coordinators.add("kim@waymark.example", "Kim", "a pass phrase", role)
    where = "https://push.example/7"
    await knowledge.devices.add(
        Device(
            id=id_of(where),
            coordinator=made.id,
            endpoint=where,
            p256dh="p",
            auth="a",
            is_duty=is_duty,
        )
    )


async def test_where_nobody_can_be_told_it_says_so_with_lines_that_are_open(
    night: Knowledge, conversation: str
) -> None:
    said, _ = await done(_safety(night), _danger(conversation))
    assert uttered(said) == [
        Utter.EMERGENCY,
        Utter.EMERGENCY_NOBODY,
        Utter.LINES_NOW,
        Utter.EMERGENCY_COMPANY,
    ]
    assert said[1]["back"] == "tomorrow at 7 am"
    (cards,) = [one["custom"]["services"] for one in said if one.get("custom")]
    assert cards[0]["open_now"] is True


@pytest.mark.parametrize(
    ("ways", "device_of", "is_duty"),
    [
        ({"mails": True, "duty_email": True}, None, False),
        ({"pushes": True}, Role.COORDINATOR, True),  # the duty phone
        ({"pushes": True}, Role.SUPERVISOR, False),  # without one, whoever leads is told
    ],
)
async def test_where_somebody_is_on_call_they_are_told_and_it_promises_no_more(
    night: Knowledge, conversation: str, ways: dict[str, bool], device_of: Role, is_duty: bool
) -> None:
    if device_of:
        await _a_device(night, device_of, is_duty=is_duty)
    said, _ = await done(_safety(night, **ways), _danger(conversation))
    assert uttered(said) == [Utter.EMERGENCY, Utter.EMERGENCY_ON_CALL]


@pytest.mark.parametrize(
    ("ways", "device_of"),
    [
        ({"duty_email": True}, None),  # no mail server
        ({"pushes": True}, Role.COORDINATOR),  # a browser of somebody who is not told
        ({}, Role.SUPERVISOR),  # push is off
        ({"mails": True}, None),  # nobody leads, no duty phone
    ],
)
async def test_a_way_that_leads_to_nobody_does_not_count(
    night: Knowledge, conversation: str, ways: dict[str, bool], device_of: Role
) -> None:
    if device_of:
        await _a_device(night, device_of, is_duty=False)
    said, _ = await done(_safety(night, **ways), _danger(conversation))
    assert Utter.EMERGENCY_NOBODY in uttered(said)


async def test_nobody_is_called_at_night_for_what_is_no_emergency(
    night: Knowledge, conversation: str
) -> None:
    safety = _safety(night, mails=True, duty_email=True)
    said, _ = await done(safety, _danger(conversation, "urgent"))
    assert uttered(said)[1:] == [Utter.URGENT_NOBODY, Utter.LINES_NOW, Utter.URGENT_COMPANY]


@pytest.mark.parametrize(
    ("on_call", "level", "words"),
    [
        (False, "emergency", Utter.QUIET_NOBODY),
        (True, "emergency", Utter.QUIET_ON_CALL),
        (True, "urgent", Utter.QUIET_NOBODY),
    ],
)
async def test_whoever_is_watched_gets_it_in_few_words(
    night: Knowledge, conversation: str, on_call: bool, level: str, words: Utter
) -> None:
    safety = _safety(night, mails=on_call, duty_email=on_call)
    said, _ = await done(safety, _danger(conversation, level, watched=True))
    assert uttered(said) == [words]


async def test_who_asks_for_a_person_at_night_hears_of_nobody_who_joins(
    night: Knowledge, actions: Actions, conversation: str
) -> None:
    said, _ = await done(actions[ActionName.HAND_OFF], a_tracker(conversation))
    assert uttered(said) == [Utter.NOBODY_ON_DUTY, Utter.LINES_NOW]


@pytest.mark.parametrize("level", ["emergency", "urgent"])
@pytest.mark.parametrize("on_call", [True, False])
async def test_no_other_language_says_at_night_that_the_team_knows(
    night: Knowledge, conversation: str, level: str, on_call: bool
) -> None:
    told = tongue("pl").emergency_told, tongue("pl").urgent_told
    safety = _safety(night, mails=on_call, duty_email=on_call)
    said, _ = await done(safety, _in_polish(conversation, level))
    assert "zadzwoń pod 999" in said[0]["text"]
    assert not any(claim in said[0]["text"] for claim in told)
    of_the_team = {Utter.EMERGENCY_ON_CALL, Utter.EMERGENCY_NOBODY, Utter.URGENT_NOBODY}
    assert of_the_team & set(uttered(said))


@pytest.mark.parametrize("level", ["emergency", "urgent"])
async def test_by_day_another_language_says_that_the_team_knows(
    knowledge: Knowledge, conversation: str, level: str
) -> None:
    said, _ = await done(_safety(knowledge), _in_polish(conversation, level))
    assert said[0]["text"].endswith(getattr(tongue("pl"), f"{level}_told"))


async def test_who_wants_an_interpreter_at_night_hears_that_nobody_is_there(
    night: Knowledge, actions: Actions, conversation: str
) -> None:
    tracker = a_tracker(conversation, a_message("tak", "affirm"), language="pl", asked=OFFERED)
    said, _ = await done(actions[ActionName.LANGUAGE], tracker)
    assert Utter.NOBODY_ON_DUTY in uttered(said)
    texts = [one["text"] for one in said if one.get("text")]
    assert texts == [tongue("pl").asked, tongue("pl").away]


@pytest.mark.parametrize(("language", "away"), [("pl", True), ("und", False), (None, False)])
async def test_who_asks_for_a_person_at_night_hears_it_in_their_language_once(
    night: Knowledge, actions: Actions, conversation: str, *, language: str | None, away: bool
) -> None:
    pressed = a_message("Tak", "ask_person", choice={"name": "x", "value": "y"})
    said, _ = await done(
        actions[ActionName.HAND_OFF], a_tracker(conversation, pressed, language=language)
    )
    assert (tongue("pl").away in [one.get("text") for one in said]) == away
    assert tongue("und").away not in [one.get("text") for one in said]
    assert Utter.NOBODY_ON_DUTY in uttered(said)


async def test_by_day_nobody_hears_that_the_team_is_away(
    actions: Actions, conversation: str
) -> None:
    tracker = a_tracker(conversation, a_message("tak", "affirm"), language="pl", asked=OFFERED)
    said, _ = await done(actions[ActionName.LANGUAGE], tracker)
    assert tongue("pl").away not in [one.get("text") for one in said]


@pytest.mark.parametrize(
    "words",
    [
        Utter.EMERGENCY_ON_CALL,
        Utter.EMERGENCY_NOBODY,
        Utter.QUIET_ON_CALL,
        Utter.QUIET_NOBODY,
        Utter.URGENT_NOBODY,
        Utter.NOBODY_ON_DUTY,
    ],
)
def test_no_words_of_the_night_claim_that_the_team_knows(words: Utter) -> None:
    said = TEXTS[words]
    assert not any(claim in said for claim in ("told the team", "The team knows", "join you"))
