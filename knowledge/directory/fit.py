"""Does a service fit a person, how well, and what must be said when it is offered?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .hours import OpenState
from .limits import cost, limits_of
from .model import Query, Role, Service
from .naming import is_named
from .person import ADULT, AT_RISK, OLDEST, Person
from .tongues import speaks_theirs
from .wording import table

# A service for the young or the old only is offered when the age is known to fit.
YOUNG_ONLY, OLD_ONLY = 25, 50
PARTNERS = 16  # Domestic Abuse Act 2021, section 1: both are 16 or over
POLICE_LIMIT = "police"
HOME, MONEY = "shelter_accommodation", "finance_benefits"
HONOUR = "honour_based_abuse"
_WITHOUT_OWN_LINE = frozenset({"burglary", "criminal_damage", "robbery_theft"})
_NEVER = frozenset({Role.EMERGENCY, Role.NEVER})
_ONLY_WHEN_ASKED = frozenset({Role.RIGHTS, Role.RESTORATIVE, Role.ASKED})
# A careful co-ordinator's order: who is made for it here, the hub, the council, who is made for
# it in the whole country, the national line. What is in doubt never comes before what is sure.
_FOR_CRIME_FIRST, _FOR_CRIME_TOO = 8, 5
_WHERE_HUB_LEADS = {_FOR_CRIME_FIRST: 3, _FOR_CRIME_TOO: 2}
_LOCAL, _LOCAL_HUB, _WISHED_FOR, _ASKED_FOR = 2, 4, 12, 30
# Made for such people: and for their crime; for anything; when their crime is not known.
_SUCH_PEOPLE_AND_CRIME, _SUCH_PEOPLE, _SUCH_PEOPLE_ONLY = 6, 4, 11
_FOR_OTHER_CRIMES = 3
_THEIR_LANGUAGE, _FOR_ANYONE, _SEEMS_SHUT = 4, 4, 5
_MEN = 4
_ROLE_POINTS = {
    Role.GENERAL: 3,
    Role.WORRY: -1,
    Role.INFORMATION: -3,
    Role.FINDER: -3,
    Role.REPORTING: -4,
    Role.MONEY: -2,
}


@dataclass(frozen=True)
class Fit:
    """How well a service fits, and the keys of what must be said with it."""

    points: int
    limits: tuple[tuple[str, str], ...]
    for_crime: bool
    for_need: bool


@cache
def _weights() -> dict[str, int]:
    return {row["need"]: int(row["specialist_weight"]) for row in table("needs.csv")}


def may_offer(service: Service, person: Person) -> bool:
    """Whether a service may be offered to this person at all, whatever the hour."""
    usable = could_use(service, person) and _is_known_to_be_for(service, person)
    allowed = usable and _is_allowed(service, person) and _is_safe_to_reach(service, person.query)
    return allowed and _is_meant(service, person)


def measure(service: Service, person: Person, state: OpenState) -> Fit:
    """How well a service fits that may be offered, with what must be said."""
    limits = tuple(limits_of(service, person, state))
    return Fit(
        points=_points(service, person, limits) - _SEEMS_SHUT * state.seems_shut,
        limits=limits,
        for_crime=bool(person.terms & set(service.crime_types)),
        for_need=person.query.need in service.needs,
    )


def could_use(service: Service, person: Person) -> bool:
    """Whether nothing we know of the person rules the service out; the rest must be said."""
    low, high = person.ages
    eligible = service.eligible
    if high < eligible.min_age or low > eligible.max_age or _is_withheld(service, person):
        return False
    if eligible.gender and person.genders and eligible.gender not in person.genders:
        return False
    return not _is_of_adults_only(service, person) and covers(service, person)


def _is_withheld(service: Service, person: Person) -> bool:
    """Never to be offered; the line for who hurts others only goes to who says they do."""
    return service.role in _NEVER and service.id not in person.asked


def _is_of_adults_only(service: Service, person: Person) -> bool:
    """Lines for women or men abused by a partner are no place to send a child to."""
    is_for_partners = service.crime_types[:1] == ("domestic_abuse",)
    may_be_partner = person.ages[0] >= PARTNERS or person.ages[1] >= ADULT
    return bool(service.eligible.gender) and is_for_partners and not may_be_partner


def covers(service: Service, person: Person) -> bool:
    """Its area holds the place; without a known district only county-wide services do."""
    if service.area == "national":
        return True
    district = person.query.district
    if service.area == "district":
        return district is not None and district in service.districts
    if service.area != person.area:
        return False
    return district is None or not service.districts or district in service.districts


def _is_known_to_be_for(service: Service, person: Person) -> bool:
    """A service for certain people, the young or the old needs a fact, not a hope."""
    eligible = service.eligible
    narrow = eligible.max_age <= YOUNG_ONLY or eligible.min_age >= OLD_ONLY
    if narrow and person.ages == (0, OLDEST):
        return False
    if _is_of_honour(service) and person.terms and HONOUR not in person.terms:
        return is_named(service, person)  # who is hurt at home is not taken to be of any culture
    if _is_for_who_was_a_child(service) and not _was_a_child(service, person):
        return False
    return not eligible.groups or bool(eligible.groups & person.groups)


def _was_a_child(service: Service, person: Person) -> bool:
    """Whether a grown-up speaks of their own childhood, not of a child of today."""
    is_grown_up = person.ages[0] >= ADULT and "parent" not in person.query.audience
    return is_grown_up or is_named(service, person)


def _is_of_honour(service: Service) -> bool:
    return service.crime_types[:1] == (HONOUR,)


def _is_for_who_was_a_child(service: Service) -> bool:
    """Whether it helps adults who were hurt as children, and so is not about a child of today."""
    about_children = service.crime_types[:1] == ("child_abuse",)
    return about_children and service.eligible.min_age >= ADULT and service.role is Role.SUPPORT


def _is_allowed(service: Service, person: Person) -> bool:
    """Nothing about rights or meeting the offender unasked; no police for who wants none."""
    asked = service.role in person.roles or is_named(service, person)
    if service.id in person.barred:
        return False
    if service.role in _ONLY_WHEN_ASKED and not asked:
        return False
    if not person.query.unreported_only:
        return True
    return not (service.report_needed or POLICE_LIMIT in service.eligible.limits)


def _is_safe_to_reach(service: Service, query: Query) -> bool:
    """No line that must be spoken on for who may be heard, none that the bill gives away."""
    if query.no_phone and service.phone:
        return bool(service.text or service.email or service.webchat)
    return not (query.hidden_from_bill and service.bill == "shows")


def _is_meant(service: Service, person: Person) -> bool:
    """Something the person asked for is what this service does."""
    explicit = bool(person.terms & set(service.crime_types))
    if person.terms and not explicit and "any" not in service.crime_types:
        return False
    if service.role in person.roles or is_named(service, person):
        return True
    if service.needs_only and (person.asked or not person.query.need):
        return False  # for one thing only, and another was asked for
    return _does(service, person, explicit)


def _mends_a_home(service: Service, person: Person) -> bool:
    """After damage and break-ins, which have no line of their own, those for any crime do."""
    is_of_home = person.query.need == HOME and bool(person.terms & _WITHOUT_OWN_LINE)
    return service.role is Role.GENERAL and is_of_home


def _does(service: Service, person: Person, explicit: bool) -> bool:
    """Whether its kind of work is what was asked for; ``explicit``: it names the crime."""
    if service.role is Role.REPORTING:
        is_made_for_it = bool(person.terms & set(service.crime_types[:1]))
        return is_made_for_it and person.query.need is None
    if service.role is Role.MONEY and (person.asked or not explicit or not _wants_money(person)):
        return False  # a claim is no answer to who asked for something else
    if person.query.need:
        return _mends_a_home(service, person) or _meets_the_need(service, person, explicit)
    if service.role in {Role.GENERAL, Role.FINDER} or explicit:
        return True
    return _is_specially_for(service, person)


def _meets_the_need(service: Service, person: Person, explicit: bool) -> bool:
    """Whether it helps with the need; lines for one crime only go to whom they are for.

    A lock to be changed says nothing of a forced marriage or of slavery.
    """
    is_for_them = explicit or not is_narrow(service) or _is_specially_for(service, person)
    return is_for_them and person.query.need in service.needs


def _wants_money(person: Person) -> bool:
    return person.query.need == MONEY


def _is_specially_for(service: Service, person: Person) -> bool:
    eligible = service.eligible
    return bool(
        eligible.groups & person.groups or (eligible.gender and eligible.gender in person.genders)
    )


def _points(service: Service, person: Person, limits: tuple[tuple[str, str], ...]) -> int:
    points = _ROLE_POINTS.get(service.role, 0) + _crime_points(service, person)
    points += _place_points(service) + _special_points(service, person)
    need = person.query.need
    explicit = person.terms & set(service.crime_types)
    if need and len(service.needs) == 1 and not explicit:
        points += _weights().get(need, 0)
    points += _THEIR_LANGUAGE if speaks_theirs(service, person.query.languages) else 0
    points += _FOR_ANYONE if person.wants_general and service.role is Role.GENERAL else 0
    points += _WISHED_FOR if service.role in person.roles else 0
    points += _ASKED_FOR if is_named(service, person) else 0
    return points - sum(cost(limit, value, person) for limit, value in limits)


def _place_points(service: Service) -> int:
    if not service.is_local:
        return 0
    return _LOCAL_HUB if service.role is Role.GENERAL else _LOCAL


def _special_points(service: Service, person: Person) -> int:
    """Made for people like this one; most help after a crime is there for women already."""
    eligible = service.eligible
    special = bool(eligible.groups & _who_asks(person))
    if special and _would_frighten(service, person):
        return 0
    if not person.terms:
        by_gender = eligible.gender in person.genders
        return _SUCH_PEOPLE_ONLY if special or by_gender else 0
    if special:
        explicit = person.terms & set(service.crime_types)
        is_childs = "child" in person.special_groups and person.wants_specialist
        is_made_for_both = explicit and ("any" not in service.crime_types or is_childs)
        return _SUCH_PEOPLE_AND_CRIME if is_made_for_both else _SUCH_PEOPLE
    return _MEN if eligible.gender == "man" and "man" in person.genders else 0


def _who_asks(person: Person) -> frozenset[str]:
    """The groups that services may be made for; that a parent asks says nothing of the trouble."""
    tells_enough = person.terms or person.query.need
    return person.special_groups if tells_enough else person.special_groups - {"parent"}


def _would_frighten(service: Service, person: Person) -> bool:
    """Who is abused at home, or is a child, is not sent first to who protects children."""
    if AT_RISK in service.eligible.groups and AT_RISK in person.special_groups:
        return False
    is_child = "child" in person.special_groups and "parent" not in person.query.audience
    return service.role is Role.WORRY and (is_child or "domestic_abuse" in person.terms)


def _crime_points(service: Service, person: Person) -> int:
    """Made for this crime, before one that also takes it, before one for any crime."""
    named = person.terms & set(service.crime_types)
    if not named:
        return -_FOR_OTHER_CRIMES if is_narrow(service) else 0
    points = _FOR_CRIME_FIRST if service.crime_types[0] in named else _FOR_CRIME_TOO
    return points if person.wants_specialist else _WHERE_HUB_LEADS[points]


def is_narrow(service: Service) -> bool:
    """Whether it helps after certain crimes only."""
    return "any" not in service.crime_types
