"""All services at one moment, with an index by area and term so that finding stays fast."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product

from .ids import service_key
from .model import Role, Service
from .naming import plain_name
from .person import Person

_WORD = re.compile(r"\w+")
_ANYWHERE_IN = "{}+?"  # for a person whose district is not known
Term = tuple[str, str]
Key = tuple[str, Term, str]


class Services(tuple[Service, ...]):
    """Services that can be read as a tuple, and narrowed down to a person's place and wish."""

    @cached_property
    def by_id(self) -> dict[str, Service]:
        """Every service by its id."""
        return {service.id: service for service in self}

    @cached_property
    def by_key(self) -> dict[str, Service]:
        """Every service by its UUID."""
        return {service_key(service.id): service for service in self}

    @cached_property
    def general(self) -> tuple[Service, ...]:
        """Those for victims of any crime: the hubs, and the national line."""
        return tuple(service for service in self if service.role is Role.GENERAL)

    def candidates(self, person: Person) -> Iterator[Service]:
        """All that may be offered to a person, and few others; in the order of the whole."""
        wishes = list(_wishes(person))
        found = self._under(person, wishes[0]).intersection(
            *(self._under(person, wish) for wish in wishes[1:])
        )
        return (self[number] for number in sorted(found))

    def _under(self, person: Person, terms: Iterable[Term]) -> set[int]:
        groups = ("", *person.groups)
        keys = product(_areas_for(person), terms, groups)
        return set().union(*(self._index.get(key, ()) for key in keys))

    @cached_property
    def _index(self) -> dict[Key, list[int]]:
        index: dict[Key, list[int]] = defaultdict(list)
        for number, service in enumerate(self):
            groups = service.eligible.groups or ("",)
            for key in product(_areas_of(service), list(_terms_of(service)), groups):
                index[key].append(number)
        return dict(index)


def _areas_of(service: Service) -> Iterable[str]:
    if service.area == "district":
        return service.districts
    if service.area == "national" or not service.districts:
        return (service.area,)
    within = [f"{service.area}+{district}" for district in service.districts]
    return (*within, _ANYWHERE_IN.format(service.area))


def _areas_for(person: Person) -> list[str]:
    district, areas = person.query.district, ["national"]
    if district:
        areas.append(district)
    if person.area:
        within = f"{person.area}+{district}" if district else _ANYWHERE_IN.format(person.area)
        areas += [person.area, within]
    return areas


def _terms_of(service: Service) -> Iterator[Term]:
    yield from (("crime", term) for term in service.crime_types)
    yield from (("need", need) for need in service.needs)
    yield from (("for", group) for group in service.eligible.groups)
    if service.eligible.gender:
        yield "for", service.eligible.gender
    yield "role", service.role
    yield "id", service.id
    if words := _WORD.findall(plain_name(service.name)):
        yield "name", words[0]


def _wishes(person: Person) -> Iterator[Iterable[Term]]:
    """Sets of terms; whatever ``may_offer`` could allow stands under one term of each."""
    words = set(_WORD.findall(person.query.text.lower()))
    asked: list[Term] = [("role", role) for role in person.roles]
    asked += [("name", word) for word in words]
    asked += [("id", id_) for id_ in person.asked]
    if person.terms:
        yield [("crime", term) for term in {*person.terms, "any"}]
    if person.query.need:
        general = [("role", Role.GENERAL)] if person.terms else []
        yield [*asked, *general, ("need", person.query.need)]
    elif not person.terms:
        people = [("for", one) for one in person.groups | person.genders]
        yield [*asked, *people, ("role", Role.GENERAL), ("role", Role.FINDER)]
