"""The choice of a language: seen where there is one, kept in the page's only cookie, no script."""

import re
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from channels.settings import Settings
from channels.web import languages
from channels.web.cookies import CHAT as COOKIE

SAID = {"ar": "غادر", "cy": "Gadael"}
ARABIC = '<html lang="ar" dir="rtl"'
WELSH = '<html lang="cy" dir="ltr"'
ENGLISH = '<html lang="en-GB" dir="ltr"'
BACK = re.compile(r'name="back" value="([^"]*)"')


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Arabic and Welsh beside English, as far as this test needs them."""
    for code, word in SAID.items():
        made = Catalog(locale=code, charset="utf-8", fuzzy=False)
        made.add("Leave this page", word)
        file = tmp_path / code / "LC_MESSAGES" / "messages.po"
        file.parent.mkdir(parents=True)
        with file.open("wb") as written:
            write_po(written, made)
    found = languages.languages(tmp_path)
    monkeypatch.setattr(languages, "languages", lambda *_: found)


async def test_where_there_is_english_alone_nothing_is_asked(browser: httpx.AsyncClient) -> None:
    for path in ("/", "/help", "/traces"):
        assert "/language" not in (await browser.get(path)).text


@pytest.mark.usefixtures("several")
class TestSeveralLanguages:
    """With more than one catalogue."""

    async def test_each_is_offered_in_its_own_words_on_every_page(
        self, browser: httpx.AsyncClient
    ) -> None:
        for path in ("/", "/help", "/traces", "/come-back", "/nowhere"):
            page = (await browser.get(path, headers={"Accept": "text/html"})).text
            assert 'value="ar" lang="ar" dir="rtl">العربية</button>' in page, path
            assert 'value="cy" lang="cy" dir="ltr">Cymraeg</button>' in page, path
            assert "English</button>" not in page, path

    async def test_it_stays_on_every_page_in_a_cookie_for_this_session_alone(
        self, browser: httpx.AsyncClient
    ) -> None:
        kept = (await _chooses(browser, "ar")).headers.get_list("set-cookie")
        assert len(kept) == 1
        for bound in ("httponly", "samesite=strict", "path=/"):
            assert bound in kept[0].lower()
        for lasting in ("expires", "max-age"):
            assert lasting not in kept[0].lower()
        for path in ("/", "/help", "/traces"):
            page = (await browser.get(path)).text
            assert ARABIC in page, path
            assert "غادر" in page, path
            assert "English</button>" in page, path

    async def test_english_can_be_chosen_against_the_browsers_wish(
        self, browser: httpx.AsyncClient
    ) -> None:
        browser.headers["Accept-Language"] = "ar"
        assert ARABIC in (await browser.get("/")).text
        await _chooses(browser, "en")
        assert ENGLISH in (await browser.get("/")).text

    async def test_the_chat_is_kept_when_the_language_changes_and_the_other_way_round(
        self, browser: httpx.AsyncClient
    ) -> None:
        await _chooses(browser, "cy")
        await browser.post("/say", data={"id": str(uuid4()), "text": "hello there"})
        await _chooses(browser, "ar")
        page = (await browser.get("/")).text
        assert ARABIC in page
        assert "hello there" in page
        assert len(browser.cookies) == 1

    async def test_the_same_page_is_shown_again(self, browser: httpx.AsyncClient) -> None:
        page = (await browser.get("/help", params={"q": "a & b", "lang": "cy"})).text
        found = BACK.search(page)
        assert found
        answer = await _chooses(browser, "ar", back=found[1].replace("&amp;", "&"))
        assert answer.headers["location"] == "/help?q=a+%26+b"

    @pytest.mark.parametrize(
        "elsewhere", ["https://bad.example/", "//bad.example", "/\\bad.example", "", "x:y"]
    )
    async def test_no_form_leads_to_another_site(
        self, browser: httpx.AsyncClient, elsewhere: str
    ) -> None:
        assert (await _chooses(browser, "ar", back=elsewhere)).headers["location"] == "/"

    async def test_what_was_refused_leads_back_to_the_chat(
        self, browser: httpx.AsyncClient
    ) -> None:
        form = {"id": str(uuid4()), "text": "1" * 4001}
        refused = await browser.post("/say", data=form, headers={"Accept": "text/html"})
        assert BACK.findall(refused.text) == ["/"]

    async def test_what_stood_in_the_box_stands_there_again_and_nowhere_else(
        self, browser: httpx.AsyncClient
    ) -> None:
        await browser.post("/say", data={"id": str(uuid4()), "text": "hello there"})
        assert 'form="say" formaction="/language"' in (await browser.get("/")).text
        form = {"lang": "ar", "id": str(uuid4()), "text": "he is <here>\r\nnow"}
        answer = await browser.post("/language", data=form)
        assert answer.status_code == 200  # no address carries it
        assert ARABIC in answer.text
        assert "he is &lt;here&gt;\nnow</textarea>" in answer.text
        assert "hello there" in answer.text  # the chat is the same
        assert answer.headers["cache-control"] == "no-store"
        assert "here" not in str(answer.headers)
        page = (await browser.get("/")).text
        assert ARABIC in page
        assert "he is" not in page

    async def test_going_back_to_what_stood_in_the_box_shows_it_to_nobody(
        self, browser: httpx.AsyncClient
    ) -> None:
        form = {"lang": "ar", "id": str(uuid4()), "text": "he is here"}
        assert "he is here" in (await browser.post("/language", data=form)).text
        await browser.get("/leave")
        again = await browser.post("/language", data=form)  # the browser sends the form again
        assert (again.status_code, "he is here" in again.text) == (303, False)
        gone = await browser.get("/language")
        assert (gone.status_code, gone.headers["location"]) == (303, "/")

    async def test_an_unknown_language_changes_nothing(self, browser: httpx.AsyncClient) -> None:
        await _chooses(browser, "cy")
        assert "set-cookie" not in (await _chooses(browser, "xx")).headers
        assert WELSH in (await browser.get("/")).text

    async def test_another_sites_page_can_not_choose(self, browser: httpx.AsyncClient) -> None:
        form = {"lang": "ar", "back": "/"}
        cross = {"Sec-Fetch-Site": "cross-site"}
        assert (await browser.post("/language", data=form, headers=cross)).status_code == 403
        assert COOKIE not in browser.cookies

    async def test_in_a_frame_the_cookie_is_that_sites_alone(
        self, browser: httpx.AsyncClient
    ) -> None:
        for path in ("/?in=frame", "/traces"):
            framed = {"Sec-Fetch-Dest": "iframe"}
            assert 'name="framed"' in (await browser.get(path, headers=framed)).text, path
        assert 'name="framed"' not in (await browser.get("/traces")).text
        form = {"lang": "ar", "back": "/", "framed": "1"}
        kept = (await browser.post("/language", data=form)).headers["set-cookie"]
        assert "Partitioned" in kept
        assert "SameSite=None" in kept

    async def test_leaving_forgets_it_too(self, browser: httpx.AsyncClient) -> None:
        await _chooses(browser, "ar")
        await browser.get("/leave")
        assert COOKIE not in browser.cookies
        assert ENGLISH in (await browser.get("/")).text

    class TestSecure:
        """With WAYMARK_SECURE_COOKIES."""

        async def test_the_cookie_travels_encrypted_only(self, browser: httpx.AsyncClient) -> None:
            assert "secure" in (await _chooses(browser, "ar")).headers["set-cookie"].lower()

        @pytest.fixture
        def settings(self, settings: Settings) -> Settings:
            return settings.model_copy(update={"secure_cookies": True})


async def _chooses(browser: httpx.AsyncClient, code: str, back: str = "/") -> httpx.Response:
    return await browser.post("/language", data={"lang": code, "back": back})
