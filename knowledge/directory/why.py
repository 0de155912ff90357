"""The one sentence that says why a service is offered and what its limits are."""

from __future__ import annotations

from collections.abc import Iterable

from .fit import Fit, is_narrow
from .model import Query, Role, Service
from .person import Person
from .wording import has, word


def why(service: Service, person: Person, fit: Fit) -> str:
    """One plain sentence: what it does and where, then each limit that matters."""
    sentence = _opening(service, person, fit)
    for number, (limit, value) in enumerate(fit.limits):
        sentence += word("joins", "more" if number else "first")
        sentence += _limit(service, limit, value)
    return sentence + "."


def _opening(service: Service, person: Person, fit: Fit) -> str:
    helps = _helps(service, person, fit)
    if service.area == "national":
        return word("opening", "national", helps=helps)
    level = "county" if service.area != "district" else "district"
    return word("opening", level, helps=helps, place=_place(service, person.query))


def _place(service: Service, query: Query) -> str:
    if service.area == "district" and query.district:
        return query.district.replace("-", " ").title()
    return word("places", service.area)


def _helps(service: Service, person: Person, fit: Fit) -> str:
    crime, need = _crimes(person.terms & set(service.crime_types)), person.query.need or ""
    if service.role is Role.REPORTING:
        return word("helps", "takes_reports" if crime else "any_report", crime=crime)
    if service.role is Role.FINDER:
        return word("helps", "finds")
    if is_narrow(service) and not person.terms:
        only = _crimes(service.crime_types)
        return word("helps", "only", people=_people(service, person), crime=only)
    key = _KEYS[bool(crime or person.terms), bool(crime), fit.for_need and bool(need)]
    need = word("needs", need) if need else ""
    return word("helps", key, people=_people(service, person), crime=crime, need=need)


# (a crime was named, the service is made for it, it meets the need asked for)
_KEYS = {
    (True, True, True): "need",
    (True, True, False): "crime",
    (True, False, True): "any_need",
    (True, False, False): "any",
    (False, False, True): "plain_need",
    (False, False, False): "any",
}


def _people(service: Service, person: Person) -> str:
    eligible = service.eligible
    groups = sorted(eligible.groups & person.groups)
    if eligible.gender and eligible.gender in person.genders:
        groups = [eligible.gender]
    return word("people", groups[0] if groups else "anyone")


def _crimes(terms: Iterable[str]) -> str:
    return " or ".join(word("crimes", term) for term in sorted(terms))


def _limit(service: Service, limit: str, value: str) -> str:
    if limit == "district":
        names = sorted(name.replace("-", " ").title() for name in service.districts)
        return word("limits", limit, place=" and ".join(names))
    people = word("people", value) if has("people", value) else ""
    return word("limits", limit, people=people, age=value)
