"""Made-up services and moments for the tests of this room."""

from __future__ import annotations

import random
import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.directory import Query, Service
from knowledge.directory.feeds import row_of
from knowledge.directory.hours import OpeningHours
from knowledge.directory.rows import NotUsable, read_row

LONDON = ZoneInfo("Europe/London")


def london(moment: str) -> datetime:
    """A moment on the clocks of London: ``london("2026-11-24 10:40")``."""
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


TUESDAY_MORNING = london("2026-11-24 10:40")


def a_service(**changes: Any) -> Service:
    """A service anyone in England may use after any crime, by phone, day and night."""
    fields: dict[str, Any] = {
        "id": "a-service",
        "name": "A service",
        "organisation": "Somebody",
        "description": "Helps.",
        "area": "national",
        "hours": OpeningHours.read("Mo-Su 00:00-24:00"),
        "phone": "01632 960000",
        "url": "https://service.example",
        "crime_types": ("any",),
        "needs": frozenset({"mental_physical_health"}),
        "languages": ("English",),
        "confidence": "high",
    }
    return Service(**{**fields, **changes})


def a_row(**changes: str) -> dict[str, str | None]:
    """A row of a services file that can be used."""
    row: dict[str, str | None] = {
        "id": "a-row",
        "name": "A row",
        "area": "national",
        "phone": "01632 960000",
        "crime_types": "any",
        "needs": "finance_benefits",
        "confidence": "high",
        "opening_hours": "",
    }
    return {**row, **changes}


def a_plain_row(**changes: str) -> dict[str, str]:
    """The same, for whoever needs every cell to be text."""
    return {key: value or "" for key, value in a_row(**changes).items()}


def made_up_feed(number: int) -> list[dict[str, Any]]:
    """So many services as another directory might send them, some of them of no use to us."""
    chance = random.Random(7)  # noqa: S311  (nothing secret)
    return [
        {
            "id": str(uuid.UUID(int=count)),
            "name": chance.choice(["Debt advice", "Women's counselling", "Housing help", "Chess"]),
            "description": chance.choice(["For victims of domestic abuse.", "Help for all.", ""]),
            "url": f"https://feed-{count}.example",
            "status": chance.choice(["active", "active", "inactive"]),
            "eligibility_description": chance.choice(["", "Men only", "Deaf people", "LGBT+"]),
            "minimum_age": chance.choice([None, 16, 18, 60]),
            "maximum_age": chance.choice([None, None, 25, 70]),
            "service_areas": [
                {"name": chance.choice(["Stevenage", "England", "Fenland", "Bath"])}
            ],
            "phones": [{"number": "01632 960100"}],
            "schedules": [{"byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00"}],
        }
        for count in range(number)
    ]


def taken_in(items: list[dict[str, Any]]) -> list[Service]:
    """What we take of a feed; those that somebody here has confirmed among them."""
    services = []
    for number, item in enumerate(items):
        with suppress(NotUsable):
            row = row_of(item, "https://feed.example") | {
                "confidence": ("low", "high")[number % 2]
            }
            services.append(read_row(row))
    return services


def in_herts(**changes: Any) -> Query:
    """A query from Stevenage."""
    return Query(county="hertfordshire", district="stevenage", **changes)


def in_cambs(**changes: Any) -> Query:
    """A query from Cambridge."""
    return Query(county="cambridgeshire", district="cambridge", **changes)


CRIMES = (
    "burglary",
    "robbery",
    "theft",
    "vehicle_crime",
    "assault",
    "domestic_abuse",
    "sexual_offence",
    "stalking",
    "harassment",
    "hate_crime",
    "fraud_cyber",
    "criminal_damage",
    "arson",
    "asb",
    "child_abuse",
    "modern_slavery",
    "homicide_bereavement",
    "road_collision_bereavement",
    "business_crime",
    "other",
)
