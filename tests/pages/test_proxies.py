"""A real nginx between the page and us, that holds streams back or cuts them off."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.running import free_port, wait_for
from tests.pages.conftest import say
from tests.pages.serving import Site

CONFIG = """
daemon off; pid {folder}/pid; error_log {folder}/error.log crit; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass {behind}; proxy_set_header Host $http_host; proxy_http_version 1.1; {how}
    }}
  }}
}}
"""
# What we say against it (X-Accel-Buffering) is not heard.
HOLDS_BACK = "proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;"
CUTS_OFF = "proxy_read_timeout 1s;"
AS_INSTALLED = ""
SLOWLY = 45_000  # milliseconds


@pytest.mark.parametrize(
    "how", [HOLDS_BACK, CUTS_OFF, AS_INSTALLED], ids=["holds back", "cuts off", "as installed"]
)
def test_what_a_person_of_the_team_says_comes_once_through_a_proxy(
    page: Page, site: Site, tmp_path: Path, how: str
) -> None:
    with _nginx(tmp_path, site.url, how) as url:
        page.goto(url)
        page.locator("#text").fill("hello")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.get_by_text("answer to hello")).to_be_visible(timeout=SLOWLY)
        conversation = page.context.cookies()[0]["value"].split(".")[0]
        site.joins(conversation, "I am here now.")
        expect(page.get_by_text("I am here now.")).to_be_visible(timeout=SLOWLY)
        page.locator("#text").fill("thank you")
        page.get_by_role("button", name="Send", exact=True).click()
        expect(page.locator(".from-person").last).to_contain_text("Sent and kept")
        said = page.locator(".words").all_inner_texts()
        assert [said.count(one) for one in ("hello", "I am here now.", "thank you")] == [1, 1, 1]


def test_a_stream_that_is_cut_again_and_again_is_given_up(
    page: Page, site: Site, tmp_path: Path
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with _nginx(tmp_path, site.url, CUTS_OFF) as url:
        page.goto(url)
        say(page, "hello")
        expect(page.get_by_text("answer to hello")).to_be_visible(timeout=SLOWLY)
        with page.expect_request("**/messages?*", timeout=SLOWLY):
            pass
        streams = len([one for one in asked if "/events" in one])
        assert streams <= 3


@contextmanager
def _nginx(folder: Path, behind: str, how: str) -> Iterator[str]:
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(CONFIG.format(folder=folder, port=port, behind=behind, how=how))
    process = subprocess.Popen(["/usr/sbin/nginx", "-c", str(file), "-p", str(folder)])
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: _answers(url), 30)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=2).is_success
    except httpx.HTTPError:
        return False
