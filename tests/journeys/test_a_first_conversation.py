"""A person writes in their own words and is understood, helped and never pressed."""

import pytest

from tests.journeys.people import Victim
from tests.journeys.running import wait_for

pytestmark = pytest.mark.journey

BURGLARY = "my house in Stevenage was burgled last tuesday and i cant sleep"


def test_the_greeting_says_what_this_is(victim: Victim) -> None:
    victim.opens().reads("a computer program")
    greeting = victim.thread()[0]
    assert "call 999" in greeting
    assert "Leave this page" in greeting


def test_a_burglary_from_the_first_word_to_services_near(victim: Victim) -> None:
    victim.opens().says(BURGLARY)
    victim.reads("someone break in")
    victim.reads("Stevenage, last tuesday")
    victim.reads("Are you safe right now?")
    victim.presses("Yes, I'm safe")
    victim.reads("You can get help either way")
    victim.says("not yet")
    victim.reads("whether or not you tell the police")
    victim.reads("how things have been")
    victim.ticks("Family or children", "Money")
    victim.reads("Some people have more rights")
    victim.presses("None of these")
    victim.presses("Just here in this chat")
    victim.reads("family or children; money")
    victim.presses("It's right, but don't pass it on")
    victim.reads("Beacon Victim Care")
    victim.reads("0808 168 9111")
    victim.reads("Would you like a person from the team")
    assert 2 <= victim.page.locator(".service").count() <= 3


def test_what_was_told_is_never_asked(victim: Victim) -> None:
    victim.opens().says(BURGLARY)
    victim.presses("Yes, I'm safe")
    for _question in ("reported", "needs", "vulnerability", "contact", "summary"):
        victim.presses("Skip this")
    victim.reads("Would you like a person from the team")
    asked = "\n".join(victim.thread())
    assert "When did it happen?" not in asked
    assert "Which town or village" not in asked
    assert "what happened?" not in asked


def test_it_works_without_a_script(victim_without_script: Victim) -> None:
    victim = victim_without_script.opens()
    victim.says(BURGLARY)
    victim.reads("Are you safe right now?")
    victim.presses("Yes, I'm safe")
    victim.reads("You can get help either way")
    assert [one for one in victim.thread() if one == BURGLARY] == [BURGLARY]


def test_leaving_goes_to_a_harmless_page_and_forgets_the_key(victim: Victim) -> None:
    page = victim.opens().page
    victim.says("hello")
    victim.reads("I'm here to help")
    page.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")
    # the page asks for it while it leaves; the answer comes when the next page is there already
    wait_for(lambda: page.context.cookies(victim.url) == [])
    assert len(victim.opens().thread()) == 1


def test_a_reload_shows_the_same_thread_once(victim: Victim) -> None:
    victim.opens().says("someone stole my bike in Hitchin")
    victim.reads("Are you safe right now?")
    before = victim.thread()
    victim.page.reload()
    victim.reads("Are you safe right now?")
    assert victim.thread() == before
