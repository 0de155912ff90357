"""Every fixed sentence of every page is in the catalogue: a made-up language leaves no English."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from babel.support import NullTranslations

from channels.assistant import Answer
from channels.message import Choice, Reply
from channels.parts import Parts
from channels.web import languages, sentences
from channels.web.cookies import CHAT as COOKIE
from knowledge.assessment.model import Fact
from tests.fakes import FakeAssistant

# Hebrew's code, because it is written from right to left; the letters only stand for ours.
CODE = "he"
LETTERS = str.maketrans(
    {chr(ord("a") + at): chr(0x05D0 + at % 27) for at in range(26)}
    | {chr(ord("A") + at): chr(0x05D0 + at % 27) for at in range(26)}
)
KEPT = re.compile(r"(%\(\w+\)s|\{\w+\})")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
NAMES = {"Waymark"}
SAID_ALOUD = ("aria-label", "title", "placeholder", "alt")
TOLD = {
    "crime_type": "burglary",
    "role": "victim",
    "repeated": True,
    "reported": "does_not_want",
    "occurred": {"from": "2026-11-17", "to": "2026-11-17", "as_said": "1"},
    "place": {"as_said": "2", "district": "stevenage", "county": "hertfordshire"},
    "crime_reference": "4",
    "needs": {"finance_benefits": 1, "social_interaction": 1},
    "contact": {"how": "phone", "safe_times": "3", "avoid": ["landline"]},
}
CARD = {
    "name": "A Helpline",
    "why": "They help people.",
    "phone": "01632 960001",
    "text": "07700 900123",
    "email": "help@beacon.example",
    "url": "https://beacon.example/",
    "webchat": "https://chat.example/",
    "hours": "Open now",
    "beside": {"phone": "01632 960002"},
}
ASKED = Reply("Are you safe?", (Choice("Yes", "safe=yes"),), services=(CARD,))
SEVERAL = Reply("What would help?", (Choice("Money", "needs=money", several=True),))

PUBLIC = [
    "/",
    "/?in=frame",
    "/come-back",
    "/delete",
    "/traces",
    "/privacy",
    "/help",
    "/help?q=nothing&open=1",
    "/help?place=AL",
    "/help?place=SG8",
    "/help?place=London",
    "/help?place=xyzzy",
    "/help?crime=burglary&place=Ware&show=9",
    "/help?need=drugs_alcohol&language=bsl&nophone=1&nopolice=1&who=man",
    "/help/pledge",
    "/help/services/nat-shout",
    "/help/services/nowhere",
    "/help/crimes/burglary",
    "/help/crimes/homicide_bereavement",
    "/nowhere",
]


@pytest.fixture
def browser_elsewhere(
    browser: httpx.AsyncClient, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> httpx.AsyncClient:
    """A browser that speaks another language, in which every sentence has a translation."""
    folder = tmp_path / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_bytes(_translated())
    found = languages.languages(tmp_path)
    monkeypatch.setattr(languages, "languages", lambda *_: found)
    browser.headers["Accept-Language"] = CODE
    browser.headers["Accept"] = "text/html"
    return browser


async def test_no_english_is_left_on_a_public_page(browser_elsewhere: httpx.AsyncClient) -> None:
    for path in PUBLIC:
        _is_translated((await browser_elsewhere.get(path)).text, path)


async def test_no_english_is_left_around_a_chat(
    browser_elsewhere: httpx.AsyncClient, parts: Parts, assistant: FakeAssistant
) -> None:
    assistant.plan |= {"1": Answer((ASKED,), None), "2": Answer((SEVERAL,), None)}
    for text in ("1", "2", "DANGER"):
        await _says(browser_elsewhere, text)
        _is_translated((await browser_elsewhere.get("/")).text.replace("DANGER", ""), text)
    await _keeps(browser_elsewhere, parts)
    for path in ("/", "/notes", "/come-back", "/delete"):
        page = (await browser_elsewhere.get(path)).text
        _is_translated(page.replace("DANGER", ""), path)
    understood = (await browser_elsewhere.get("/understood")).json()
    assert not ENGLISH.search(json.dumps(understood["lines"], ensure_ascii=False))
    for path in ("/come-back/words", "/delete"):
        _is_translated((await browser_elsewhere.post(path)).text, path)


async def test_what_is_refused_is_said_in_the_readers_language(
    browser_elsewhere: httpx.AsyncClient,
) -> None:
    for refused in (
        browser_elsewhere.post("/say", data={"id": str(uuid4()), "text": "1" * 4001}),
        browser_elsewhere.post("/say", data={"id": "7", "text": "1"}),
        browser_elsewhere.post("/left", headers={"Sec-Fetch-Site": "cross-site"}, json={}),
        browser_elsewhere.post("/come-back", data={"phrase": "1 2 3 4 5"}),
        browser_elsewhere.get("/understood"),
        browser_elsewhere.put("/delete"),
    ):
        answer = await refused
        assert answer.status_code >= 400
        _is_translated(answer.text, str(answer.url))
        assert "999" in answer.text
    browser_elsewhere.headers["Accept"] = "application/json"
    told = (await browser_elsewhere.get("/api/conversations/x/messages")).json()
    assert not ENGLISH.search(told["detail"] + told["emergency"])
    assert "999" in told["emergency"]


def test_the_catalogue_is_as_the_pages_are() -> None:
    """`make words` was run."""
    kept = sentences.POT.read_bytes()
    written = BytesIO()
    write_po(written, sentences.catalogue(), no_location=True, omit_header=True)
    assert written.getvalue() == kept


def test_a_sentence_without_a_translation_is_marked_as_english() -> None:
    language = languages.Language("he", "rtl", NullTranslations())
    assert language.said(str)("A <b>") == '<span lang="en-GB" dir="ltr">A &lt;b&gt;</span>'
    assert languages.languages()["en"].said(str)("A <b>") == "A &lt;b&gt;"


def _translated() -> bytes:
    made = Catalog(locale=CODE, charset="utf-8", fuzzy=False)
    for message in sentences.catalogue():
        if message.id:
            made.add(message.id, _in_other_letters(message))
    written = BytesIO()
    write_po(written, made)
    return written.getvalue()


def _in_other_letters(message: Message) -> Any:
    if isinstance(message.id, str):
        return _turned(message.id)
    forms = range(Catalog(locale=CODE).num_plurals)  # as many as the language has
    return tuple(_turned(message.id[1]) for _ in forms)


def _turned(sentence: str) -> str:
    pieces = KEPT.split(sentence)
    return "".join(one if KEPT.fullmatch(one) else one.translate(LETTERS) for one in pieces)


def _is_translated(page: str, state: str) -> None:
    reader = _Reader()
    reader.feed(page)
    assert reader.direction == ("he", "rtl"), f"{state}: {page[:200]}"
    left = [one for one in reader.said if ENGLISH.search(_without_names(one))]
    assert left == [], state


def _without_names(said: str) -> str:
    words = KEPT.sub("", said).split()
    return " ".join(word for word in words if word.strip(".,:") not in NAMES)


class _Reader(HTMLParser):
    """What a page says in its own language: texts and what is read aloud, not what is marked
    as English, and no addresses."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.direction: tuple[str | None, str | None] = (None, None)
        self._english: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.direction = (given.get("lang"), given.get("dir"))
        own = given.get("lang")
        within = bool(self._english) and self._english[-1]
        english = own.startswith("en") if own else within
        if not english:
            self.said += [given[one] or "" for one in SAID_ALOUD if one in given]
            self.said += _strings(json.loads(given.get("data-words") or "{}"))
        if tag not in self.VOID:
            as_it_is = tag in ("script", "style") or "way" in (given.get("class") or "").split()
            self._english.append(english or as_it_is)

    def handle_endtag(self, _tag: str) -> None:
        self._english.pop()

    def handle_data(self, data: str) -> None:
        if not (self._english and self._english[-1]):
            self.said.append(data)


def _strings(words: Any) -> Iterator[str]:
    for name, inner in words.items():
        if isinstance(inner, dict):
            yield from _strings(inner)
        elif name != "english":
            yield inner


async def _says(browser: httpx.AsyncClient, text: str) -> None:
    await browser.post("/say", data={"id": str(uuid4()), "text": text})


async def _keeps(browser: httpx.AsyncClient, parts: Parts) -> None:
    conversation = browser.cookies[COOKIE].partition(".")[0]
    facts = [Fact(name=n, value=v, message="m1", as_said=n) for n, v in TOLD.items()]
    await parts.knowledge.assessments.keep(conversation, facts)
