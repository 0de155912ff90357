"""Words in another language are marked as such, so that they are shown and read aloud right."""

import httpx

from channels.assistant import Answer
from channels.message import Choice, Reply
from tests.channels.builders import Person
from tests.fakes import FakeAssistant

URDU = "کیا میں کسی کو بلاؤں؟"
OFFER = Reply(URDU, (Choice("جی ہاں", "ask_person"),), language="ur")


async def test_the_page_names_the_language_and_lets_the_first_letter_decide(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    assistant.plan["سلام"] = Answer((OFFER,), None)
    form = {"id": "0b1f7a52-8a33-4a0e-9d0c-111111111111", "text": "سلام"}
    await browser.post("/say", data=form)
    page = (await browser.get("/")).text
    assert f'<p class="words" dir="auto" lang="ur">{URDU}</p>' in page
    assert '<p class="words" dir="auto">سلام</p>' in page
    assert '<form class="choices" method="post" action="/say" lang="ur" dir="auto">' in page


async def test_the_api_names_it_where_it_is_not_english(
    person: Person, assistant: FakeAssistant
) -> None:
    assistant.plan["سلام"] = Answer((OFFER,), None)
    await person.says("سلام")
    await person.says("hello")
    thread = (await person.reads())["messages"]
    assert [one.get("language") for one in thread if one["from"] == "assistant"] == [
        None,
        "ur",
        None,
    ]


def test_the_assistants_word_for_it_is_kept() -> None:
    given = {"text": URDU, "choices": [], "services": [], "language": "ur"}
    assert Reply.from_json(given).as_draft().details["language"] == "ur"
    assert "language" not in Reply("Hello").as_draft().details
