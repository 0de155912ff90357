"""What must be said of a service when it is offered, and what that costs it in the ranking."""

from __future__ import annotations

from .hours import OpenState
from .model import Service
from .person import Person
from .tongues import speaks

_COSTS = {
    "report": 2, "unconfirmed": 6, "language": 5, "closed": 3, "min_age": 0, "police": 0,
    "referral": 6, "police_refer": 4, "contacts_you": 3, "high_risk": 2, "legal_aid": 2,
    "order": 5, "images": 3, "marriage": 4, "childhood": 4, "someone_close": 2,
}  # fmt: skip
# Who says nothing of themselves is more likely meant by a line for women than by one for men.
_COSTS_OF_GENDER = {"woman": 3, "man": 5}
_HUB_OF_POLICE = 6


def limits_of(service: Service, person: Person, state: OpenState) -> list[tuple[str, str]]:
    """What must be said, with its value: who it is for, if they may not be, and what it asks."""
    eligible, said = service.eligible, []
    if eligible.gender and eligible.gender not in person.genders:
        said.append(("gender", eligible.gender))
    if eligible.groups and not eligible.groups & person.groups:
        said.append(("group", min(eligible.groups)))
    if person.ages[0] < eligible.min_age:
        said.append(("min_age", str(eligible.min_age)))
    if person.ages[1] > eligible.max_age:
        said.append(("max_age", str(eligible.max_age)))
    if service.districts and service.area != "district" and person.query.district is None:
        said.append(("district", ""))
    said += [(limit, "") for limit in eligible.limits]
    if service.report_needed:
        said.append(("report", ""))
    return said + _limits_of_use(service, person, state)


def _limits_of_use(service: Service, person: Person, state: OpenState) -> list[tuple[str, str]]:
    said = []
    if not speaks(service, person.query.languages):
        said.append(("language", ""))
    if not service.is_confirmed:
        said.append(("unconfirmed", ""))
    if state.open_now is False:
        said.append(("closed", ""))
    return said


def cost(limit: str, value: str, person: Person) -> int:
    """What it costs a service in the ranking that this must be said of it."""
    if limit == "gender":
        return _COSTS_OF_GENDER[value]
    if limit == "police_hub":
        return _HUB_OF_POLICE if person.query.unreported_only else 0
    return _COSTS.get(limit, 1)
