"""Who is writing, where it is plain from the words although nobody said so."""

import re

from knowledge.assessment.model import DEATHS, Fact, Record

# Things of one's own, or something done to oneself.
SELF = re.compile(
    r"\b(?:me|us|mine)\b|\b(?:my|our) (?!dear\b)\w+|\b(?:i|we)(?:'ve| have| was| were| got| had)? "
    r"(?:lost|been|got|paid|sent|robbed|burgled|mugged|attacked|assaulted|scammed|hit|targeted)\b",
    re.IGNORECASE,
)
# Somebody else it may have happened to, or another part than the victim's: then it is asked.
ANOTHER = re.compile(
    r"\b(?:my|our|his|her|the) (?:[\w-]+ ){0,2}?(?:son|daughter|boy|girl|lad|lass|child|children"
    r"|kids?|baby|mum|mother|mam|dad|father|parents|nan|nana|gran|granny|grand\w+|wife|husband|partner"
    r"|sister|brother|aunt|auntie|uncle|cousin|niece|nephew|friend|mate|colleague|client|patient"
    r"|tenant|resident|pupil|student|customer|staff|shop|store|pub|business|company|charity|school"
    r"|church|farm|office|restaurant|cafe|salon|club)s?\b"
    r"|\b(?:saw|watched|witness\w*|heard|overheard|killed|died|dead|murdered|on behalf)\b"
    r"|\b(?:\d{1,2}|[a-z]+teen)[ -]?(?:year|yr)s?[ -]?old\b",
    re.IGNORECASE,
)
# Crimes that are not done to the person who writes, whatever they say of themselves.
OF_OTHERS = frozenset({"business_crime", *DEATHS})


def plain_role(text: str, message: str, told: list[Fact], record: Record) -> list[Fact]:
    """The role of a victim who tells what was done to them; nothing where there is any doubt."""
    names = {fact.name for fact in told}
    if record["role"] or "role" in names or "crime_type" not in names | record["told"].keys():
        return []
    crimes = {fact.value for fact in told if fact.name == "crime_type"} | {record["crime_type"]}
    found = SELF.search(text)
    if crimes & OF_OTHERS or found is None or ANOTHER.search(text):
        return []
    return [Fact(name="role", value="victim", message=message, as_said=found[0], in_passing=True)]
