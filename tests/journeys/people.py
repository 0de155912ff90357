"""A victim and a co-ordinator in a browser, and how they go about."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.journeys.running import EMAIL, PASSWORD

SOON = 15_000  # milliseconds


@dataclass
class Victim:
    """Somebody on the chat page."""

    page: Page
    url: str

    def opens(self) -> "Victim":
        """Open the page."""
        self.page.goto(self.url)
        return self

    def says(self, text: str) -> None:
        """Write and send."""
        self.page.get_by_label("Your message").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def presses(self, title: str) -> None:
        """Press an offered choice."""
        self.page.get_by_role("button", name=title, exact=True).click()

    def ticks(self, *titles: str) -> None:
        """Tick several offered choices and send them."""
        for title in titles:
            self.page.get_by_label(title, exact=True).check()
        self.page.get_by_role("button", name="Send these", exact=True).click()

    def reads(self, text: str, sender: str = "assistant") -> None:
        """See these words from this sender, soon."""
        messages = self.page.locator(f".from-{sender}")
        expect(messages.filter(has_text=text).last).to_be_visible(timeout=SOON)

    def thread(self) -> list[str]:
        """All words on the page, in order."""
        return self.page.locator(".thread .words").all_inner_texts()


@dataclass
class Coordinator:
    """Somebody at the desk."""

    page: Page
    url: str

    def signs_in(self, email: str = EMAIL, password: str = PASSWORD) -> "Coordinator":
        """Sign in and see the queue."""
        self.page.goto(f"{self.url}/console")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Queue")).to_be_visible()
        return self

    def sees_first(self, text: str) -> None:
        """See this at the head of the queue, soon."""
        expect(self.page.locator(".item").first).to_contain_text(text, timeout=SOON)

    def opens_first(self) -> None:
        """Open the most urgent conversation."""
        self.page.locator(".item .open").first.click()
        expect(self.page.get_by_role("heading", name="Conversation")).to_be_visible()

    def takes(self) -> None:
        """Take the open conversation."""
        self.page.get_by_role("button", name="Take this conversation").click()

    def says(self, text: str) -> None:
        """Write to the person."""
        self.page.get_by_label("Message to the person").fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()

    def reads(self, text: str) -> None:
        """See these words in the thread or beside it, soon."""
        found = self.page.locator("#live, #talk").get_by_text(text).locator("visible=true")
        expect(found.last).to_be_visible(timeout=SOON)

    def closes(self, outcome: str = "Helped in this chat") -> None:
        """End the open conversation."""
        self.page.locator("#closing summary").click()
        self.page.get_by_label("How did it end?").select_option(label=outcome)
        self.presses("Close conversation")

    def presses(self, title: str) -> None:
        """Press a button of the desk."""
        self.page.get_by_role("button", name=title, exact=True).click()
