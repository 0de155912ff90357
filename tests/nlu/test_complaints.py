"""Which complaints tell of what is done to somebody, and which are about a service."""

from __future__ import annotations

import pytest

from nlu.complaints import complains_of_a_deed


@pytest.mark.parametrize(
    "text",
    [
        "I wish to complain about telephone calls",
        "complaint about the noise from next door",
        "i want to complain about a man who keeps ringing me",
        "I'd like to make a formal complaint regarding text messages",
        "want 2 complain about my neighbour",
    ],
)
def test_a_complaint_about_somebody_tells_what_they_do(text: str) -> None:
    assert complains_of_a_deed(text)


@pytest.mark.parametrize(
    "text",
    [
        "I want to complain about how the police handled it",
        "complaint about my calls to 101",
        "i want to complain about this chat",
        "the call handler was rude, i want to complain about the call",
        "how do i complain about victim support",
        "i want to complain",
        "i keep getting phone calls",
    ],
)
def test_a_complaint_about_a_service_asks_how_to_make_it(text: str) -> None:
    assert not complains_of_a_deed(text)
