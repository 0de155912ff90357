"""The same assistant in Telegram: real processes, a stand-in only for Telegram's servers."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.bot_api import TOKEN, BotApi, Failure, bot_api
from tests.bot_api_calling import calling
from tests.journeys.running import EMAIL, PASSWORD, Waymark, free_port, running, wait_for

pytestmark = pytest.mark.journey

PATIENCE = 20.0


@pytest.fixture(scope="module")
def telegram() -> Iterator[tuple[BotApi, Waymark]]:
    with bot_api(free_port()) as api:
        settings = {"WAYMARK_TELEGRAM_TOKEN": TOKEN, "WAYMARK_TELEGRAM_API": api.url}
        with running(**settings) as waymark:
            yield api, waymark
        assert api.broken == []


def test_a_burglary_is_told_and_help_is_named(telegram: tuple[BotApi, Waymark]) -> None:
    api, _ = telegram
    ann = 701
    api.says(ann, "my house in Stevenage was burgled last tuesday and i cant sleep")
    _hears(api, ann, "Are you safe right now?")
    api.presses(ann, "Yes, I'm safe")
    _hears(api, ann, "Do the police know")
    assert "Which town" not in " ".join(api.seen(ann))


def test_danger_in_the_middle_of_a_question(telegram: tuple[BotApi, Waymark]) -> None:
    api, waymark = telegram
    ben = 702
    api.says(ben, "someone stole my purse")
    _hears(api, ben, "Are you safe right now?")
    api.says(ben, "no hes outside banging on the door he said hes going to kill me")
    _hears(api, ben, "I have told the team")
    _hears(api, ben, "press /leave at any time")  # and of no page that could be left
    assert "page" not in " ".join(api.seen(ben))
    (first, *_) = _queue(waymark)
    assert (first["channel"], first["priority"]) == ("telegram", "emergency")


def test_danger_by_a_button(telegram: tuple[BotApi, Waymark]) -> None:
    api, _ = telegram
    cat = 703
    api.says(cat, "someone stole my purse")
    _hears(api, cat, "Are you safe right now?")
    api.presses(cat, "No")
    _hears(api, cat, "I have told the team")


def test_a_crash_loses_nothing(telegram: tuple[BotApi, Waymark]) -> None:
    api, waymark = telegram
    dan = 704
    api.says(dan, "are you a robot?")
    _hears(api, dan, "not a person")
    only_the_answer_is_lost = Failure(0, "", after_effect=True, silent=True, chat=dan)
    api.fails("sendMessage", only_the_answer_is_lost)
    api.says(dan, "someone stole my purse")
    _hears(api, dan, "Are you safe right now?")
    waymark.kill("channels")
    api.presses(dan, "Yes, I'm safe")
    api.says(dan, "it was yesterday in Hertford")
    waymark.start("channels")
    waymark.wait_until_ready()
    _hears(api, dan, "Do the police know")
    assert " ".join(api.seen(dan)).count("Are you safe right now?") == 1


def test_no_name_of_a_chat_goes_further_than_the_channel(
    telegram: tuple[BotApi, Waymark],
) -> None:
    api, waymark = telegram
    somebody = 7_010_203_040
    api.says(somebody, "my neighbour zebulonquux broke my fence in Baldock yesterday")
    _hears(api, somebody, "Are you safe right now?")
    assert "zebulonquux" not in waymark.logs()
    assert str(somebody) not in waymark.logs()
    trackers = b"".join(
        path.read_bytes() for path in waymark.var.glob("trackers.db*") if path.is_file()
    )
    assert trackers
    assert str(somebody).encode() not in trackers
    with _desk(waymark) as desk:
        assert str(somebody) not in desk.get("/queue").text


def test_called_by_telegram_it_is_the_same(telegram: tuple[BotApi, Waymark]) -> None:
    """The last one here: from now on the process has a public address."""
    api, waymark = telegram
    eve, fay = 705, 706
    waymark.kill("channels")
    waymark.environment["WAYMARK_PUBLIC_URL"] = "https://x.example"
    asked_before = len(api.called("getUpdates"))
    waymark.start("channels")
    waymark.wait_until_ready()
    with calling(api, waymark.url):
        api.says(eve, "my house in Stevenage was burgled last tuesday and i cant sleep")
        _hears(api, eve, "Are you safe right now?")
        waymark.kill("channels")
        api.presses(eve, "Yes, I'm safe")
        api.says(fay, "he is outside banging on the door he said hes going to kill me")
        waymark.start("channels")
        _hears(api, fay, "I have told the team")
        _hears(api, eve, "Do the police know")
    assert " ".join(api.seen(eve)).count("Are you safe right now?") == 1
    assert len(api.called("getUpdates")) == asked_before


def _hears(api: BotApi, chat: int, words: str) -> None:
    try:
        wait_for(lambda: words in " ".join(api.seen(chat)), PATIENCE)
    except AssertionError:
        raise AssertionError(f"{words!r} not in {api.seen(chat)}") from None


def _queue(waymark: Waymark) -> list[dict[str, str]]:
    with _desk(waymark) as desk:
        queue: list[dict[str, str]] = desk.get("/queue").json()["queue"]
        return queue


@contextmanager
def _desk(waymark: Waymark) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{waymark.url}/api/console", timeout=30) as desk:
        desk.post("/sessions", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
        yield desk
