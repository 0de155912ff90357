"""Rights as a table: who, what, allowed."""

from dataclasses import replace

import pytest

from knowledge.coordinators.model import RIGHTS, Area, Coordinator, Right, Role

DESK = frozenset({Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR})

# Written out by hand: a change of the table must be made twice, on purpose.
ALLOWED = {
    Right.SEE_QUEUE: DESK,
    Right.READ_CONVERSATION: DESK,
    Right.TAKE_CONVERSATION: DESK,
    Right.WRITE_NOTE: DESK,
    Right.JOIN_CONVERSATION: {Role.SUPERVISOR, Role.ADMINISTRATOR},
    Right.CORRECT_FACTS: DESK,
    Right.MARK_ALARM: DESK,
    Right.ACKNOWLEDGE: DESK,
    Right.SEE_FIGURES: {Role.SUPERVISOR, Role.ADMINISTRATOR},
    Right.SET_DUTY_PHONE: {Role.SUPERVISOR, Role.ADMINISTRATOR},
    Right.HOLD_CONVERSATION: {Role.SUPERVISOR},
    Right.EDIT_DIRECTORY: {Role.EDITOR, Role.ADMINISTRATOR},
    Right.MANAGE_PEOPLE: {Role.ADMINISTRATOR},
    Right.READ_TRACE: {Role.AUDITOR},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_each_role_may_what_the_table_says(role: Role, right: Right) -> None:
    assert _somebody(role).may(right) is (role in ALLOWED[right])


@pytest.mark.parametrize("role", Role)
def test_what_is_not_written_is_refused(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RIGHTS, Right.SEE_QUEUE)
    assert not _somebody(role).may(Right.SEE_QUEUE)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_who_left_may_nothing(role: Role, right: Right) -> None:
    assert not replace(_somebody(role), is_active=False).may(right)


@pytest.mark.parametrize(
    ("area", "county", "covered"),
    [
        (Area.BOTH, "hertfordshire", True),
        (Area.BOTH, None, True),
        (Area.HERTFORDSHIRE, "hertfordshire", True),
        (Area.HERTFORDSHIRE, "cambridgeshire", False),
        (Area.CAMBRIDGESHIRE, "hertfordshire", False),
        (Area.CAMBRIDGESHIRE, None, True),
        (Area.CAMBRIDGESHIRE, "essex", True),  # nobody's, so everybody's
    ],
)
def test_an_area_covers_its_county_and_what_is_nobodys(
    area: Area, county: str | None, covered: bool
) -> None:
    assert area.covers(county) is covered


def _somebody(role: Role) -> Coordinator:
    return Coordinator(id="1", email="anna@waymark.example", name="Anna", role=role)
