"""Services of another directory (HSDS-UK) as rows of ours, or why one can't be taken in.

Addresses are left behind; whatever comes in starts unconfirmed. Nothing is guessed: a service
whose area or purpose can't be read is refused with the reason.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from .ids import is_uuid, key_of
from .model import Role
from .phones import is_number
from .rows import NotUsable, Row, districts, slug
from .schedules import said_in_feed
from .shape import TERMS
from .taxonomies import ANY_CRIME, terms
from .wording import table

Item = Mapping[str, Any]
NATION = frozenset({"england", "uk", "united-kingdom", "great-britain", "england-and-wales"})
COUNTIES = {
    "hertfordshire": "hertfordshire",
    "cambridgeshire-and-peterborough": "cambridgeshire-peterborough",
    "cambridgeshire-peterborough": "cambridgeshire-peterborough",
}
# The county council's area has the five districts without Peterborough.
CAMBRIDGESHIRE = (
    "Cambridge", "East Cambridgeshire", "Fenland", "Huntingdonshire", "South Cambridgeshire",
)  # fmt: skip
LONGEST_DESCRIPTION = 2000
_TAGS = re.compile(r"<[^>]{0,500}>")


def row_of(item: Item, feed: str, *, area: str = "") -> Row:
    """A feed's service as a row; ``area`` is what it serves where the feed does not say.

    Raises NotUsable with the reason.
    """
    source_id = _text(item.get("id"))
    if not source_id:
        raise NotUsable({"id": "it has no id"})
    if is_closed(item):
        raise NotUsable({"status": f"its status is {_text(item.get('status'))!r}"})
    organization = _item(item.get("organization"))
    description = _prose(item.get("description"))[:LONGEST_DESCRIPTION]
    found = {
        "id": source_id if is_uuid(source_id) else key_of("import", f"{feed}#{source_id}"),
        "name": _prose(item.get("name")),
        "organisation": _prose(organization.get("name")),
        "description": description,
        "url": _text(item.get("url") or organization.get("website") or organization.get("url")),
        "email": _text(item.get("email")),
        "opening_hours": said_in_feed(_items(item, "schedules")),
        "eligibility": _prose(item.get("eligibility_description")),
        "cost": _cost(item),
        "languages": "; ".join(_named(_items(item, "languages"))),
        "min_age": _age(item.get("minimum_age"), 0),
        "max_age": _age(item.get("maximum_age"), 120),
        "access": _access(item),
        "verified": _text(item.get("assured_date")),
        "confidence": "low",
        "source": f"{feed} (service {source_id})",
    }
    return found | _phones(item) | _area(item, area) | _purpose(item)


def is_closed(item: Item) -> bool:
    """Whether its own directory says that a service does not help anybody at present."""
    return _text(item.get("status") or "active") != "active"


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _prose(value: Any) -> str:
    """Words without markup; an address in them would be refused later."""
    return " ".join(html.unescape(_TAGS.sub(" ", _text(value))).split())


def _item(value: Any) -> Item:
    return value if isinstance(value, Mapping) else {}


def _items(item: Item, name: str) -> list[Item]:
    found = item.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _named(items: Iterable[Item]) -> list[str]:
    names = (_prose(one.get("name") or one.get("language") or one.get("code")) for one in items)
    return [name for name in names if name]


def _age(value: Any, unlimited: int) -> str:
    age = _text(value)
    if not re.fullmatch(r"\d{1,3}(\.0+)?", age):
        return ""
    return "" if int(float(age)) in (unlimited, unlimited or 999) else str(int(float(age)))


def _cost(item: Item) -> str:
    options = _items(item, "cost_options")
    said = [_prose(one.get("amount_description") or one.get("option")) for one in options]
    return _prose(item.get("fees_description") or item.get("fees")) or "; ".join(
        filter(None, said)
    )


def _access(item: Item) -> str:
    limits = "report" in _text(item.get("application_process")).lower()
    return f"reported_not_required={'false' if limits else 'true'}"


def _phones(item: Item) -> Row:
    """The first number of each kind that can be dialled here."""
    listed = [*_items(item, "phones")]
    for contact in _items(item, "contacts"):
        listed += _items(contact, "phones")
    found: Row = {}
    for one in listed:
        number = _text(one.get("number"))
        column = "text" if _text(one.get("type")) == "text" else "phone"
        if number and (column == "text" or is_number(number)):
            found.setdefault(column, number)
    return found


def _area(item: Item, given: str) -> Row:
    names = [
        slug(_prose(one.get("name") or one.get("service_area")))
        for one in _items(item, "service_areas")
    ]
    if set(names) & NATION:
        return {"area": "national"}
    for name in names:
        if name in COUNTIES:
            return {"area": COUNTIES[name]}
    found = [districts()[name] for name in names if name in districts()]
    if "cambridgeshire" in names:
        found = [*CAMBRIDGESHIRE, *(one for one in found if one not in CAMBRIDGESHIRE)]
    if found:
        return {"area": "district", "districts": "|".join(found)}
    if names:
        raise NotUsable({"area": "it serves an area that is none of ours"})
    if given:
        return {"area": given}
    raise NotUsable({"area": "it does not say which area it serves"})


def _purpose(item: Item) -> Row:
    """What it is for: from our own terms when it has them, else from its words."""
    found = _from_terms(item) or {**_from_words(item), **_people_from_words(item)}
    crimes, needs = found.get("crime_types", []), found.get("needs", [])
    if not crimes and not needs:
        raise NotUsable({"needs": "nothing in it says which of our needs or crimes it is for"})
    return {
        **{column: "|".join(codes) for column, codes in found.items()},
        "crime_types": "|".join(crimes) or ANY_CRIME,
        "needs": "|".join(needs) or "mental_physical_health",
        # What is not made for victims is offered only for the need it meets.
        "needs_only": "" if crimes else "true",
        "role": _role(item),
    }


_COLUMNS = {link_type: column for link_type, (column, _) in TERMS.items()}
_PEOPLE = ("gender", "groups")


@cache
def _our_terms() -> dict[str, str]:
    return {key_of("term", term.id): term.code for term in terms()}


def _from_terms(item: Item) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in _items(item, "attributes"):
        code = _our_terms().get(_text(one.get("taxonomy_term_id")))
        column = _COLUMNS.get(_text(one.get("link_type")))
        if code and column:
            found.setdefault(column, []).append(code)
    return found


@cache
def _words() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), row["column"], row["term"])
        for row in table("terms.csv")
    )


def _from_words(item: Item) -> dict[str, list[str]]:
    said = [_prose(item.get("name")), _prose(item.get("description")), *_terms(item)]
    found = _read(said)
    return {column: codes for column, codes in found.items() if column not in _PEOPLE}


def _people_from_words(item: Item) -> dict[str, list[str]]:
    """Whom it is only for, where its name or its rule of eligibility says so."""
    found = _read([_prose(item.get("name")), _prose(item.get("eligibility_description"))])
    people = {column: codes for column, codes in found.items() if column in _PEOPLE}
    if len(people.get("gender", ())) > 1:  # for women and men: for everybody
        del people["gender"]
    return people


def _read(said: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pattern, column, term in _words():
        if pattern.search(". ".join(said)):
            found.setdefault(column, []).append(term)
    return found


def _role(item: Item) -> str:
    """What another Waymark says it is for; plain support otherwise."""
    said = _text(_item(item.get("waymark")).get("role"))
    return said if said in list(Role) else Role.SUPPORT


def _terms(item: Item) -> Iterator[str]:
    for one in _items(item, "attributes"):
        term = _item(one.get("taxonomy_term"))
        yield _prose(term.get("name") or term.get("term"))
