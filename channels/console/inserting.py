"""What a co-ordinator can put into a message: sentences by topic, and services as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from channels.parts import Parts
from channels.words import DOMAIN
from knowledge.assessment.model import Record
from knowledge.assessment.relation import relation_of
from knowledge.clock import LONDON
from knowledge.directory import Query, describe, find
from knowledge.directory.card import card
from knowledge.errors import NotFound

HERE = Path(__file__).parent
FOUND = 6  # services shown for a search
MOST_SERVICES = 3  # in one message: never a wall of links


@cache
def outcomes() -> Mapping[str, str]:
    """How a conversation can end: key to title."""
    return _read("outcomes")


def outcome_of(given: str) -> str:
    """The key of an outcome, given by its key or title. Raises ValueError for another word."""
    said = given.strip()
    by_title = {title.casefold(): key for key, title in outcomes().items()}
    key = said if said in outcomes() else by_title.get(said.casefold())
    if key is None:
        raise ValueError("not an outcome")
    return key


def canned(record: Record, me: str) -> dict[str, dict[str, str]]:
    """The sentences by topic, each with the person's own wording."""
    words = _wording(record) | {"me": me}
    return {
        topic: {key: text.format(**words) for key, text in sentences.items()}
        for topic, sentences in _read("canned").items()
    }


def search(parts: Parts, words: str, record: Record) -> list[dict[str, Any]]:
    """Services for some words: by their name first, then what fits them and the person.

    Without words: what fits the person.
    """
    at = parts.knowledge.clock().astimezone(LONDON)
    services = parts.knowledge.directory.services()
    sought = " ".join(words.split()).casefold()
    named = [one.id for one in services if sought and sought in one.name.casefold()]
    shown = [describe(services, id_, at) for id_ in named[:FOUND]]
    place = record["place"] or {}
    query = Query(
        text=words,
        crime_type=None if sought else record["crime_type"],
        district=place.get("district"),
        county=place.get("county"),
    )
    fits = [one for one in find(services, query, at, most=FOUND) if one.service.id not in named]
    return [card(one) for one in [*filter(None, shown), *fits]][:FOUND]


def cards(parts: Parts, ids: Sequence[str]) -> list[dict[str, Any]]:
    """The cards of these services, as they are now. Raises NotFound for one that is not shown."""
    at = parts.knowledge.clock().astimezone(LONDON)
    services = parts.knowledge.directory.services()
    found = {id_: describe(services, id_, at) for id_ in dict.fromkeys(ids)}
    if unknown := [id_ for id_, one in found.items() if one is None]:
        raise NotFound(unknown[0])
    return [card(one) for one in found.values() if one is not None]


def _wording(record: Record) -> dict[str, str]:
    whom = _whom(record)
    several = whom in ("you", "them", "your children")
    you = "they" if whom == "them" else whom
    return {
        "you": you,
        "You": you[:1].upper() + you[1:],
        "them": whom,
        "your": "your" if whom == "you" else "their",
        "are": "are" if several else "is",
        "Are": "Are" if several else "Is",
        "do": "do" if several else "does",
    }


def _whom(record: Record) -> str:
    said: dict[str, str] = yaml.safe_load((DOMAIN.parent / "words.yml").read_text("utf-8"))["who"]
    return relation_of(record) or said.get(record["role"] or "", "you")


@cache
def _read(name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((HERE / f"{name}.yml").read_text("utf-8"))
    return found
