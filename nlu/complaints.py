"""What a complaint is about: a service that let somebody down, or what is done to them."""

from __future__ import annotations

import re

from nlu.facts.plain import plain_of

_COMPLAINS = re.compile(
    r"\b(?:complain(?:ing)?|(?:a |an? \w+ )?complaints?)\b(?: \w+)? "
    r"(?:about|of|for|against|on|over|regarding|concerning|re)\b(?P<what>[^.!?\n]*)"
)
# Deeds, and who does them: `about telephone calls`, `about the man next door`.
_DEED = re.compile(
    r"\b(?:(?:tele)?phone ?calls?|calls?|callers?|cold ?call\w*|texts?|messages|e-?mails?|letters?"
    r"|scam\w*|fraud\w*|con ?m[ae]n|hackers?|noise|nois\w+|music|part(?:y|ies)|smells?|rubbish"
    r"|fly ?tipping|parking|barking|dogs?|graffiti|damage|threats?|abuse|bullying|harassment"
    r"|racism|neighbours?|next door|upstairs|downstairs|over the road|kids|youths?|lads|gangs?"
    r"|teenagers"
    r"|people who|(?:a|the|this|some|that) (?:man|men|woman|women|bloke|guy|lady|boy|girl|person)"
    r"|some ?(?:one|body)|my (?:\w+ )?(?:ex|husband|wife|partner|boss|flatmate|housemate|mate"
    r"|friend|son|daughter|brother|sister|landlord|landlady))\b"
)
# Whose work it is to help: that complaint is answered by how to complain.
_SERVICE = re.compile(
    r"\b(?:police|policem[ae]n|officers?|pcs?|pcso|detective\w*|101|999|111|(?:call|case|phone) "
    r"(?:handlers?|centre|takers?|workers?)|control room|operators?|cps|courts?|judge|magistrates?"
    r"|witness care|victim (?:support|care)|helplines?|hotline|services?|co ?- ?ordinators?"
    r"|coordinators?|idvas?|isvas?|social (?:workers?|services)|council|hospital|doctors?|gp|nhs"
    r"|probation|prison|solicitors?|lawyers?|ombudsman|you|your|u|this (?:chat|site|bot|page)"
    r"|waymark|case|investigat\w+|statement|handled|dealt with|treated)\b"
)


def complains_of_a_deed(text: str) -> bool:
    """Whether a complaint tells of what somebody does, and names no service that let them down."""
    said = plain_of(text).text
    found = _COMPLAINS.search(said)
    return bool(found and _DEED.search(found["what"])) and not _SERVICE.search(said)
