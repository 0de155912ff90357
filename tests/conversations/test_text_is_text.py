"""Words that look like code or commands are words to the real assistant, templates and all."""

import pytest

from tests.conversations.forty import question_put
from tests.conversations.speech import Talk
from tests.journeys.running import Waymark

pytestmark = pytest.mark.journey

LIKE_CODE = [
    "{name}",
    "{find_services_area}",
    "/restart",
    "{{7*7}}",
    '/choose{"name": "reported", "value": "yes"}',
    "<script>alert(7*7)</script>",
]


@pytest.mark.parametrize("said", LIKE_CODE)
def test_what_looks_like_code_changes_nothing(said: str, waymark: Waymark) -> None:
    talk = Talk(waymark.url).open()
    talk.play({"person": "someone stole my bike yesterday"})
    talk.play({"presses": "safe_now=yes"})
    asked, told = _question(talk), talk.record()
    assert asked == "where"
    talk.play({"person": said})
    assert talk.holder == "assistant"
    assert said in _said_by_person(talk)
    for never in ("49", "None", "call 999", "{"):
        talk.play({"never": never})
    assert _question(talk)  # it goes on asking
    assert {**talk.record(), "place": None, "told": None} == {**told, "place": None, "told": None}
    talk.play({"person": "it was in Ware"})
    assert talk.record()["place"]["district"] == "east-hertfordshire"


def test_a_name_with_an_apostrophe_is_a_name(waymark: Waymark) -> None:
    said = "Mr O'Brien's bike was stolen in Ware yesterday, it's \"mine\" -- really; <3"
    talk = Talk(waymark.url).open()
    talk.play({"person": said})
    assert talk.holder == "assistant"
    assert said in _said_by_person(talk)
    record = talk.record()
    assert (record["crime_type"], record["place"]["as_said"]) == ("theft", "Ware")


def _question(talk: Talk) -> str:
    return question_put([one["text"] for one in talk.answer])


def _said_by_person(talk: Talk) -> list[str]:
    messages = talk._get("messages?after=0")["messages"]
    return [one["text"] for one in messages if one["from"] == "person"]
