"""Who writes and whether the police know, by kinds that were missed or mistaken once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.nlu.facts.table import TODAY, facts, finder

TOLD = [
    # their own trade or post
    ("Site manager here, the cabins were cut open on Sunday", "business_contact"),
    ("the café's ours and they emptied the till on Friday night", "business_contact"),
    ("I have a small salon in Royston, someone kicked the door in", "business_contact"),
    ("two men walked out past my Saturday girl with a trolley of gin", "business_contact"),
    # strangers, seen
    ("Saw three boys tip a man out of his scooter on the market square", "witness"),
    ("I rang 999 and stayed with her until the ambulance came. Nobody I know", "witness"),
    ("he snatched a lady's bag in front of us at the crossing", "witness"),
    # their own dead
    ("The inquest opens on Monday. My nephew was only crossing the road", "bereaved_relative"),
    ("I came home and found him dead in the hall", "bereaved_relative"),
    ("the liaison officer says Tuesday. It was my brother in the back seat", "bereaved_relative"),
    # in whose words it is told
    ("with her permission: a man in her block has been at her door all week", "spokesperson"),
    ("My uncle would like me to tell you his shed was emptied", "spokesperson"),
    ("I'm her teacher, she asked me to use my words for hers", "spokesperson"),
    ("He can't see the screen so he is dictating: they took the bike", "spokesperson"),
    # whom one cares for, teaches or houses
    ("one of my old gents has had his pension taken at the door", "other"),
    ("a lad in my class has marks round his neck", "other"),
    ("My lodger's come in with a split lip and no phone", "other"),
    ("District nurse here, a patient's ramp has been ripped up", "other"),
    # a child at school
    ("my lad in year 8 is called names on the bus every day", "parent_guardian"),
    ("our twins, 9, were chased through the park", "parent_guardian"),
    # their own home
    ("we came home and found the back door open, jewellery gone", "victim"),
    ("my pony was attacked in her field at night", "victim"),
    ("they got in through the back while my little boy was upstairs asleep", "victim"),
    ("We were at my sister's wedding and the jewellery box was gone when we got in", "victim"),
    ("I woke up to a man with a torch on the landing, my boy was asleep next door", "victim"),
]
NOT_SO = [
    ("a man punched me in my shop and took the till", "business_contact"),
    ("I'm a carer and my client's son grabbed my arm", "other"),
    ("I'm a retired teacher and they took my purse", "other"),
    ("my best friend lost her ring and our puppy was found dead", "bereaved_relative"),
    ("saw a man climb out of my car with my bag", "witness"),
    ("she is doing it for her degree, it is not about us", "spokesperson"),
    ("nothing has ever happened to me, I only want a leaflet", "victim"),
    ("since my son's friend was hurt people ask me about my neighbour's lad", "parent_guardian"),
]
POLICE = [
    ("the murder squad are at his flat", "yes"),
    ("her trial is in February", "yes"),
    ("I gave my account at the scene", "yes"),
    ("reported it on line", "yes"),
    ("101 logged twice", "yes"),
    ("an officer rang me about it on Monday", "yes"),
    ("Two men charged, one bailed", "yes"),
    ("our head rang the police before I could", "yes"),
    ("I gave my dashcam to the police", "yes"),
    ("not one for the police, this", "no"),
    ("they smashed my window. no one know", "no"),
    ("only told my insurers so far", "no"),
    ("none of us on the landing has rung the police", "no"),
    ("police not yet informed", "no"),
    ("I've told my daughter before I've told the police", "no"),
    ("101 kept me waiting until my battery died", "no"),
    ("my wife doesn't know and nor do the police", "no"),
    ("I have decided I will not.", "does_not_want"),
    ("I'm never ringing the police about family", "does_not_want"),
    ("I shan't tell the police", "does_not_want"),
    ("she says no police", "does_not_want"),
    ("if I tell the police he'll lose his job", "does_not_want"),
    ("I don't want him arrested, I want him to stop", "does_not_want"),
    ("my housing officer rang me", None),
    ("a man on the phone said he was police and I should withdraw my savings", None),
    ("the bank charged me twice", None),
    ("nobody told me the shop was shut", None),
    ("I was arrested for it", None),
]
DIED = {"role": [("bereaved_relative", 0.8), ("none", 0.1)]}
GRIEF = [
    ("two of them at the door at four, hats off. I buried our Lee last week", "bereaved_relative"),
    ("they took the stereo out of my brother's van and now the van is gone", None),
    ("my mate's dad was murdered in June and he has stopped eating", None),
]


@pytest.mark.parametrize(("text", "value"), TOLD)
def test_who_writes(text: str, value: str) -> None:
    assert facts(text).get("role") == value


@pytest.mark.parametrize(("text", "value"), NOT_SO)
def test_who_does_not_write(text: str, value: str) -> None:
    assert facts(text).get("role") != value


@pytest.mark.parametrize(("text", "value"), POLICE)
def test_whether_the_police_know(text: str, value: str | None) -> None:
    assert facts(text).get("reported") == value


@pytest.mark.parametrize(("text", "value"), GRIEF)
def test_a_death_is_not_read_into_what_is_gone_or_into_the_loss_of_another(
    text: str, value: Any
) -> None:
    found = finder().read(text, today=TODAY, odds=DIED)
    told = {fact.name: fact.value for fact in found.facts}.get("role")
    assert (told == "bereaved_relative") == (value == "bereaved_relative")


@pytest.mark.parametrize(
    ("role", "text", "sure"),
    [
        ("parent_guardian", "our grandson is thin and has a bruise on him", False),
        ("parent_guardian", "my daughter came in crying, he is at her all day", True),
        ("parent_guardian", "my daughter came in crying. She is thirty two", False),
        ("business_contact", "my husband has the village shop and they took the stock", False),
        ("business_contact", "I wash pots in a hotel and a customer took the cash", False),
        ("business_contact", "the stock was taken from behind the till at night", True),
    ],
)
def test_what_speaks_against_a_role_is_heard(role: str, text: str, sure: bool) -> None:
    odds = {"role": [(role, 0.8), ("none", 0.1)]}
    found = finder().read(text, today=TODAY, odds=odds)
    told = {fact.name: fact.value for fact in found.facts}.get("role")
    assert (told == role) == sure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I'm a housing officer, a tenant of mine had her door kicked in", "other"),
        ("I'm the hon sec, somebody drove over our pitch. We found my keys in the roller", None),
    ],
)
def test_a_post_with_whom_it_serves_is_not_overruled(text: str, value: str | None) -> None:
    sure = {"role": [("victim", 0.95), ("none", 0.02)]}
    found = finder().read(text, today=TODAY, odds=sure)
    told = {fact.name: fact.value for fact in found.facts}.get("role")
    assert told == (value or "business_contact")


@pytest.mark.parametrize(
    "text",
    [
        "someone cut the lock and took my bike, im a student nurse and i cant afford another",
        "headbutted by a patient last week. I'm a nurse there and I just carried on",
        "I am a live-in carer. Another carer took my wages out of my drawer",
    ],
)
def test_a_post_alone_says_nothing_of_whom_it_happened_to(text: str) -> None:
    sure = {"role": [("victim", 0.95), ("none", 0.02)]}
    told = {fact.name: fact.value for fact in finder().read(text, today=TODAY, odds=sure).facts}
    assert told["role"] == "victim"


def test_a_loan_from_kin_told_in_an_answer_is_no_role() -> None:
    found = finder().read(
        "Money mostly. I had to borrow from my sister", question="needs", today=TODAY
    )
    assert "role" not in {fact.name for fact in found.facts}
