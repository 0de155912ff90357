"""Reading feeds over the network, and the directory's command line."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from channels import directory_command, directory_feed
from channels.directory_feed import FeedFailed, services_of
from channels.directory_links import broken_links
from channels.parts import Parts
from channels.settings import Settings
from knowledge.directory.checks import Kind
from knowledge.directory.feeds import row_of
from knowledge.directory.records import Entry
from knowledge.directory.rows import COLUMNS, read_row
from knowledge.directory.shape import normal
from tests.knowledge.directory.builders import a_plain_row
from tests.knowledge.directory.test_feeds import ID, an_item

FEED = "https://feed.example/o"
Handler = Callable[[httpx.Request], httpx.Response]


def a_page(*items: dict[str, Any], number: int = 1, pages: int = 1) -> dict[str, Any]:
    return {
        "total_pages": pages,
        "page_number": number,
        "last_page": number == pages,
        "contents": list(items),
    }


async def read(handler: Handler, address: str = FEED) -> list[Any]:
    transport = httpx.MockTransport(handler)
    return [item async for item in services_of(address, pause=0, transport=transport)]


async def test_all_pages_are_read_and_short_items_are_completed() -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.url.path}?{request.url.params.get('page', '')}")
        if request.url.path.endswith("/services/two"):
            return httpx.Response(200, json=an_item(id="two"))
        number = int(request.url.params["page"])
        short = {"id": "two", "name": "Short"}
        item = an_item(id="one") if number == 1 else short
        return httpx.Response(200, json=a_page(item, number=number, pages=2))

    items = await read(handler, f"{FEED}/services/")

    assert [item["id"] for item in items] == ["one", "two"]
    assert items[1]["name"] == "Money advice"
    assert asked == ["/o/services?1", "/o/services?2", "/o/services/two?"]


async def test_a_busy_feed_is_asked_again_after_the_time_it_wants() -> None:
    answers = iter([httpx.Response(429, headers={"Retry-After": "0"}),
                    httpx.Response(200, json=a_page(an_item()))])  # fmt: skip

    assert len(await read(lambda _: next(answers))) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (httpx.Response(500), "answered 500"),
        (httpx.Response(200, text="<html>"), "no JSON"),
        (httpx.Response(200, json=[1]), "no feed of HSDS-UK"),
        (httpx.Response(200, json={"contents": "x"}), "no feed of HSDS-UK"),
        (httpx.Response(200, content=b"[" * (directory_feed.LARGEST_ANSWER + 1)), "too large"),
    ],
)
async def test_a_feed_that_is_none_is_refused(answer: httpx.Response, why: str) -> None:
    with pytest.raises(FeedFailed, match=why):
        await read(lambda _: answer)


async def test_a_feed_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_feed, "MOST_PAGES", 3)
    with pytest.raises(FeedFailed, match="more than 3 pages"):
        await read(lambda _: httpx.Response(200, json=a_page(an_item(), pages=9)))


async def test_a_feed_that_does_not_answer_is_said() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("too slow", request=request)

    with pytest.raises(FeedFailed, match="ConnectTimeout"):
        await read(handler)


async def test_our_own_feed_can_be_read_by_another_waymark(app: FastAPI) -> None:
    parts: Parts = app.state.parts
    await parts.knowledge.directory.seed()
    address = "http://waymark.test/api/directory"
    transport = httpx.ASGITransport(app)

    items = [item async for item in services_of(address, pause=0, transport=transport)]
    theirs = {item["waymark"]["id"]: item for item in items}
    ours = {one.id: one for one in parts.knowledge.directory.services()}

    assert set(theirs) == set(ours)
    for id_ in ("nat-galop", "cambs-cgl", "herts-beacon", "nat-childline"):
        service, kept = read_row(row_of(theirs[id_], address)), ours[id_]
        assert (service.name, service.needs, service.eligible) == (
            kept.name,
            kept.needs,
            kept.eligible,
        )
        assert service.crime_types == kept.crime_types
    rows = [(row_of(theirs["nat-galop"], address), theirs["nat-galop"]["id"])]
    report = await parts.knowledge.directory.take_in(rows, address)
    assert (report.added, len(report.left_alone) + report.unchanged) == (0, 1)


def command(settings: Settings, *arguments: str) -> int:
    return directory_command.run(arguments, settings)


def test_export_then_import_changes_nothing(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "services.csv"
    assert command(settings, "export", str(file)) == 0
    assert "152 services written" in capsys.readouterr().out
    assert tuple(file.read_text("utf-8").splitlines()[0].split(",")) == COLUMNS

    assert command(settings, "import", str(file)) == 0
    assert "added 0, changed 0, unchanged 152" in capsys.readouterr().out


def test_import_reports_what_was_refused(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "helpers.csv"
    rows = [a_plain_row(), a_plain_row(id="b", phone="12")]
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)

    assert command(settings, "import", str(file)) == 0

    said = capsys.readouterr().out
    assert "added 1, changed 0, unchanged 0, left alone 0, refused 1" in said
    assert "refused: b: '12' is not a phone number" in said


def test_import_of_a_feed_by_its_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def feed(address: str) -> Any:
        assert address == FEED
        for item in (an_item(), an_item(id="2", name="Chess", description="")):
            yield json.loads(json.dumps(item))

    monkeypatch.setattr(directory_command, "services_of", feed)

    assert command(settings, "import", FEED) == 0
    said = capsys.readouterr().out
    assert "added 1" in said
    assert "refused: 2: nothing in it says" in said


def test_a_feed_over_the_wire_is_taken_in_again_and_again(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """A real server, asked by its address; then it closes one service and drops another."""
    items = [an_item(), an_item(id="2"), an_item(id="3", name="Chess", description="")]
    with a_feed(items) as address:
        said = []
        for given in (address, f"{address}/services"):
            command(settings, "import", given)
            said.append(capsys.readouterr().out)
        items[:] = [an_item(status="defunct")]
        command(settings, "import", address)
        said.append(capsys.readouterr().out)

    assert "added 2, changed 0, unchanged 0, left alone 0, refused 1" in said[0]
    assert "added 0, changed 0, unchanged 2, left alone 0, refused 1" in said[1]
    assert f"taken out: {ID}: its source says that it is closed" in said[2]
    assert "its source does not list it any more" in said[2]


@contextmanager
def a_feed(items: list[dict[str, Any]]) -> Iterator[str]:
    """A feed of another directory on a port of this machine."""

    class Feed(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"total_pages": 1, "last_page": True, "contents": items}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hsds"
        server.shutdown()


@pytest.mark.parametrize("source", ["no-such-file.csv", "README.md"])
def test_a_file_that_cannot_be_read_is_one_line(
    settings: Settings, source: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(settings, "import", source) == 1
    assert capsys.readouterr().out.startswith("directory: ")


def test_check_lists_what_is_stale_or_unconfirmed(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(settings, "check") == 1
    said = capsys.readouterr().out
    assert "stale: nat-999" in said
    assert "unconfirmed: nat-tellmama: low confidence" in said
    assert "format:" not in said


async def test_links_that_do_not_answer_are_found() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.host == "dead.example":
            raise httpx.ConnectError("no such host", request=request)
        return httpx.Response({"gone.example": 404, "shy.example": 403}.get(request.url.host, 200))

    entries = []
    for name in ("fine", "gone", "shy", "dead"):
        row = normal(a_plain_row(id=name, url=f"https://{name}.example/"))
        entries.append(Entry(read_row(row), row))

    found = await broken_links(entries, httpx.MockTransport(handler))

    assert {(one.id, one.kind) for one in found} == {("gone", Kind.LINK), ("dead", Kind.LINK)}
