"""Which passwords are good enough."""

import pytest

from knowledge.coordinators.passwords import PasswordRefused, check_password

OWN = ("anna.brookfield@waymark.example", "Anna")


@pytest.mark.parametrize(
    "password",
    [
        "otter saxophone gravel",
        "cup fox web",
        "plinth-marzipan-kestrel",
        "vbk2-9whx-qmtz",
        "correcthorsebatterystaple",
        "Ωμέγα και άλφα, πάλι",
        "a long enough password",
        "x7!kd0vQ2wRu",
    ],
)
def test_long_ones_are_taken_whatever_they_are_made_of(password: str) -> None:
    check_password(password, *OWN)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "kestrel42!A",
        "cup fox",
        "aaa aaa aaa",
        "password1234",
        "P@ssw0rd2026!",
        "PASSWORDpassword",
        "qwertyuiop123",
        "123456789012",
        "111111111111111",
        "waymarkwaymark",
        "Waymark2026!!",
        "brookfield2026",
        "annabrookfield!",
        "liverpool1892!",
        "letmeinletmein",
        "x" * 201,
    ],
)
def test_short_ones_and_those_that_everybody_uses_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefused):
        check_password(password, *OWN)
