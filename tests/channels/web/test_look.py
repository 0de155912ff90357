"""A hub's own look, and the languages of the fixed parts."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from channels.settings import BadSetting, Settings
from channels.web import languages
from channels.web.hub import Hub, contrast

HUB = """
name: Beacon
title: Notes
light: {brand: "#5a1d6b", on_brand: "#ffffff", paper: "#ffffff", ink: "#0b0c0c", mine: "#eee0f2"}
words: {Leave this page: Leave now}
"""
ARABIC = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Leave this page"
msgstr "غادر"
"""
WRONG = {
    "name: 7": "name",
    "logo: x": "logo",
    'light: {brand: "red"}': "light.brand",
    HUB.replace("#5a1d6b", "#dddddd"): "brand can't be read on paper",
    "[": "Error",
}


class TestAHub:
    """With WAYMARK_HUB."""

    async def test_its_name_colours_and_words_are_everywhere(
        self, browser: httpx.AsyncClient
    ) -> None:
        for path in ("/", "/come-back", "/help", "/traces"):
            page = (await browser.get(path)).text
            assert "Leave now" in page
            assert "/theme.css" in page
        page = (await browser.get("/")).text
        assert "<title>Notes</title>" in page
        assert '"assistant": "Beacon"' in page
        assert "--brand:#5a1d6b" in (await browser.get("/theme.css")).text

    @pytest.fixture
    def settings(self, settings: Settings, tmp_path: Path) -> Settings:
        (tmp_path / "hub.yml").write_text(HUB, "utf-8")
        return settings.model_copy(update={"hub": tmp_path / "hub.yml"})


async def test_our_own_look_asks_for_nothing_more(browser: httpx.AsyncClient) -> None:
    assert "/theme.css" not in (await browser.get("/")).text
    assert (await browser.get("/theme.css")).text == ""


@pytest.mark.parametrize(("file", "named"), WRONG.items())
def test_a_wrong_file_ends_the_start_with_one_line(file: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "hub.yml").write_text(file, "utf-8")
    with pytest.raises(BadSetting, match="WAYMARK_HUB") as error:
        Hub.load(tmp_path / "hub.yml")
    assert named in str(error.value)
    assert "\n" not in str(error.value)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


async def test_another_language_is_one_file_and_turns_the_page(
    app: FastAPI, browser: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(ARABIC, "utf-8")
    found = languages.languages(tmp_path)
    monkeypatch.setattr(languages, "languages", lambda *_: found)
    for wish in ({"params": {"lang": "ar"}}, {"headers": {"Accept-Language": "ar-EG, en;q=0.5"}}):
        page = (await browser.get("/", **wish)).text  # type: ignore[arg-type]
        assert '<html lang="ar" dir="rtl"' in page
        assert "غادر" in page
    assert 'lang="en-GB" dir="ltr"' in (await browser.get("/", params={"lang": "xx"})).text


def test_every_catalogue_is_whole_and_keeps_999() -> None:
    for code, language in languages.languages().items():
        said = language.translations.gettext("Call 999")
        assert "999" in said, code
