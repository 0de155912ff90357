"""A sign that turns writing round, in what somebody wrote, turns nothing of ours round."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from knowledge.assessment.model import Fact
from knowledge.opening import Knowledge
from tests.pages.conftest import say
from tests.pages.desk import DeskSite, desk_site, signs_in

TURN = "\u202e"  # right-to-left override: what follows is shown from its end
SAID = f"{TURN}DANGER at the door"
# Our own words whose letters stand in another order than they are written in.
TURNED = """(turn) => {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const letter = document.createRange(), turned = [], whole = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.includes(turn)) { whole.push(node.data.trim()); continue; }
    let before = null;
    for (let at = 0; at < node.length; at++) {
      letter.setStart(node, at); letter.setEnd(node, at + 1);
      const here = letter.getClientRects()[0];
      if (!here?.width) continue;
      if (before && Math.abs(here.top - before.top) < 2 && here.left < before.left - 0.5) {
        turned.push(node.data.trim()); break;
      }
      before = here;
    }
  }
  return { turned, whole };
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    with desk_site(tmp_path_factory.mktemp("turned")) as running:
        yield running


def test_at_the_desk(page: Page, desk: DeskSite) -> None:
    conversation = desk.somebody(SAID)
    place = {"as_said": f"{TURN}Ware", "district": "east_hertfordshire", "county": "hertfordshire"}
    times = {"how": "text", "safe_times": f"{TURN}after six", "avoid": [], "wanted": True}

    async def told(knowledge: Knowledge) -> None:
        facts = [
            Fact(name="place", value=place, message="m1", as_said=SAID),
            Fact(name="contact", value=times, message="m1", as_said=f"{TURN}text me"),
        ]
        await knowledge.assessments.keep(conversation, facts)

    desk.does(told)
    signs_in(page, desk)
    assert len(_written(page)) >= 2  # the words in the list, and those behind the alarm
    desk.at_the_desk(conversation, "take")
    page.goto(f"{desk.url}/console/conversations/{conversation}")
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert len(_written(page)) >= 6


def test_in_the_chat(page: Page, desk: DeskSite) -> None:
    desk.site.assistant.plan.clear()  # it says again what it was told
    page.goto(desk.url)
    say(page, f"{TURN}my bike was stolen")
    assert len(_written(page)) >= 2
    page.reload()  # the same without the script that showed it
    assert len(_written(page)) >= 2


def _written(page: Page) -> list[str]:
    """What somebody wrote on this page, once nothing beside it is turned round."""
    found = page.evaluate(TURNED, TURN)
    assert found["turned"] == []
    whole: list[str] = found["whole"]
    return whole
