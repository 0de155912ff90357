"""Words that show whom it happened to, beside what a classifier thinks (role.py)."""

from __future__ import annotations

import re

# `burglary` or `they broke in` does not say whose home it was: without a word for oneself, or a
# whole story, nobody is taken to be the victim.
ONESELF = re.compile(r"\b(i|me|my|mine|myself|we|us|our|ours)\b")
MINE = re.compile(r"\b(?:me|my|mine|us|our|we|i was|i got|i am|i have)\b")
# `Got hit yesterday`, `been scammed`: chat leaves out the word for oneself.
ELIDED = re.compile(
    r"^\W*(?:hi|hello|so|just|well|basically|um)?[\W]*(?:just |i )?"
    r"(?:got|been|being|getting|had|keep|lost|attacked|robbed|mugged|burgled|scammed|jumped|"
    r"assaulted|conned|hacked|glassed|punched|bottled|spiked|stabbed|slapped|kicked|beaten|followed)\b"
)
# `Burglary`, `there was a break-in`: a crime is named, and nobody.
NAMED_ONLY = re.compile(
    r"^\W*(?!(?:got|been|being|getting)\b)(?:\w+\W*){1,2}$"
    r"|^\W*(?:(?:there|it) (?:was|is|has been|were)|it is about|about|a|an|the)\b"
)
# Said alone, these are no names of a crime: `robbed`, `bike gone`, `tyres slashed`.
DONE = re.compile(
    r"\b(?:robbed|hacked|gone|nicked|pinched|stolen|slashed|smashed|keyed|mugged|burgled|scammed|"
    r"conned|attacked|assaulted|raped|stabbed|spiked|egged|torched|threatened|followed|groped)\b"
)
# Who saw it, heard it or wonders about it tells of somebody else.
LOOKED_ON = re.compile(
    r"\b(?:saw|seen|watched|heard|witness\w*|wonder\w*|i think|bystander|passing|opposite|"
    r"noticed|worried about|concerned|somebody else|someone else|a (?:man|woman|lady|person|"
    r"family|couple|bloke|chap) (?:was|is|were|got|being)|(?:she|they) "
    r"(?:was|were|is|are) (?:being )?"
    r"(?:made|held|hit|kept|forced|attacked|robbed)|the (?:girls|men|women|workers|residents|"
    r"families|people))\b"
)
# Anybody else whom it may have happened to.
SOMEBODY_ELSE = re.compile(
    r"\b(?:my|our|her|his|their|a|the|one of (?:my|our|the)) (?:\w+ ){0,2}?(?:son|daughter|boy|"
    r"girl|lad|child|kid|baby|mum|dad|mother|father|nan|gran|grandad|grandmother|grandfather|husband|"
    r"wife|partner|boyfriend|girlfriend|brother|sister|uncle|aunt|auntie|cousin|nephew|niece|"
    r"grandson|granddaughter|friend|mate|neighbour|colleague|client|patient|pupil|student|"
    r"resident)s?\b"
)
BUSINESS = re.compile(
    r"\b(?:shops?|stores?|business|company|firm|farm\w*|pub|cafe|restaurant|hotel|salon|office|"
    r"warehouse|branch|premises|staff|customers?|manag\w+|owners?|landlord|landlady|till|stock|"
    r"church|mosque|temple|synagogue|charity|club|school|nursery|surgery|pharmacy|depot|"
    r"garage(?! (?:doors?|roof|wall|window|light|lock|key|next to)\b)|"
    r"site|secretary|treasurer|director|tractors?|workshop|takeaway|employ\w+)\b"
)
_YOUNG = (
    r"(?:son|daughter)(?![ -]in[ -]law)|boy|girl|lad|child|kid|baby|toddler|"
    r"little (?:one|boy|girl|lad)|youngest|eldest|stepson|stepdaughter|foster \w+"
)
OWN_CHILD = re.compile(
    rf"\b(?:my|our) (?:\w+ )?(?:{_YOUNG})\b"
    r"|\b(?:my|our) (?:\d{1,2}|\w+)[ -](?:years?|yrs?|yo)[ -]?(?:olds?)?\b"
)
_NUMBERS = {
    "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
}  # fmt: skip
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
# A child of one's own with an age: a parent writes of who is under 18, of others somebody else.
_HIS = rf"\b(?:my|our) (?:\w+ )?(?:{_YOUNG})"
_NO_AGE = (
    r"\b(?! (?:months|weeks|days|min|hours?|times|nights|lads|men|people|others|of|years older))"
)
_AGED_CHILD = re.compile(
    rf"{_HIS}\b(?:\W*(?:is|who is|aged?|he is|she is|just|only)?){{0,3}}\W*"
    rf"(?P<age>{_NUMBER}){_NO_AGE}"
    rf"|\b(?:my|our) (?P<years>{_NUMBER})[ -](?:years?|yrs?|yo)\b"
    rf"|{_HIS}(?: is|s)?\b[^?]{{0,200}}\b(?:he|she) is (?:only |just )?"
    rf"(?P<later>{_NUMBER}){_NO_AGE}"
    r"|\b(?:my|our) (?:two |twin )?(?:twins|boys|girls|sons|daughters|kids),? "
    rf"\(?(?P<both>{_NUMBER}){_NO_AGE}"
    rf"|{_HIS}(?: is|s)? (?:\w+ )?(?:in )?(?P<year>year (?:[1-9]|1[0-3]|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|thirteen))\b"
)
_AT_SCHOOL = 13  # about the age of whose year at school is told
# Without one of these nobody has died. `Took`, `lost` and `gone` are said of things as well.
DEATH = re.compile(
    r"\b(?:die[sd]?|dying|dead|death|fatal\w*|"
    r"lasted (?:\w+ )?(?:days?|hours?|weeks?)|killed|killing|killer|kills|murder\w*|"
    r"manslaughter|passed|(?:my|our) late|funeral|inquest|coroner|graves?|"
    r"bereav\w*|grie\w+|widow\w*|buried|knifed|"
    r"los(?:t|ing|s of) (?:my|our|him|her|them|his life|her life|a \w+|someone|somebody)|"
    r"crash\w*|collision|hit and run|stabb\w*|shot|run over|knocked (?:down|over|off)|homicide|"
    r"(?:he|she) is gone|taken from (?:us|me)|"
    r"took (?:his|her|their|my|our|a) (?:own )?(?:\w+ )?(?:life|overdose|from (?:us|me))|"
    r"did not (?:make it|survive|wake|come home)|never (?:woke|came home))\b"
)
_THEY_KNOW = (
    r"(?:my|our|a|his|her|daughters?|sons?) (?!best )(?:\w+ )?(?:mate|friend|pal|colleague|"
    r"neighbour|flatmate|housemate|boss|client|patient|pupil|student|tenant|employee)s?"
)
# The loss is that of somebody whom the writer knows, teaches or serves.
_GRIEF_OF_ANOTHER = re.compile(
    rf"\b{_THEY_KNOW} (?:is |(?:from|in) \w+ |at my \w+ |\w+ )?(?:\w+ )?(?:dad|mum|wife|husband|"
    r"son|daughter|brother|sister|twin|girlfriend|boyfriend|nephew|niece|lost (?:his|her)|"
    r"had (?:his|her)|has not been)\b"
    r"|\b(?:one of (?:my|our)|a member of (?:my|our|the)|a widower with|a patient of|in my class|"
    r"the (?:woman|lady|man) i (?:clean|care|work) for|"
    r"in our (?:reception|nursery|class|youth club)|"
    r"i have a (?:widow\w*|client|patient)|i am not (?:family|asking for))\b"
)
# Who is somebody's parent says so, or names a child of their own.
PARENT = re.compile(
    rf"(?<!one of )(?<!some of )(?<!two of )\b(?:my|our) (?:\w+ ){{0,2}}?"
    rf"(?:{_YOUNG}|children|kids|twins|boys|girls|sons|daughters|"
    r"teenagers?|\d{1,2}|[a-z]+teen|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"grand\w+)\b|^\W*(?:son|daughter)\b|\bi am (?:a |the |his |her |their )"
    r"(?:\w+ )?(?:parent|mum|mother|dad|father|guardian|foster|carer)|"
    r"\b(?:he|she) is (?:only |just )?(?:[3-9]|1[0-7])\b|"
    r"\b(?:guardian|parents?|mum|mother|dad|father|carer) (?:here|of)\b"
)
# Words of a story of one's own; `my neighbours`, `they told me` are none.
MY_OWN = re.compile(
    r"\b(?:i|we) (?:was|were|got|had|have|am|are|came|come|woke|live|lost|left|found|went|heard|"
    r"do|feel|keep|can not)\b|\b(?:mine|us|ours|myself)\b|(?<!asked )(?<!told )(?<!to )\bme\b"
    r"|(?<!not )\b(?:my|our) (?!(?:\w+ ){0,2}(?:son|daughter|boy|girl|lad|child|kid|mum|dad|"
    r"mother|father|nan|gran|grandad|grandmother|grandfather|husband|wife|partner|brother|sister|"
    r"uncle|aunt|auntie|cousin|nephew|niece|friend|mate|neighbour|colleague|parent|grandparent)s?\b)"
)
OWN = re.compile(
    r"\b(?:(?<!told )(?<!tells )(?<!asked )(?<!to )(?<!rang )(?<!showed )(?<!sent )me|i was|"
    r"i am being|i got|my (?:arm|face|bank|card|money|purse|house|door)|"
    r"our (?:house|home|flat|jewellery|car|van|windows?|savings))\b"
)
# `My daughter was hit. She is 34.`
GROWN = re.compile(
    r"\b(?:he|she) is (?:now |only |nearly |about )?(?:1[89]|[2-9]\d|(?:twenty|thirty|forty|fifty)"
    r"(?:[ -]\w+)?)\b(?! (?:months|weeks|days|min))"
    r"|\bgrown[ -]?up (?:son|daughter|lad|boy|girl|child)\b"
)
# Grandparents are no guardians, unless they say that they bring the child up.
GRANDCHILD = re.compile(
    r"\b(?:my|our) grand(?:son|daughter|child|children|kids)\b|\bgrandparents? here\b"
)
# Somebody else's business, or where one only works, shops or lives.
NOT_THEIRS = re.compile(
    r"\bmy (?:mum|dad|husband|wife|brother|sister|uncle|aunt|nan|mate|friend)(?: is|s)? "
    r"(?:has |runs |owns |keeps )?(?:the |a |an )?(?:\w+ )?"
    r"(?:shop|cafe|pub|restaurant|salon|takeaway|farm)\b"
    r"|\bi (?:wash|clean|serve|wait|stack|work)\b(?: \w+){0,2} (?:in|at|for) (?:a|an|the)\b"
    r"|\bjust (?:a|the) (?:wife|cashier|shelf stacker|saturday (?:girl|lad))\b|\bmy home they\b"
)
# `My late husband's watch was taken`: that grief is another matter.
_LATE = re.compile(r"\b(?:my|our) late \w+")
_ANIMAL = re.compile(
    r"\b(?:my|our|the) (?:\w+ )?(?:cat|dog|horse|pony|rabbit|kitten|puppy|hens)\b"
)
_KILLED = re.compile(
    r"\b(?:kill\w*|murder\w*|manslaughter|stabb\w*|crash|collision|run over|knocked down)\b"
)
# Whom somebody in a post may write for.
SERVED = re.compile(
    r"(?<!by )\b(?:a|an|the|this|my|our|one of (?:my|our)|two of (?:my|our)) (?:\w+ ){0,2}?"
    r"(?:clients?|patients?|pupils?|students?(?! nurse| teacher)|learners?|tenants?|residents?|"
    r"parishioners?|service users?|mums?|dads?|mothers?|fathers?|famil(?:y|ies)|boys?|girls?|"
    r"child(?:ren)?|kids?|wom[ae]n|m[ae]n|lad(?:y|ies)|gentlem[ae]n|couple|people|someone|somebody)\b"
    r"|\b(?:caseload|in my class|in my care|someone|somebody|on behalf)\b"
)
UNSURE = re.compile(r"\bnot sure\b|\bdo not know (?:which|what|if)\b")


def age_of_own_child(text: str) -> tuple[int, re.Match[str]] | None:
    """How old the child of the writer is, and where they say so."""
    found = _AGED_CHILD.search(text)
    if found is None:
        return None
    if found["year"]:
        return _AT_SCHOOL, found
    said = found["age"] or found["years"] or found["later"] or found["both"]
    return _NUMBERS.get(said) or int(said), found


def grieves_elsewhere(text: str) -> bool:
    """Whether somebody late was not killed, an animal died, or the loss is somebody else's."""
    animal = _ANIMAL.search(text) and not SOMEBODY_ELSE.search(text)
    late = _LATE.search(text) and not _KILLED.search(text)
    return bool(animal or late or _GRIEF_OF_ANOTHER.search(text))


def of_no_ward(text: str) -> bool:
    """Whether the child is grown up or a grandchild."""
    return bool(GROWN.search(text) or GRANDCHILD.search(text))
