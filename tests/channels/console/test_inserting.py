"""What goes into a message, and what is asked at the end."""

import pytest
from fastapi import FastAPI

from channels.console import inserting
from knowledge.assessment.model import empty_record
from tests.channels.builders import Desk, Person


class TestInserting:
    """Sentences and services that go into a message."""

    async def test_a_service_is_a_card_for_the_person(self, person: Person, desk: Desk) -> None:
        await desk.does("take", person)
        path = f"/api/console/conversations/{person.conversation}/services"
        found = (await desk.client.get(path, params={"q": "samaritans"})).json()["services"]
        assert found[0]["phone"] == "116 123"
        said = {"text": "You can call them.", "services": [found[0]["id"]]}
        assert (await desk.does("messages", person, **said)).status_code == 202
        assert (await person.reads())["messages"][-1]["services"] == [found[0]]

    async def test_what_is_not_in_the_directory_is_not_sent(
        self, person: Person, desk: Desk
    ) -> None:
        await desk.does("take", person)
        said = {"text": "hello", "services": ["nobody-knows-it"]}
        assert (await desk.does("messages", person, **said)).status_code == 404
        assert len((await person.reads())["messages"]) == 2

    @pytest.mark.parametrize(
        ("role", "said", "sentence"),
        [
            ("victim", "me", "What would help you most today?"),
            ("parent_guardian", "it was my son", "What would help your son most today?"),
            ("spokesperson", "for someone", "What would help them most today?"),
            (None, "", "What would help you most today?"),
        ],
    )
    def test_sentences_say_it_as_the_person_does(
        self, role: str | None, said: str, sentence: str
    ) -> None:
        told = {"role": {"message": "m1", "as_said": said}} if role else {}
        record = empty_record() | {"role": role, "told": told}
        assert inserting.canned(record, "Sam")["How it is"]["most_help"] == sentence

    def test_every_sentence_can_be_said_of_everybody(self) -> None:
        for role in ("victim", "parent_guardian", "spokesperson", "business_contact", None):
            record = empty_record() | {"role": role}
            for lines in inserting.canned(record, "Sam").values():
                assert all("{" not in text and text[:1].isupper() for text in lines.values())


async def test_learning_is_asked_of_the_person_and_only_of_them(
    app: FastAPI, person: Person, desk: Desk
) -> None:
    await person.says("DANGER")
    assert (await desk.does("ask-learning", person)).status_code == 409
    await desk.does("take", person)
    alarm = (await desk.sees(person))["risk"][0]["sequence"]
    await desk.does("marks", person, verdict="right", alarm=alarm)
    await desk.does("ask-learning", person)
    question = (await person.reads())["messages"][-1]
    assert [one["value"] for one in question["choices"]] == ["learning=yes", "learning=no"]
    marks = app.state.parts.knowledge.marks
    assert (await marks.candidates())[0] == []
    await person.sends(choice="learning=yes")
    assert [one.text for one in (await marks.candidates())[0]] == ["DANGER"]


async def test_an_answer_about_learning_is_thanked_also_after_the_end(
    person: Person, desk: Desk
) -> None:
    await desk.does("take", person)
    await desk.does("ask-learning", person)
    await desk.does("close", person, outcome="helped")
    sequence = (await person.sends(choice="learning=no")).json()["sequence"]
    assert await person.hears(after=sequence) == ["That's fine. We won't use them."]


@pytest.mark.parametrize("body", [{}, {"outcome": ""}, {"outcome": "something we never heard of"}])
async def test_closing_asks_for_an_outcome(
    person: Person, desk: Desk, body: dict[str, str]
) -> None:
    await desk.does("take", person)
    assert (await desk.does("close", person, **body)).status_code == 422
    assert (await person.reads())["holder"] == "coordinator"
    listed = (await desk.client.get("/api/console/outcomes")).json()["outcomes"]
    answer = await desk.does("close", person, outcome=listed[0]["key"])
    assert answer.status_code == 204
