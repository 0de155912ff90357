"""Whole messages and short answers, field by field; `None` means that nothing is told."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.facts import FactFinder
from tests.nlu.facts.table import TODAY, facts, finder, reading

HEALTH, MONEY = "mental_physical_health", "finance_benefits"
SHORT = [
    ("reported", "yes", "reported", "yes"),
    ("reported", "nope", "reported", "no"),
    ("reported", "n", "reported", "no"),
    ("reported", "not yet", "reported", "no"),
    ("reported", "yes but only my mum knows", "reported", "no"),
    ("reported", "they came round", "reported", "yes"),
    ("reported", "no and i dont want to", "reported", "does_not_want"),
    ("reported", "rather not say", "reported", None),
    ("reported", "No, I'd rather not say", "reported", None),
    ("reported", "avnt told the police yet", "reported", "no"),
    ("reported", "no police yet", "reported", "no"),
    ("reported", "no police", "reported", "no"),
    ("reported", "no police please", "reported", "does_not_want"),
    ("confirm_summary", "email, anytime", "contact", {"how": "email", "safe_times": "anytime"}),
    ("confirm_summary", "no sorry text not email", "contact", {"how": "text", "avoid": ["email"]}),
    ("confirm_summary", "they took my phone not my bag", "contact", None),
    ("contact", "dont ring before 10", "contact", {"safe_times": "dont ring before 10"}),
    ("contact", "anything but phone", "contact", {"avoid": ["phone"]}),
    ("contact", "kim@example.org", "contact", {"how": "email"}),
    ("vulnerability", "money", "needs", {MONEY: 1}),
    ("vulnerability", "none", "needs", None),
    ("when", "ages ago", "occurred", None),
    ("when", "it was in the winter before covid", "occurred", None),
    (None, "my coat went in the summer, it was stolen", "occurred", None),
    (None, "it is the third time this year they have robbed us", "occurred", None),
    (None, "my mum keeps sending money to a man she met online", "role", None),
    (None, "my son in law hit my daughter. she is 34", "role", "other"),
    ("reported", "dunno", "reported", None),
    ("role", "both of us", "role", "victim"),
    ("role", "mine", "role", "victim"),
    ("role", "my lad", "role", "parent_guardian"),
    ("role", "its for my mum", "role", "other"),
    ("role", "my mate", "role", "other"),
    ("role", "im a teacher", "role", "other"),
    ("role", "i'd rather not say", "role", None),
    ("safe_now", "y", "safe_now", True),
    ("safe_now", "no im fine", "safe_now", True),
    ("safe_now", "yes for now", "safe_now", True),
    ("safe_now", "not really", "safe_now", False),
    ("safe_now", "hes here", "safe_now", False),
    ("safe_now", "not sure", "safe_now", None),
    ("safe_now", "not sure if im safe", "safe_now", None),
    ("safe_now", "i dont know if im safe", "safe_now", None),
    ("safe_now", "nobody can see my screen", "safe_now", None),
    ("safe_now", "no immediate danger", "safe_now", True),
    ("reported", "no further action they said", "reported", "yes"),
    ("reported", "he said he'd kill me if i went to the police", "reported", None),
    ("reported", "i reported it to my manager", "reported", None),
    (
        "where",
        "sg1",
        "place",
        {"as_said": "SG1", "district": "stevenage", "county": "hertfordshire"},
    ),
    ("where", "luton", "place", {"as_said": "luton", "district": None, "county": None}),
    ("where", "online", "place", None),
    ("where", "rather not say", "place", None),
]
IN_A_MESSAGE = [
    ("i was mugged in cambridge", "role", "victim"),
    ("my 14 year old got mugged for his phone", "role", "parent_guardian"),
    ("my son hits me and takes my money", "role", "victim"),
    ("our daughter was murdered in august", "role", "bereaved_relative"),
    ("my shop was broken into again", "role", "business_contact"),
    ("i saw two lads smash a window and run off", "role", "witness"),
    ("i'm worried about my neighbour, he shouts at her all night", "role", "other"),
    ("writing for my dad, he is 84 and was scammed", "role", "spokesperson"),
    ("hello can you help", "role", None),
    ("when i was robbed my husband was with me", "role", "victim"),
    ("police came out the same night", "reported", "yes"),
    ("should i tell the police?", "reported", None),
    ("he said he was from the police and i let him in", "reported", None),
    ("i really dont want the police involved", "reported", "does_not_want"),
    ("we never reported it", "reported", "no"),
    ("crime ref 35 slash 8812 slash 26", "crime_reference", "35/8812/26"),
    ("its 41/12345/26", "crime_reference", "41/12345/26"),
    ("CRN 40/1234/26 i think", "crime_reference", "40/1234/26"),
    ("my number is 07700 900123", "crime_reference", None),
    ("it happened on 12/11/26", "crime_reference", None),
    ("thats the third time this year", "repeated", True),
    ("im scared it will happen again", "repeated", None),
    ("it was a one off", "repeated", False),
    ("i am not safe here", "safe_now", False),
    ("i dont feel safe walking home", "safe_now", None),
    ("im 15 and my dad hits me", "under_18", True),
    ("i was 15 when he started", "under_18", None),
    ("my son is 15", "under_18", None),
    ("i am 58 now", "age", 58),
    ("it was not a burglary, nothing was taken", "crime_type", None),
    ("who helps with stalking", "crime_type", None),
    ("they racially abused me and punched me", "crime_type", "hate_crime"),
    ("he kicked the door in and he is my ex, my ex hit me", "crime_type", "domestic_abuse"),
    ("they burgled us and took the car keys and the car was stolen too", "crime_type", "burglary"),
    ("my son was killed by a drunk driver", "crime_type", "road_collision_bereavement"),
    ("had a blade on him and said coat off, then had my phone", "crime_type", "robbery"),
    ("he hit me and was away with my bag", "crime_type", "robbery"),
    ("my fella chucked a bowl at my head", "crime_type", "domestic_abuse"),
    ("a lad shouted at me and my fella and chucked a can over us", "crime_type", None),
    ("the police took my phone", "crime_type", None),
    ("a van knocked me off my bike and drove off", "crime_type", "other"),
    ("the difference between harassment and stalking", "crime_type", None),
    ("my house is near robbery lane", "role", None),
]
PLACES = [
    ("he lives in watford but it happened in Hatfield", "welwyn-hatfield"),
    ("i was attacked near the station in Hitchin", "north-hertfordshire"),
    ("sg8, royston, had my bike nicked", "north-hertfordshire"),
    ("my flat in ely got burgled, hitchin police were useless", "east-cambridgeshire"),
    ("sorry i meant stevenage not st albans", "stevenage"),
    ("it happened in march last year", None),
    ("Royston hit me", None),
    ("i moved to london", None),
]
CONTACT = [
    ("contact", "email or text, email probably", {"how": "email"}),
    ("contact", "text or email, text if possible", {"how": "text"}),
    ("contact", "phone is ok but email is better", {"how": "email"}),
    (None, "dont ring the landline, my mum answers", {"avoid": ["landline"]}),
    (None, "text me only after 6", {"how": "text", "safe_times": "only after 6"}),
    ("contact", "email please, not post", {"how": "email", "avoid": ["letter"]}),
    (
        "contact",
        "phone, but dont leave a message",
        {"how": "phone", "safe_to_leave_message": False},
    ),
    ("contact", "weekday mornings", {"safe_times": "weekday mornings"}),
    ("contact", "large print please", {"adjustments": ["large print"]}),
    ("contact", "i speak polish", {"language": "pl"}),
    (None, "he keeps texting me and ringing me", None),
    (None, "they hacked my email", None),
]
NEEDS = [
    (None, "i cant sleep and im scared to go out", {HEALTH: 2, "social_interaction": 2}),
    (None, "the locks need changing", {"shelter_accommodation": 1}),
    ("needs", "work is fine but money is tight", {"education_skills_employment": 0, MONEY: 1}),
    (
        "needs",
        "sleep, money, and my daughter",
        {HEALTH: 1, "family_friends_children": 1, MONEY: 1},
    ),
    (None, "no", None),
]


@pytest.mark.parametrize(("question", "said", "field", "value"), SHORT)
def test_a_short_answer(question: str, said: str, field: str, value: Any) -> None:
    assert facts(said, question).get(field) == value


@pytest.mark.parametrize(("said", "field", "value"), IN_A_MESSAGE)
def test_a_message(said: str, field: str, value: Any) -> None:
    assert facts(said).get(field) == value


@pytest.mark.parametrize(("said", "district"), PLACES)
def test_a_place(said: str, district: str | None) -> None:
    assert (facts(said).get("place") or {}).get("district") == district


@pytest.mark.parametrize(("question", "said", "parts"), CONTACT)
def test_contact(question: str | None, said: str, parts: dict[str, Any] | None) -> None:
    assert facts(said, question).get("contact") == parts


@pytest.mark.parametrize(("question", "said", "needs"), NEEDS)
def test_needs(question: str | None, said: str, needs: dict[str, int] | None) -> None:
    assert facts(said, question).get("needs") == needs


def test_no_effect_is_an_answer_for_all_eight() -> None:
    assert set(facts("no effect really", "needs")["needs"].values()) == {0}
    assert len(facts("none of these", "needs")["needs"]) == 8


def test_a_code_in_two_counties_is_asked_about() -> None:
    found = reading("SG8", "where")
    assert not found.facts
    assert found.unclear[0].name == "place"
    assert {option.value["county"] for option in found.unclear[0].options} == {
        "hertfordshire",
        "cambridgeshire",
    }


def test_the_classifier_decides_where_words_do_not() -> None:
    said = "they came at us from behind the bins"
    sure = finder().find(said, today=TODAY, odds={"crime_type": [("robbery", 0.9)]})
    unsure = finder().find(
        said,
        today=TODAY,
        odds={"crime_type": [("robbery", 0.3), ("theft", 0.3), ("assault", 0.1)]},
    )
    asked = finder().find(
        said, today=TODAY, odds={"crime_type": [("robbery", 0.9)]}, question="where"
    )
    assert [fact.value for fact in sure if fact.name == "crime_type"] == ["robbery"]
    assert "crime_type" not in {fact.name for fact in (*unsure, *asked)}


@pytest.mark.parametrize("text", ["they took my bike as well", "I forgot, he nicked my watch"])
def test_what_is_added_at_the_end_is_no_crime_of_its_own(text: str) -> None:
    added = finder().find(text, today=TODAY, question="anything_else")
    told = finder().find(text, today=TODAY)
    worse = finder().find(f"{text} and he raped me", today=TODAY, question="anything_else")
    assert "crime_type" not in {fact.name for fact in added}
    assert all("crime_type" in {fact.name for fact in facts} for facts in (told, worse))


def test_only_fields_of_the_record_by_default() -> None:
    plain = FactFinder(finder()._gazetteer)
    found = plain.find("im 15, text me only after 6", today=TODAY)
    assert not {fact.name for fact in found} & {"contact", "age", "under_18"}
