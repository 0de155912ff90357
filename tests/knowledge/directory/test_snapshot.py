"""The index looks at few services, and reads as a tuple of all."""

from __future__ import annotations

import pytest

from knowledge.directory import Query, Services, find, load
from knowledge.directory.ids import is_uuid, service_key
from knowledge.directory.person import read
from tests.benchmarks.find_services import QUERIES
from tests.benchmarks.many_services import made_up

from .builders import TUESDAY_MORNING

MANY = Services(made_up(3000))


@pytest.mark.parametrize("query", QUERIES)
def test_few_of_many_are_looked_at(query: Query) -> None:
    near = [service.id for service in MANY.candidates(read(query))]

    assert len(near) < 0.15 * len(MANY)
    assert near == [service.id for service in MANY if service.id in near]


def test_it_is_the_tuple_it_was_made_of() -> None:
    services = load().services

    assert Services(services) == services
    assert Services(services).by_id["nat-shout"] in services


def test_ids_for_others_are_uuids_and_never_change() -> None:
    assert is_uuid(service_key("nat-shout"))
    assert service_key("nat-shout") == "3ebf07ba-caba-53a7-916b-52c313379bac"
    known = "3f7b145d-84af-42d7-8fae-eaca714b02b2"
    assert service_key(known) == known


def test_nobody_at_all_finds_nothing() -> None:
    assert find(Services(), Query(), TUESDAY_MORNING) == []
    assert find(MANY, QUERIES[0], TUESDAY_MORNING, most=0) == []
