"""What an answer means only because of its question: safe to reach, and may it be passed on."""

from datetime import date
from typing import Any

import pytest

from actions.meant import meant
from actions.names import Slot
from actions.reading import Turn

BY_LETTER = {"avoid": ["letter"]}


@pytest.mark.parametrize(
    ("said", "intent", "told"),
    [
        ("no", "deny", BY_LETTER),
        ("Nope.", "deny", BY_LETTER),
        ("no he opens all my post", "tell", BY_LETTER),
        ("its not really safe", "tell_contact", BY_LETTER),
        ("never", "nlu_fallback", BY_LETTER),
        ("no one else opens them", "deny", {"safe_times": "no one else opens them"}),
        ("no problem", "affirm", {"safe_times": "no problem"}),
        ("not before six", "tell_contact", {"safe_times": "not before six"}),
        ("its not safe at weekends", "tell_contact", {"safe_times": "its not safe at weekends"}),
        ("i dont want anybody to write", "refuse_person", {"wanted": False}),
    ],
)
def test_a_no_to_being_safe_rules_the_way_out_and_other_words_are_kept(
    said: str, intent: str, told: dict[str, Any]
) -> None:
    assert meant(_turn(Slot.CONTACT_SAFE, said, intent)) == ("contact", told)


@pytest.mark.parametrize("intent", ["skip", "not_sure", "ask_privacy", "goodbye"])
def test_what_is_no_answer_to_being_safe_says_nothing(intent: str) -> None:
    assert meant(_turn(Slot.CONTACT_SAFE, "er", intent)) is None


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("what's the point after all this time", False),
        ("why do you need that", False),
        ("when he is out", True),
        ("whatever suits", True),
    ],
)
def test_a_question_asked_back_is_no_hour(said: str, *, answers: bool) -> None:
    assert (meant(_turn(Slot.CONTACT_SAFE, said, "tell")) is not None) == answers


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("he was stabbed twice", ["badly_hurt"]),
        ("they tried to kill me", ["badly_hurt"]),
        ("i was badly hurt and im scared of them", ["afraid", "badly_hurt"]),
        ("they locked me in a van", ["held"]),
        ("they wouldn't let her leave", ["held"]),
        ("i will speak against him in court", None),
        ("it changed my life", None),
    ],
)
def test_what_may_give_more_rights_is_read_in_peoples_own_words(
    said: str, told: list[str] | None
) -> None:
    heard = None if told is None else ("vulnerability", told)
    assert meant(_turn(Slot.VULNERABILITY, said, "tell")) == heard


@pytest.mark.parametrize(
    ("said", "intent", "consent"),
    [
        ("yes", "affirm", True),
        ("yes thats right", "affirm", True),
        ("ok go ahead", "affirm", True),
        ("thats right", "affirm", None),
        ("its all correct", "affirm", None),
        ("right", "affirm", None),
        ("no", "deny", None),
        ("dont pass it on please", "correct", False),
        ("its right but i'd rather you didn't share it", "correct", False),
        ("keep it here", "deny", False),
        ("they did not send the letter", "correct", None),
    ],
)
def test_one_yes_to_the_summary_passes_it_on_and_nothing_less(
    said: str, intent: str, consent: bool | None
) -> None:
    told = None if consent is None else ("consent", consent)
    assert meant(_turn(Slot.CONFIRM_SUMMARY, said, intent, asks_consent=True)) == told


@pytest.mark.parametrize(
    ("risk", "asks"), [("urgent", True), ("emergency", True), ("none", False)]
)
def test_no_yes_in_danger_nor_where_it_was_not_asked(risk: str, asks: bool) -> None:
    turn = _turn(Slot.CONFIRM_SUMMARY, "yes", "affirm", disposition=risk, asks_consent=asks)
    assert meant(turn) is None


def _turn(asked: Slot, said: str, intent: str, **more: Any) -> Turn:
    plain: dict[str, Any] = {
        "conversation": "c", "message": "m", "question": None, "today": date(2026, 11, 24),
        "holder": "assistant", "choice": None, "facts": (), "unclear": (), "supposed": (),
        "clearing": None, "disposition": "none", "categories": (), "watched": False,
        "shown": (), "how": "letter",
    }  # fmt: skip
    return Turn(**{**plain, "asked": asked, "text": said, "intent": intent, **more})
