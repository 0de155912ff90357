"""What must be minded when somebody is reached stands at the desk, in their words."""

import re

from channels.console.readable import fact
from channels.parts import Parts
from knowledge.assessment.model import Fact, empty_record
from tests.channels.builders import Desk, Person


async def test_careful_limits_stand_with_the_ways_to_reach_them(
    parts: Parts, person: Person, desk: Desk
) -> None:
    await person.says("hello")
    told = {"care": ["call me <Jay>", "nothing about trans"]}
    kept = Fact(name="contact", value=told, message="m", as_said="call me Jay")
    await parts.knowledge.assessments.keep(person.conversation, [kept])
    page = (await desk.client.get(f"/console/conversations/{person.conversation}")).text
    reaching = page[page.index("Getting in touch") : page.index("May we reach them?")]
    assert re.findall(r"Mind what they said:</strong> “<bdi>(.*?)</bdi>”", reaching) == [
        "call me &lt;Jay&gt;",
        "nothing about trans",
    ]
    form = {"field": "contact", "how": "text", "times": "morning"}
    path = f"/console/conversations/{person.conversation}/facts"
    assert (await desk.client.post(path, data=form)).status_code == 303
    record = await parts.knowledge.assessments.read(person.conversation)
    assert (record["contact"]["how"], record["contact"]["care"]) == ("text", told["care"])


def test_a_fact_about_contact_reads_with_its_limits() -> None:
    wishes = empty_record()["contact"] | {"how": "text", "care": ["call me Jay"]}
    assert fact(wishes) == "text, mind: “call me Jay”"
    assert fact({key: one for key, one in wishes.items() if key != "care"}) == "text"
