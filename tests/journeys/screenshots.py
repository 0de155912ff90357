"""Makes the pictures of docs/ from the running system: `make screenshots`."""

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.journeys.people import Coordinator, Victim
from tests.journeys.running import ROOT, running

PICTURES = ROOT / "docs" / "screenshots"
BURGLARY = "my house in Stevenage was burgled last tuesday and i cant sleep"
DANGER = "my ex is outside banging on the door he said hes going to kill me"


def main() -> None:
    """Walk the journeys and keep what is seen on the way."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running() as waymark, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        _told(browser, waymark.url)
        _wide(browser, waymark.url)
        _danger(browser, waymark.url)
        _public(browser, waymark.url)
        browser.close()


def _told(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 1000})
    victim = Victim(page, url).opens()
    page.screenshot(path=PICTURES / "chat-welcome.png")
    victim.says(BURGLARY)
    victim.reads("Are you safe right now?")
    page.screenshot(path=PICTURES / "chat-first-answer.png")
    victim.presses("Yes, I'm safe")
    victim.presses("Not yet")
    page.get_by_text("None of these").first.wait_for()
    page.screenshot(path=PICTURES / "chat-several.png")
    victim.says("where can I get help with the door?")
    page.locator(".service-name").first.wait_for()
    page.screenshot(path=PICTURES / "chat-services.png")
    page.route("**/say", lambda route: route.abort())
    victim.says("is somebody there?")
    page.get_by_text("The line is bad").wait_for()
    page.screenshot(path=PICTURES / "chat-bad-line.png")
    page.unroute("**/say")
    for name in ("notes", "come-back", "delete", "traces"):
        page.goto(f"{url}/{name}")
        page.screenshot(path=PICTURES / f"page-{name}.png", full_page=True)
    page.close()


def _wide(browser: Browser, url: str) -> None:
    """The same chat on a large screen, in the dark; and at 320 by 256, which is 400 %."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    victim = Victim(page, url).opens()
    victim.says(BURGLARY)
    victim.reads("Are you safe right now?")
    page.screenshot(path=PICTURES / "chat-wide-dark.png")
    page.set_viewport_size({"width": 320, "height": 256})
    page.screenshot(path=PICTURES / "chat-enlarged.png")
    page.close()


def _danger(browser: Browser, url: str) -> None:
    small = browser.new_page(viewport={"width": 390, "height": 1000}, color_scheme="dark")
    desk = browser.new_page(viewport={"width": 1280, "height": 720})
    coordinator = Coordinator(desk, url).signs_in()
    victim = Victim(small, url).opens()
    victim.says(DANGER)
    victim.reads("call 999")
    small.screenshot(path=PICTURES / "chat-danger.png")
    coordinator.sees_first("banging on the door")
    desk.screenshot(path=PICTURES / "desk-queue.png")
    coordinator.opens_first()
    coordinator.takes()
    coordinator.says("Hello, I'm Sam. I'm here with you. Have you been able to call 999?")
    victim.reads("I'm here with you", "coordinator")
    victim.says("yes they are on the way")
    coordinator.reads("yes they are on the way")
    desk.screenshot(path=PICTURES / "desk-conversation.png")


def _public(browser: Browser, url: str) -> None:
    phone = browser.new_page(viewport={"width": 390, "height": 1000})
    phone.goto(f"{url}/help?q=counselling&place=Stevenage")
    phone.screenshot(path=PICTURES / "help-found.png", full_page=True)
    phone.goto(f"{url}/help/crimes/burglary")
    phone.screenshot(path=PICTURES / "help-crime.png", full_page=True)
    wide = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    wide.goto(f"{url}/help")
    wide.screenshot(path=PICTURES / "help-search.png")


if __name__ == "__main__":
    main()
