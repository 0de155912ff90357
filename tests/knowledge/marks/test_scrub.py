"""What leaves the database says nothing of who wrote it, or of whom."""

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.marks_command import MADE_UP
from knowledge.marks.scrub import Scrubber, ordinary_words
from knowledge.places import Gazetteer


@cache
def _scrubber() -> Scrubber:
    files = MADE_UP.glob("*.jsonl")
    lines = [line for path in files for line in path.read_text("utf-8").splitlines()]
    texts = (json.loads(line)["text"] for line in lines if line.strip())
    return Scrubber(ordinary_words(texts), Gazetteer.load())


# What a message holds, and what must be nowhere in what is left of it.
IDENTIFYING = [
    ("my husband Dave hit me last night", ["dave"]),
    ("my husband dave hit me last night", ["dave"]),
    ("DAVE HIT ME AGAIN", ["dave"]),
    ("my name is oluwaseun adeyemi", ["oluwaseun", "adeyemi"]),
    ("i'm Siobhán O'Neill-Baker, please help", ["siobhán", "neill", "baker"]),
    ("he is called mark and he follows me", ["mark"]),
    ("Grace told me", ["grace"]),
    ("Mrs Pemberton at St Mary's School in Royston knows", ["pemberton", "mary", "royston"]),
    ("i live at 14 Acacia Road, Stevenage SG1 3AB", ["14", "acacia", "stevenage", "sg1", "3ab"]),
    ("near the corner of luton road in harpenden", ["luton", "harpenden"]),
    ("postcode is cb11ab", ["cb11ab", "cb1"]),
    ("ring me on 07700 900123 or (01438) 555 0123", ["07700", "900123", "01438", "555"]),
    ("+44 7700 900 456 after 9", ["44", "7700", "456", "9"]),
    ("kev.smith+1@mail.example is mine", ["kev", "smith", "mail.example"]),
    ("kev at mail dot example", ["kev"]),
    ("it's on www.facebook.com/kev.x and @kev_x", ["facebook.com", "kev"]),
    ("born 12/03/1987, crime ref 35CT/4021/26", ["12", "03", "1987", "35ct", "4021"]),
    ("Zbigniew's brother Krzysztof said so", ["zbigniew", "krzysztof"]),
    ("my dog Biscuit and the Ford Fiesta AB12 CDE", ["biscuit", "fiesta", "ab12", "cde"]),
]


@pytest.mark.parametrize(("message", "identity"), IDENTIFYING, ids=[m for m, _ in IDENTIFYING])
def test_nothing_of_it_is_left(message: str, identity: list[str]) -> None:
    left = _scrubber().scrub(message).lower()
    assert [one for one in identity if re.search(rf"\b{re.escape(one)}\b", left)] == []


@pytest.mark.parametrize(
    "message",
    [
        "he hit me again last night and took my phone",
        "I can't take it any more. I've had enough",
        "no, nobody has hurt me, I meant the film",
        "he said he will kill me if i tell the police",
    ],
)
def test_what_says_nothing_of_anybody_stays(message: str) -> None:
    assert _scrubber().scrub(message) == message


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.characters(categories=["L"]), min_size=5, max_size=14),
    st.sampled_from(["{} hit me", "he is {}", "i am {} and i'm scared", "at {}'s house", "({})"]),
)
def test_a_word_that_no_made_up_message_holds_never_stays(word: str, around: str) -> None:
    left = _scrubber().scrub(around.format(word))
    if word.lower() not in _scrubber()._ordinary:
        assert word.lower() not in re.findall(r"[^\W\d_]+", left.lower()) or word.lower() in (
            "name", "word", "place", "number",
        )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_no_digit_and_no_address_ever_stays(message: str) -> None:
    left = _scrubber().scrub(message)
    assert not re.search(r"\d", left)
    assert not re.search(r"\w@\w", left)
