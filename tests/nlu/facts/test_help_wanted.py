"""How help must come, read in whole messages; where it stands is where the person wrote it."""

from __future__ import annotations

import pytest

from nlu.facts import help_wanted

SAID = [
    ("I don't want the police to know", {"no_police"}),
    ("i cant talk on the phone", {"no_phone"}),
    ("anything open now", {"open_now"}),
    ("is there someone i can text at this time of night", {"open_now", "no_phone"}),
    ("hi im 15 and he checks my phone bill", {"child", "no_trace"}),
    ("where can i get help with the damaged door", set()),
    ("is there anyone for men", set()),
    ("my husband hit me and the police dont know who did it", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "names"), SAID)
def test_the_wishes_of_a_message(text: str, names: set[str]) -> None:
    assert {wish.name for wish in help_wanted.read(text)} == names


def test_a_wish_stands_where_it_was_written() -> None:
    text = "Hello!!  I CAN'T   talk on the phone, ok"
    (wish,) = help_wanted.read(text)
    assert "CAN'T   talk" in text[wish.start : wish.end]
