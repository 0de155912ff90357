"""A service in a chat of Telegram: plain text that says how to reach it, and nothing unsure."""

from datetime import datetime

from channels.telegram.render import text_of
from knowledge.clock import LONDON
from knowledge.conversations.model import Author, Entry, Kind
from knowledge.directory import Query, find, load
from knowledge.directory.card import card
from knowledge.directory.snapshot import Services

AT = datetime(2026, 11, 24, 10, 40, tzinfo=LONDON)
SERVICES = Services(load().services)


def said(service_id: str, query: Query) -> str:
    """The text for one service that was found for a query."""
    found = next(one for one in find(SERVICES, query, AT) if one.service.id == service_id)
    entry = Entry(
        sequence=1,
        at=AT,
        author=Author.ASSISTANT,
        kind=Kind.SAID,
        text="",
        details={"services": [card(found)]},
    )
    return text_of(entry)


def test_each_way_is_named_and_the_hours_stand_in_words() -> None:
    assert said("nat-victim-support", Query(crime_type="burglary")).splitlines() == [
        "Victim Support",
        "A service for all of England that helps people after any crime.",
        "Call 0808 168 9111",
        "Chat on line or read more: https://www.victimsupport.org.uk/help-and-support/get-help/",
        "Hours: open now, day and night",
    ]


def test_a_hub_without_a_sure_number_has_its_website_and_the_national_line() -> None:
    for hub, county in (("herts-beacon", "hertfordshire"), ("cambs-hub", "cambridgeshire")):
        text = said(hub, Query(crime_type="burglary", county=county))
        assert "Website: http" in text
        assert "You can talk to Victim Support now: 0808 168 9111" in text


def test_who_cannot_phone_is_given_no_number_not_even_beside() -> None:
    text = said(
        "herts-beacon", Query(crime_type="burglary", county="hertfordshire", no_phone=True)
    )
    assert "0808" not in text
    assert "You can also chat with Victim Support now: https://www.victimsupport.org.uk" in text


def test_a_number_for_texts_is_called_one() -> None:
    text = said("nat-shout", Query(need="mental_physical_health", text="shout"))
    assert "Text 85258 (text SHOUT)" in text
    assert "Call" not in text
