"""Who may have enhanced rights: the rules as data, and what they say of one person."""

from datetime import date
from typing import Any

import pytest
import yaml

from knowledge.assessment.model import CRIME_TYPES, ROLES
from knowledge.entitlements import TOLD, Code, Situation
from knowledge.entitlements.rules import BUSINESS, RULES

TODAY = date(2026, 11, 24)

MAY = [
    ({"role": "victim", "crime_type": "domestic_abuse"}, ("serious_crime",)),
    ({"crime_type": "stalking"}, ("persistently_targeted",)),
    ({"role": "bereaved_relative", "crime_type": "homicide_bereavement"}, ("serious_crime",)),
    (
        {"role": "victim", "crime_type": "asb", "repeated": True, "told": ("disability",)},
        ("persistently_targeted", "vulnerable_or_intimidated"),
    ),
    ({"role": "parent_guardian", "crime_type": "robbery"}, ("vulnerable_or_intimidated",)),
    ({"role": "victim", "told": ("afraid",)}, ("vulnerable_or_intimidated",)),
    ({"role": "victim", "crime_type": "assault", "told": ("badly_hurt",)}, ("serious_crime",)),
    ({"role": "victim", "crime_type": "other", "told": ("held",)}, ("serious_crime",)),
    (
        {"role": "other", "crime_type": "fraud_cyber", "told": ("mental_health",)},
        ("vulnerable_or_intimidated",),
    ),
    ({"role": "other", "crime_type": "domestic_abuse"}, ("serious_crime",)),
    (
        {"role": "witness", "crime_type": "assault", "told": ("under_18",)},
        ("vulnerable_or_intimidated",),
    ),
    (
        {"role": "witness", "crime_type": "hate_crime", "told": ("afraid",)},
        ("vulnerable_or_intimidated",),
    ),
    ({"role": "business_contact", "crime_type": "hate_crime"}, ("serious_crime",)),
    (
        {"role": "business_contact", "crime_type": "robbery", "told": ("badly_hurt", "afraid")},
        ("serious_crime", "vulnerable_or_intimidated"),
    ),
]

NO_SIGN = [
    ({"role": "victim", "crime_type": "theft"}, None),
    ({"role": "victim", "crime_type": "theft", "told": ()}, False),
    ({"role": "victim", "crime_type": "fraud_cyber", "repeated": True, "told": ()}, False),
    ({"role": "victim", "crime_type": "assault"}, None),
    ({"role": "witness", "crime_type": "hate_crime"}, None),
    ({"role": "witness", "crime_type": "asb", "repeated": True, "told": ()}, False),
    ({"role": "business_contact", "crime_type": "business_crime", "repeated": True}, None),
    ({"role": "business_contact", "crime_type": "burglary", "told": ("afraid",)}, None),
    ({"role": "business_contact", "crime_type": "assault", "told": ()}, False),
]


@pytest.mark.parametrize(("known", "grounds"), MAY)
def test_there_may_be_enhanced_rights_on(known: dict[str, Any], grounds: tuple[str, ...]) -> None:
    found = Code.on(TODAY).entitlement(Situation(**known))
    assert (found.eligible, found.grounds) == (True, grounds)
    assert all(found.because)


@pytest.mark.parametrize(("known", "eligible"), NO_SIGN)
def test_no_sign_is_unknown_until_it_was_asked(
    known: dict[str, Any], eligible: bool | None
) -> None:
    assert Code.on(TODAY).entitlement(Situation(**known)).eligible is eligible


def test_the_edition_of_the_day_applies() -> None:
    assert Code.on(date(2021, 4, 1)).edition == "2021"
    with pytest.raises(ValueError, match="no edition"):
        Code.on(date(2021, 3, 31))


def test_who_saw_it_counts_since_the_act_that_says_so() -> None:
    saw = Situation(role="witness", crime_type="assault", told=("under_18",))
    assert Code.on(date(2025, 1, 28)).entitlement(saw).eligible is None
    assert Code.on(date(2025, 1, 29)).entitlement(saw).eligible is True
    assert "section 1" in Code.on(date(2025, 1, 29)).source


def test_the_rules_name_only_what_the_record_knows_and_their_source() -> None:
    for edition in yaml.safe_load(RULES.read_text("utf-8")):
        assert edition["source"]
        apart = {*edition.get("not_of", ()), *edition.get("only_told", ())}
        assert apart <= set(ROLES)
        for ground in edition["grounds"].values():
            assert ground.get("crime_types", {}).keys() <= set(CRIME_TYPES)
            assert ground.get("roles", {}).keys() <= set(ROLES) - {BUSINESS} - apart
            assert ground.get("told", {}).keys() <= set(TOLD)
        told = {name for one in edition["grounds"].values() for name in one.get("told", {})}
        assert told == set(TOLD)  # nothing is asked that does not count
