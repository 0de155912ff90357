"""Help is looked for only where the gazetteer knows a place; else it is asked where."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker

from actions.names import ActionName, Utter
from actions.reading import turn_of
from actions.searching import FRESH, Search
from knowledge.assessment.model import empty_record

from .builders import a_message, a_tracker, done, uttered
from .conftest import Actions

TABLE: list[dict[str, Any]] = yaml.safe_load(Path("tests/places_searched.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: str(row["said"]))
def test_help_is_looked_for_at_a_place_that_is_known_and_nowhere_else(row: dict[str, Any]) -> None:
    turn = turn_of(Tracker.from_dict(a_tracker("c", a_message(row["said"], FRESH))))
    query = Search().after(turn).query(empty_record())
    assert query.district == row["district"]
    if row["district"] is None:
        assert query.county == row.get("county")


@pytest.mark.parametrize("said", ["near my mum", "anything in town centre", "SG8", "near Graham"])
async def test_where_is_asked_where_no_town_is_named(
    actions: Actions, conversation: str, said: str
) -> None:
    message = a_message(f"help, {said}", FRESH)
    replies, _ = await done(actions[ActionName.FIND_SERVICES], a_tracker(conversation, message))
    assert Utter.SERVICE_ASK_WHERE in uttered(replies)


def test_half_of_the_table_are_true_places() -> None:
    assert len(TABLE) >= 50
    assert sum(bool(row["district"]) for row in TABLE) >= 25
