"""Makes the pictures of docs/ from the running system: `make screenshots`.

Every state that a person sees, on a small and a large screen, in light and in dark.
"""

from itertools import product
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.journeys.conftest import FLAGS
from tests.journeys.people import Coordinator, Victim
from tests.journeys.running import ROOT, running

PICTURES = ROOT / "docs" / "screenshots"
BURGLARY = "my house in Stevenage was burgled last tuesday and i cant sleep"
DANGER = "my ex is outside banging on the door he said hes going to kill me"
SCREENS: dict[str, ViewportSize] = {
    "small": {"width": 390, "height": 844},
    "large": {"width": 1280, "height": 800},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
ASIDE = ("notes", "come-back", "delete", "traces", "privacy", "nowhere")
HELP = {
    "search": "/help",
    "found": "/help?q=counselling&place=Stevenage",
    "crime": "/help/crimes/burglary",
    "service": "/help/services/nat-shout",
    "pledge": "/help/pledge",
}


def main() -> None:
    """Walk the journeys and keep what is seen on the way."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running() as waymark, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        _told(browser, waymark.url)
        _danger(browser, waymark.url)
        _public(browser, waymark.url)
        browser.close()


def _picture(page: Page, name: str, *, whole: bool = False, at: str | None = None) -> None:
    """What stands on the page now, in all four ways; ``at`` names what must be in sight."""
    for screen, scheme in product(SCREENS, SCHEMES):
        page.set_viewport_size(SCREENS[screen])
        page.emulate_media(color_scheme=scheme)
        if at is not None:
            page.locator(at).last.scroll_into_view_if_needed()
        page.screenshot(path=PICTURES / f"{name}-{screen}-{scheme}.png", full_page=whole)
    page.set_viewport_size(SCREENS["small"])


def _told(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=SCREENS["small"])
    victim = Victim(page, url).opens()
    _picture(page, "chat-welcome")
    victim.says(BURGLARY)
    victim.reads("Are you safe right now?")
    _picture(page, "chat-first-answer", at=".choices")
    page.set_viewport_size({"width": 320, "height": 256})  # as at 400 %
    page.screenshot(path=PICTURES / "chat-enlarged.png")
    page.set_viewport_size(SCREENS["small"])
    victim.presses("Yes, I'm safe")
    victim.presses("Not yet")
    page.get_by_text("None of these").first.wait_for()
    _picture(page, "chat-several", at=".choices")
    victim.says("where can I get help with the door?")
    page.locator(".service-name").first.wait_for()
    _picture(page, "chat-services", at=".services")
    _opened(page)
    page.route("**/say", lambda route: route.abort())
    victim.says("is somebody there?")
    page.get_by_text("The line is bad").wait_for()
    _picture(page, "chat-bad-line", at=".not-sent")
    page.unroute("**/say")
    for name in ASIDE:
        page.goto(f"{url}/{name}")
        _picture(page, f"page-{name}", whole=True)
    page.close()


def _opened(page: Page) -> None:
    """What was understood, and what can be done with the chat, both unfolded; then as before."""
    parts = page.locator("details.more summary")
    for part in parts.all():
        part.click()
    page.evaluate("scrollTo(0, 0)")
    _picture(page, "chat-understood")
    for part in parts.all():
        part.click()


def _danger(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=SCREENS["small"])
    desk = browser.new_page(viewport={"width": 1280, "height": 720})
    coordinator = Coordinator(desk, url).signs_in()
    victim = Victim(page, url).opens()
    page.set_viewport_size({"width": 320, "height": 568})  # an old phone
    victim.says(DANGER)
    victim.reads("I have told the team")
    page.get_by_text("A person from the team has been asked").wait_for()
    page.screenshot(path=PICTURES / "chat-danger-old-phone.png")
    page.set_viewport_size(SCREENS["small"])
    _picture(page, "chat-danger", at=".from-assistant")
    coordinator.sees_first("banging on the door")
    desk.screenshot(path=PICTURES / "desk-queue.png")
    coordinator.opens_first()
    coordinator.takes()
    coordinator.says("Hello, I'm Sam. I'm here with you. Have you been able to call 999?")
    victim.reads("I'm here with you", "coordinator")
    victim.says("yes they are on the way")
    coordinator.reads("yes they are on the way")
    _picture(page, "chat-person", at=".from-person")
    desk.screenshot(path=PICTURES / "desk-conversation.png")


def _public(browser: Browser, url: str) -> None:
    page = browser.new_page(viewport=SCREENS["small"])
    for name, path in HELP.items():
        page.goto(url + path)
        _picture(page, f"help-{name}", whole=name in ("service", "pledge"))


if __name__ == "__main__":
    main()
