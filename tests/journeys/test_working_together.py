"""Two co-ordinators and three people at once: who comes, goes and changes, and nothing is lost."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from channels.supervisor import commands
from tests.journeys.line import Line, line_to
from tests.journeys.people import SOON, Coordinator, Victim
from tests.journeys.running import ROOT, Waymark

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("empty_queue")]
KIM, KIMS_PASSWORD = "kim@desk.example", "another long pass phrase"
MINUTE = 61_000  # milliseconds
Someone = Callable[[], Victim]


@pytest.fixture(scope="module")
def kims_account(waymark: Waymark) -> None:
    """A co-ordinator beside the first administrator, let in by the operator's command."""
    name = ["--name", "Kim", "--role", "coordinator", "--stdin"]
    subprocess.run(
        [*commands()["channels"], "users", "add", KIM, *name],
        cwd=ROOT,
        env=waymark.environment,
        input=f"{KIMS_PASSWORD}\n".encode(),
        check=True,
    )


@pytest.fixture
def sam(coordinator: Coordinator) -> Coordinator:
    """The administrator, who may do what a supervisor may."""
    return coordinator.signs_in()


@pytest.fixture
def kim(waymark: Waymark, browser: Browser, kims_account: None) -> Iterator[Coordinator]:
    context = browser.new_context()
    yield Coordinator(context.new_page(), waymark.url).signs_in(KIM, KIMS_PASSWORD)
    context.close()


@pytest.fixture
def someone(waymark: Waymark, browser: Browser) -> Iterator[Someone]:
    """One more person, each in a browser of their own."""
    contexts = []

    def arrives() -> Victim:
        contexts.append(browser.new_context())
        return Victim(contexts[-1].new_page(), waymark.url).opens()

    yield arrives
    for context in contexts:
        context.close()


def test_two_of_the_team_and_three_people_at_once(
    someone: Someone, sam: Coordinator, kim: Coordinator
) -> None:
    bike, shed, _van = (_wants_somebody(someone(), it) for it in ("bike", "shed", "van"))
    for page, colleague in ((kim.page, "van"), (sam.page, "bike"), (sam.page, "shed")):
        _opens(page, colleague)
        page.get_by_role("button", name="Take this conversation").click()
        expect(page.get_by_label("Message to the person")).to_be_visible()
    _opens(kim.page, "bike")  # Sam has it
    expect(kim.page.get_by_role("button", name="Take this conversation")).to_have_count(0)
    expect(kim.page.locator("#head")).to_contain_text("with Sam")

    bike.says("are you there")
    expect(_mine(sam, "are you there").locator(".unread")).to_contain_text("1", timeout=SOON)
    sam.page.locator("#pass-on summary").click()
    sam.page.locator("#to").select_option(label="Kim")  # who is at her desk
    sam.page.get_by_label("Note for them").fill("She is worried about her shed key")
    sam.page.get_by_role("button", name="Pass on").click()
    shed.reads("Sam is passing this chat on", "system")
    kim.reads("Handed to you")
    kim.page.locator(".mine .handed a").first.click()
    kim.reads("She is worried about her shed key")
    kim.takes()
    shed.reads("Kim from the team has joined", "system")
    assert "shed key" not in " ".join(shed.thread())
    assert "shed key" not in shed.page.content()


def test_a_supervisor_joins_and_takes_over(
    someone: Someone, sam: Coordinator, kim: Coordinator
) -> None:
    bike, van = (_wants_somebody(someone(), it) for it in ("tent", "van"))
    _opens(kim.page, "van")
    kim.takes()
    van.reads("Kim from the team has joined", "system")
    _opens(sam.page, "van")
    sam.presses("Join Kim")
    van.reads("Sam from the team has joined this chat as well", "system")
    sam.says("I am Kim's supervisor")
    van.reads("I am Kim's supervisor", "coordinator")
    sam.presses("Take over from Kim")
    van.reads("Sam from the team is with you now, in place of Kim", "system")
    assert "in place" not in " ".join(bike.thread())


def test_both_see_that_the_other_is_writing_and_has_read(
    someone: Someone, sam: Coordinator
) -> None:
    person = _wants_somebody(someone(), "scooter")
    _opens(sam.page, "scooter")
    sam.takes()
    person.reads("You are now talking with a person", "system")
    sam.page.get_by_label("Message to the person").press_sequentially("Hello, I")
    expect(person.page.locator("#typing")).to_have_text("Sam is typing", timeout=SOON)
    assert "Hello, I" not in person.page.content()
    sam.says("Hello, I am Sam")
    expect(person.page.locator("#typing")).to_have_text("", timeout=SOON)
    mark = sam.page.locator(".kind-said.from-coordinator .mark").last
    expect(mark).to_have_text("read", timeout=SOON)
    person.page.get_by_label("Your message").press_sequentially("a secret that is never sent")
    expect(sam.page.locator("#typing")).to_have_text("The person is typing", timeout=SOON)
    assert "secret" not in sam.page.content()
    person.says("thank you")


@pytest.fixture
def line(waymark: Waymark) -> Iterator[Line]:
    with line_to(int(waymark.environment["WAYMARK_PORT"])) as line:
        yield line


def test_when_the_connection_drops_for_a_minute_nothing_is_lost_or_doubled(
    someone: Someone, sam: Coordinator, kim: Coordinator, line: Line
) -> None:
    """One person is cut off from Sam, and Kim from another person, both for the same minute."""
    tent, canoe = someone(), someone()
    tent.page.goto(line.url)
    kim.page.goto(f"{line.url}/console")
    for person, what in ((tent, "tent"), (canoe, "canoe")):
        _wants_somebody(person, what)
    for who, person, what in ((sam, tent, "tent"), (kim, canoe, "canoe")):
        _opens(who.page, what)
        who.takes()
        person.reads("You are now talking with a person", "system")
    line.cut()
    for who, person in ((sam, tent), (kim, canoe)):
        person.says("one while it is cut")
        who.says("two while it is cut")
    sam.page.wait_for_timeout(MINUTE)
    assert tent.page.locator(".from-coordinator", has_text="two while").count() == 0
    assert kim.page.locator("#thread .words", has_text="one while").count() == 0
    line.mend()
    for who, person in ((sam, tent), (kim, canoe)):
        _both_have_all_of_it_once(who, person)


def _both_have_all_of_it_once(who: Coordinator, person: Victim) -> None:
    person.reads("two while it is cut", "coordinator")
    who.reads("one while it is cut")
    person.says("three")
    who.reads("three")
    for words in ("one while it is cut", "two while it is cut"):
        said = who.page.locator("#thread .words").filter(has_text=words)
        expect(said).to_have_count(1, timeout=SOON)
        assert person.thread().count(words) == 1
    person.page.reload()
    for words in ("one while it is cut", "two while it is cut", "three"):
        assert person.thread().count(words) == 1


def test_the_keyboard_is_enough(someone: Someone, sam: Coordinator) -> None:
    person = _wants_somebody(someone(), "lawnmower")
    page = sam.page
    expect(page.locator(".item .open", has_text="lawnmower")).to_be_visible(timeout=SOON)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Conversation")).to_be_visible()
    page.wait_for_load_state()  # the keys come with the script
    page.keyboard.press("Shift+?")
    expect(page.get_by_role("dialog")).to_contain_text("Take this conversation")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("t")
    person.reads("You are now talking with a person", "system")
    expect(page.get_by_label("Message to the person")).to_be_visible()
    page.keyboard.press("r")
    page.keyboard.type("Written without a mouse")
    page.keyboard.press("Enter")
    person.reads("Written without a mouse", "coordinator")


def test_services_and_the_end_by_keyboard_too(someone: Someone, sam: Coordinator) -> None:
    person = _wants_somebody(someone(), "strimmer")
    page = sam.page
    _opens(page, "strimmer")
    page.keyboard.press("t")
    expect(page.get_by_label("Message to the person")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("Samaritans")
    page.keyboard.press("Enter")
    page.locator(".found .insert").first.wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#chosen")).to_contain_text("Samaritans")
    page.keyboard.type("You can call them")
    page.keyboard.press("Enter")
    expect(person.page.locator(".service-name", has_text="Samaritans")).to_be_visible(timeout=SOON)
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    person.reads("has closed this chat", "system")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()


def _wants_somebody(person: Victim, what: str) -> Victim:
    person.says(f"can i talk to a person please about my {what}")
    asked = person.page.locator("#status", has_text="You are in line for a person from the team.")
    expect(asked).to_be_visible(timeout=SOON)
    return person


def _opens(page: Page, what: str) -> None:
    page.goto(page.url.split("/console")[0] + "/console")
    page.locator(".item .open", has_text=f"my {what}").first.click()
    expect(page.get_by_role("heading", name="Conversation")).to_be_visible()
    page.wait_for_load_state()  # the keys come with the script


def _mine(who: Coordinator, words: str) -> Locator:
    return who.page.locator(".mine li", has_text=words)
