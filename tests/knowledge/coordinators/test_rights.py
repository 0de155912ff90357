"""Rights as a table: who, what, allowed."""

import pytest

from knowledge.coordinators.model import RIGHTS, Coordinator, Right, Role

BOTH = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

# Written out by hand: a change of the table must be made twice, on purpose.
ALLOWED = {
    Right.SEE_QUEUE: BOTH,
    Right.READ_CONVERSATION: BOTH,
    Right.TAKE_CONVERSATION: BOTH,
    Right.WRITE_NOTE: BOTH,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("right", Right)
def test_each_role_may_what_the_table_says(role: Role, right: Right) -> None:
    assert _somebody(role).may(right) is (role in ALLOWED[right])


@pytest.mark.parametrize("role", Role)
def test_what_is_not_written_is_refused(role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(RIGHTS, Right.SEE_QUEUE)
    assert not _somebody(role).may(Right.SEE_QUEUE)


def _somebody(role: Role) -> Coordinator:
    return Coordinator(id="1", email="anna@waymark.example", name="Anna", role=role)
