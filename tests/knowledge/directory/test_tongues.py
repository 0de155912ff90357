"""In which languages help is asked for."""

from __future__ import annotations

import pytest

from knowledge.directory.tongues import ANY_OTHER, languages_said


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("is there somebody who speaks Polish", ("Polish",)),
        ("my mum only has Urdu", ("Urdu",)),
        ("a Romanian speaking helper", ("Romanian",)),
        ("she talks Bengali or Punjabi, a Punjabi speaker is fine", ("Bengali", "Punjabi")),
        ("my English is not good", (ANY_OTHER,)),
        ("do you have an interpreter", (ANY_OTHER,)),
        ("I am Polish and my flat was broken into", ()),
        ("it happened in the Polish shop", ()),
        ("", ()),
    ],
)
def test_a_language_is_asked_for_and_not_only_named(text: str, languages: tuple[str, ...]) -> None:
    assert languages_said(text) == languages
