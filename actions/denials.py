"""The words by which people say that something is not so, or was never said."""

import re

# The words by which people name what the summary shows.
CRIMES = {
    "sexual_offence": r"sexual\w*|sex|rap(?:e|ed|ist)|indecent\w*",
    "burglary": r"break[- ]?in|burgl\w+|broken in(?:to)?",
    "robbery": r"robbery|robbed|mugg\w+",
    "theft": r"theft|stolen|steal\w*|thief|thieves",
    "vehicle_crime": r"vehicle|car crime",
    "assault": r"assault\w*|attack\w*",
    "domestic_abuse": r"abus\w+|domestic\w*",
    "stalking": r"stalk\w*",
    "harassment": r"harass\w*",
    "hate_crime": r"hate|racis\w+|homophobi\w+",
    "fraud_cyber": r"scam\w*|fraud\w*|hack\w*",
    "criminal_damage": r"damag\w+|vandal\w*",
    "arson": r"arson|fire",
    "asb": r"anti[- ]?social\w*",
    "child_abuse": r"abus\w+|harm to (?:a|my|the) child",
    "modern_slavery": r"slavery|traffick\w+",
    "homicide_bereavement": r"died|dead|death|killed|murder\w*",
    "road_collision_bereavement": r"died|dead|death|killed",
}
NEEDS = {
    "mental_physical_health": r"sleep\w*|feelings|health|mental\w*|anxi\w+|depress\w+",
    "shelter_accommodation": r"home\w*|house|housing|accommodation|flat",
    "family_friends_children": r"family|children|kids|marriage|wife|husband",
    "education_skills_employment": r"work|job|school|college|uni\w*",
    "drugs_alcohol": r"drink\w*|drugs?|alcohol",
    "finance_benefits": r"money|financ\w+|bills|debts?",
    "outlook_attitudes": r"anger|angry|trust|confidence|embarrass\w*|asham\w*",
    "social_interaction": r"going out|people|friends|lonel\w+|isolat\w+",
}
TICKED = {
    "under_18": r"under (?:18|eighteen)",
    "disability": r"disab\w*|dementia|ill(?:ness)?|deaf|blind|wheelchair",
    "mental_health": r"mental\w*|learning|autis\w+|adhd",
    "afraid": r"afraid|scared|frightened|fear",
    "targeted": r"targeted|picked on",
}
_FILL = (
    r"(?: (?:an?|any|about|the|my|our|his|her|in any way|been|ever|that|it was|there was|i was"
    r"|i am|anything|being|to do with|of)){0,4}"
)
_OPENS = r"^\W*(?:(?:please|and|so|no+|can you|could you|you can|just|ok|oh|also)\W+)*"
# `Take the drinking out`, `I never said harassment`, `why does it say work`.
REMOVED = (
    _OPENS
    + r"(?:(?:remove|delete|take out|cross out|leave out|get rid of|scrap)(?: [\w']+){0,5}? <it>"
    r"|(?:take|leave|cross)(?: [\w']+){0,5}? <it>(?: \w+){0,2} out\b)"
    r"|\bi (?:never|did ?n.?t|did not) (?:say|said|mention(?:ed)?|put|(?:told|tell) (?:you|u))"
    + _FILL
    + r" <it>"
    r"|\bwhy(?: (?:does it say|have you put|did you put|do you have|it says|the|my))+ <it>"
)
DENIED = (
    r"\b(?:not|never|without|nobody|no ?one|no|nothing(?: (?:is|was|were|at all))*"
    r"|(?:is|was|were|are|ai|do|did) ?n.?t)"
    r"(?: (?:an?|any|about|the|in any way|been|ever|being|to do with|of)){0,4} <it>"
)
ALL_RIGHT = (
    r"<it>(?:(?: is| are| side| things?| has been|'s)+)?"
    r"(?: (?:all|absolutely|perfectly|quite|just|really))*"
    r" (?:ok|okay|fine|good|alright|all right|no problem|(?:is ?n.?t|not) (?:a |the |an )?"
    r"(?:problem|issue|affected))\b"
    r"|\bnothing wrong with (?:my |our |the )?<it>"
    r"|\bno (?:problems?|trouble|issues?) (?:with|at) (?:my |our |the )?<it>"
)
# It was somebody else's: `it's Margaret who has the dementia, not me`.
ANOTHERS = (
    r"\b(?:it|that) ?(?:'?s|is|was) [\w' ]{1,20} (?:who|that|what) [^.!?]{0,30}<it>"
    r"|<it>[^.!?]{0,20}\bnot (?:me|mine)\b|\bnot (?:me|mine)\b[^.!?]{0,20}<it>"
)
# Denied in the same way, these are no effects; `not sleeping` and `no money` are.
NO_EFFECT = re.compile(
    r"\b(?:not|never|(?:is|was|are|were) ?n.?t)(?: \w+)? "
    r"(?P<it>homeless|angry|embarrassed|ashamed|depressed|lonely|isolated)\b"
    r"|\b(?:do ?n.?t|do not|never)(?: (?:take|do|even|ever))* (?P<used>drink|drugs)\b",
    re.IGNORECASE,
)
# What others say of it takes nothing out, nor does a doubt of one's own.
NOT_THEIR_WORD = re.compile(
    r"\b(?:he|she|they|police|people|everyone|everybody|mum|dad|husband|wife|friends?)"
    r"(?: \w+)? (?:says?|said|thinks?|thought|told|reckons?|claims?)\b"
    r"|\b(?:if|whether|maybe|not sure|do ?n.?t know|really|just|only)\b|\?",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")

NO_EFFECT_ON = {
    "homeless": "shelter_accommodation",
    "depressed": "mental_physical_health",
    "lonely": "social_interaction",
    "isolated": "social_interaction",
    "drink": "drugs_alcohol",
    "drugs": "drugs_alcohol",
}
