"""A crime reference: 41/12345/26, `crime ref 35 slash 8812 slash 26`, CAD 123."""

from __future__ import annotations

import re

from nlu.facts.model import Fact
from nlu.facts.plain import Plain

NAME = "crime_reference"
_SLASH = r"(?:/| ?slash ?| ?stroke ?| ?forward slash ?|-|\\)"
# Forces number crimes as force/number/year: 41 is Hertfordshire, 35 Cambridgeshire.
_FORCE = re.compile(
    rf"(?<![\d/.\-+])(?P<force>\d{{2}}){_SLASH}(?P<number>\d{{3,7}}){_SLASH}(?P<year>(?:20)?[0-3]\d)(?![\d/])"
)
_SPACED = re.compile(
    r"(?<![\d/.\-+])(?P<force>35|40|41) (?P<number>\d{4,6}) (?P<year>2\d)(?![\d/])"
)
_NAMED = re.compile(
    r"\b(?:crime (?:ref(?:erence)?|number|no|num|report)|crn|cad|urn|"
    r"nfrc|reference|ref|incident (?:ref(?:erence)?|number|no)|"
    r"case (?:ref(?:erence)?|number|no)|log (?:number|no)|police ref(?:erence)?|crime)\b"
    r"(?: (?:number|no|num|code|is|was|it is|called|they gave me|i was given|"
    r"i have|i got|from the police|for it))*[ .:#=\-]*"
    r"(?P<code>[a-z]{0,6}[ \-]?\d[\da-z/\-]{2,18}\d)\b(?! "
    r"?(?:people|times|pounds|quid|days|weeks|months|years))"
)
_PHONE = re.compile(r"^(?:0|44|\+44)\d{9,10}$")
_DATE = re.compile(r"^\d{1,2}[/\-]\d{1,2}[/\-](?:19|20)?\d\d$")
_ANSWER = re.compile(r"^\W*(?P<code>[a-z]{0,6}[ \-]?\d[\da-z/\-]{3,18})\W*$")


def read(plain: Plain, question: str | None) -> Fact | None:
    """The reference as forces write it, capitals and slashes."""
    text = plain.text
    if found := _FORCE.search(text) or _SPACED.search(text):
        value = f"{found['force']}/{found['number']}/{found['year'][-2:]}"
        return Fact(NAME, value, plain.said(*found.span()))
    found = _NAMED.search(text) or (_ANSWER.search(text) if question == NAME else None)
    if found is None:
        return None
    code = found["code"].strip().upper()
    bare = code.replace(" ", "").replace("-", "")
    if _PHONE.match(bare) or _DATE.match(code) or sum(char.isdigit() for char in code) < 3:
        return None
    return Fact(NAME, code, plain.said(*found.span("code")))
