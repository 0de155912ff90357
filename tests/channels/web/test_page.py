"""The page as a browser without JavaScript uses it: forms, one cookie, reloads."""

import re
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.parts import Parts
from channels.settings import Settings
from channels.web.cookies import CHAT as COOKIE
from knowledge.errors import Unavailable
from tests.channels.builders import SITE, a_browser
from tests.fakes import FakeAssistant

ID = "6f1d3f0c-5a3e-4d0a-9a55-2f3f5a1c7b10"
SKIP = {"title": "Skip this", "value": "skip"}
ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
]
HERE = [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": SITE}, {}]


async def test_the_page_greets_and_names_999_and_the_exit(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/")
    assert page.status_code == 200
    assert "computer program" in page.text
    assert "999" in page.text
    assert 'href="/leave"' in page.text
    assert COOKIE not in browser.cookies


async def test_writing_and_reloading_is_a_conversation(browser: httpx.AsyncClient) -> None:
    answer = await _says(browser, "my bike was stolen")
    assert (answer.status_code, answer.headers["location"]) == (303, "/#latest")
    page = await browser.get("/")
    assert "my bike was stolen" in page.text
    assert "answer to my bike was stolen" in page.text
    await _says(browser, "and my coat")
    assert "my bike was stolen" in (await browser.get("/")).text


async def test_without_script_the_first_new_answer_is_what_the_page_opens_at(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    assistant.plan["both"] = Answer((Reply("call 999"), Reply("are you safe?")), None)
    await _says(browser, "hello")
    await _says(browser, "both")
    found = re.findall(r'id="latest" data-sequence="(\d+)"', (await browser.get("/")).text)
    assert found == ["5"]  # greeting, hello, its answer, both, and here: call 999
    again = await browser.get("/say")  # what "See new messages" asks for
    assert (again.status_code, again.headers["location"]) == (303, "/#latest")


async def test_the_cookie_is_for_this_session_and_this_site_alone(
    browser: httpx.AsyncClient,
) -> None:
    cookie = (await _says(browser, "hello")).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/" in cookie
    for lasting in ("expires", "max-age", "domain", "secure"):
        assert lasting not in cookie


async def test_the_same_form_again_is_one_message(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    await _says(browser, "first")
    message_id = str(uuid4())
    for _ in range(2):
        await _says(browser, "second", id=message_id)
    assert assistant.asked == ["first", "second"]


async def test_a_choice_is_a_button(browser: httpx.AsyncClient, assistant: FakeAssistant) -> None:
    reply = Reply("Are you safe?", (Choice("Yes, I am", "safe_now=yes"),))
    assistant.plan["hello"] = Answer((reply,), None)
    await _says(browser, "hello")
    page = (await browser.get("/")).text
    assert 'name="choice" value="safe_now=yes">Yes, I am</button>' in page
    await _says(browser, "", choice="safe_now=yes")
    assert "answer to Yes, I am" in (await browser.get("/")).text


async def test_several_choices_are_ticked_and_sent_as_one_answer(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    choices = (
        Choice("Money", "needs=finance_benefits", several=True),
        Choice("Home", "needs=shelter_accommodation", several=True),
        Choice("None of these", "needs=none"),
    )
    assistant.plan["hello"] = Answer((Reply("How is it?", choices),), None)
    await _says(browser, "hello")
    page = (await browser.get("/")).text
    assert 'name="choice" value="needs=finance_benefits"><label' in page
    assert 'name="choice" value="needs=none">None of these</button>' in page
    await _says(browser, "", choice=["needs=finance_benefits", "needs=shelter_accommodation"])
    assert "answer to Money, Home" in (await browser.get("/")).text


async def test_an_empty_message_is_no_message(browser: httpx.AsyncClient) -> None:
    answer = await _says(browser, " \r\n ")
    assert answer.status_code == 303
    assert COOKIE not in browser.cookies


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_post_from_another_site_is_refused(
    browser: httpx.AsyncClient, assistant: FakeAssistant, headers: dict[str, str]
) -> None:
    await _says(browser, "hello")
    answer = await _says(browser, "not mine", headers=headers)
    assert answer.status_code == 403
    assert "999" in answer.json()["emergency"]
    assert assistant.asked == ["hello"]


@pytest.mark.parametrize("headers", HERE)
async def test_a_post_from_this_site_is_taken(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await _says(browser, "hello", headers=headers)).status_code == 303


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_the_cookie_deletes_nothing_for_another_site(
    browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    await _says(browser, "hello")
    conversation = browser.cookies[COOKIE].split(".")[0]
    answer = await browser.delete(f"/api/conversations/{conversation}", headers=headers)
    assert answer.status_code == 403
    assert "hello" in (await browser.get("/")).text


async def test_a_place_is_helped_but_free(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    """The names stand in the page, so that nobody is asked for what is typed."""
    offered = [{"title": "Town or village", "value": "field=place"}, SKIP]
    asked = {"text": "Where?", "choices": offered, "services": []}
    assistant.plan["burgled"] = Answer((Reply.from_json(asked),), None)
    await _says(browser, "burgled")
    page = (await browser.get("/")).text
    assert '<label class="govuk-label" for="field">Town or village</label>' in page
    assert '<option value="Stevenage">' in page
    assert 'value="field=place"' not in page  # a box, no button
    await _says(browser, "near the old mill")
    assert assistant.asked[-1] == "near the old mill"
    assert 'id="field"' not in (await browser.get("/")).text
    assert "Ware" in (await browser.get("/towns")).json()


async def test_without_script_a_refusal_is_a_page_that_keeps_the_words(
    browser: httpx.AsyncClient, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise Unavailable("away")

    browser.headers["Accept"] = "text/html,*/*"
    with monkeypatch.context() as patched:
        patched.setattr(parts.knowledge.conversations, "receive", away)
        refused = await _says(browser, "he is <here>", id=ID)
    assert refused.status_code == 503
    assert "999" in refused.text
    assert "he is &lt;here&gt;</textarea>" in refused.text
    assert f'name="id" value="{ID}"' in refused.text  # sent again it is no second message
    assert (await _says(browser, "he is <here>", id=ID)).status_code == 303


async def test_what_is_not_right_in_the_form_is_refused(browser: httpx.AsyncClient) -> None:
    assert (await _says(browser, "x" * 4001)).status_code == 413
    assert (await _says(browser, "hello", id="7")).status_code == 422
    assert (await _says(browser, "", choice="never_offered")).status_code == 422
    assert (await browser.post("/say", data={"text": "hello"})).status_code == 422


async def test_words_are_shown_as_words(
    browser: httpx.AsyncClient, assistant: FakeAssistant
) -> None:
    script = "<script>alert(1)</script>"
    service = {"name": script, "why": script, "phone": script, "hours": script, "text": script}
    reply = Reply(script, (Choice(script, '"><b>'),), (service,))
    assistant.plan[script] = Answer((reply,), None)
    await _says(browser, script)
    page = (await browser.get("/")).text
    assert script not in page
    assert '"><b>' not in page
    assert "&lt;script&gt;" in page


async def test_leaving_forgets_the_key_and_goes_somewhere_harmless(
    browser: httpx.AsyncClient, settings: Settings
) -> None:
    await _says(browser, "hello")
    blank = await browser.get("/leave")
    assert 'http-equiv="refresh" content="0; url=/gone"' in blank.text
    assert "<body></body>" in blank.text
    assert COOKIE not in browser.cookies
    answer = await browser.get("/gone")
    assert (answer.status_code, answer.headers["location"]) == (303, settings.exit_url)
    for one in (blank, answer):
        assert one.headers["clear-site-data"] == '"cache", "cookies", "storage"'
        assert one.headers["referrer-policy"] == "no-referrer"
    assert COOKIE not in browser.cookies
    assert "hello" not in (await browser.get("/")).text


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "a", "é.é", "0" * 5000])
async def test_a_key_that_opens_nothing_starts_anew(app: FastAPI, cookie: str) -> None:
    async with a_browser(app) as client:
        page = await client.get("/", headers=[(b"Cookie", f"{COOKIE}={cookie}".encode())])
    assert "computer program" in page.text


@pytest.mark.parametrize("path", ["/", "/say", "/leave", "/gone", "/nowhere", "/console/sign-in"])
async def test_nothing_is_kept_framed_or_fetched_from_elsewhere(
    browser: httpx.AsyncClient, path: str
) -> None:
    headers = (await browser.get(path)).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


async def test_the_page_of_the_api_works_under_our_policy(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/docs")).text
    assert '<script src="http' not in page
    assert "<script>" not in page


class TestBehindHttps:
    """With WAYMARK_SECURE_COOKIES."""

    async def test_the_cookie_travels_encrypted_only(self, browser: httpx.AsyncClient) -> None:
        assert "secure" in (await _says(browser, "hello")).headers["set-cookie"].lower()

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"secure_cookies": True})


async def _says(
    browser: httpx.AsyncClient,
    text: str,
    headers: dict[str, str] | None = None,
    **fields: str | list[str],
) -> httpx.Response:
    form = {"id": str(uuid4()), "text": text, **fields}
    return await browser.post("/say", data=form, headers=headers or {})
