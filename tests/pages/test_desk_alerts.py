"""What calls the team: a sound that is really played, and a notification that says nothing."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from channels.alerting.ways import words
from channels.settings import Settings
from tests.channels.alerting.push_service import Browser as Subscriber
from tests.pages.desk import DeskSite, desk_site, signs_in, until

COUNTS_SOUNDS = """
window.rang = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...given) {
  if (this.context.state === "running") window.rang += 1;
  return start.apply(this, given);
};"""
# Without the look every few seconds: what is heard now came by the stream.
NEVER_LOOKS = """
const every = window.setInterval;
window.setInterval = (deed, pause) => pause === 3000 ? 0 : every(deed, pause);"""
# Headless browsers have no push service of their own: the subscription is the test's.
SUBSCRIBES = """
PushManager.prototype.subscribe = async function (asked) {
  window.asked = asked.userVisibleOnly && asked.applicationServerKey.length;
  return { toJSON: () => (SUBSCRIPTION) };
};"""
READY = """
navigator.serviceWorker.getRegistration("/console/alerts").then((it) => it.active ? 1 : 0)"""
SHOWN = """
async () => (await (await navigator.serviceWorker.getRegistration("/console/alerts"))
  .getNotifications()).map((one) => [one.title, one.body, one.requireInteraction])"""
SOON = 10_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    with desk_site(tmp_path_factory.mktemp("alerts")) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(permissions=["notifications"])
    yield context.new_page()
    context.close()


def test_an_alarm_is_heard_and_a_muted_desk_is_silent(page: Page, desk: DeskSite) -> None:
    page.add_init_script(COUNTS_SOUNDS)
    signs_in(page, desk)
    page.get_by_role("button", name="Sound is off").click()
    until(page, "window.rang === 1")  # so that one hears what it is like
    desk.somebody("DANGER at the door")
    until(page, "window.rang > 1")
    page.get_by_role("button", name="Sound is on").click()
    page.wait_for_timeout(300)  # a tone that was under way
    muted = page.evaluate("window.rang")
    desk.somebody("DANGER in the kitchen")
    expect(page.locator(".item", has_text="kitchen")).to_be_visible(timeout=SOON)
    with page.expect_response("**/api/console/alarms", timeout=SOON):
        pass
    page.wait_for_timeout(300)
    assert page.evaluate("window.rang") == muted


def test_an_alarm_elsewhere_is_heard_in_a_conversation_at_once(page: Page, desk: DeskSite) -> None:
    page.add_init_script(COUNTS_SOUNDS + NEVER_LOOKS)
    talk = desk.somebody("person")
    signs_in(page, desk)
    page.get_by_role("button", name="Sound is off").click()
    with page.expect_response("**/api/console/alarms"):
        page.goto(f"{desk.url}/console/conversations/{talk}")
    page.locator("#thread").click()  # browsers let a page sound only after a press
    expect(page.get_by_role("button", name="Sound is on")).to_be_visible()
    assert page.evaluate("window.rang") == 0
    desk.somebody("DANGER in the hall")
    until(page, "window.rang > 1")


def test_sound_stays_as_one_left_it_and_tells_what_the_browser_waits_for(
    page: Page, desk: DeskSite
) -> None:
    page.add_init_script(COUNTS_SOUNDS)
    signs_in(page, desk)
    page.get_by_role("button", name="Sound is off").click()
    for way in ("click", "Enter"):
        page.reload()
        waits = page.get_by_role("button", name="Sound is not on yet: click here or press Enter")
        expect(waits).to_be_visible()
        expect(page.get_by_role("status").filter(has_text="No alarm is heard yet")).to_have_count(
            1
        )
        if way == "click":
            waits.click(delay=300)  # awake before the button is let go
        else:
            waits.focus()
            page.keyboard.press("Enter")
        until(page, "window.rang === 1")  # on, and heard: never off by the same press
        expect(page.get_by_role("button", name="Sound is on: switch off")).to_be_visible()


def test_a_device_subscribes_and_its_notification_says_nothing(page: Page, desk: DeskSite) -> None:
    device = json.dumps(Subscriber().subscription())
    page.add_init_script(SUBSCRIBES.replace("SUBSCRIPTION", device))
    signs_in(page, desk)
    session = page.context.new_cdp_session(page)
    registered: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registered.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    page.goto(f"{desk.url}/console/alerts")
    page.get_by_label("This is the duty phone").check()
    page.get_by_role("button", name="Send alerts to this device").click()
    expect(page.get_by_text("duty phone", exact=True)).to_be_visible(timeout=SOON)
    (kept,) = desk.does(lambda one: one.devices.every())
    assert (kept.endpoint, kept.is_duty) == ("https://push.example/to/7", True)

    said = words(Settings.model_construct())
    message = json.dumps({"title": said.subject, "body": said.text})
    until(page, READY)
    # The browser may not have told of its registration yet, or not be ready for the first: sent
    # until it shows. The tag keeps it one.
    for _ in range(20):
        for registration in dict.fromkeys(registered):
            given = {"origin": desk.url, "registrationId": registration, "data": message}
            session.send("ServiceWorker.deliverPushMessage", given)
        page.wait_for_timeout(500)
        if page.evaluate(SHOWN):
            break
    shown = page.evaluate(SHOWN)
    assert shown == [["The desk needs you", "Please open the desk now.", True]]
    assert page.evaluate("caches.keys()") == []  # the worker keeps nothing
