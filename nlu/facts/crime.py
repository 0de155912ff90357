"""Which of the crime types a message tells of: by the words that name it, else the classifier."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from nlu.facts import answers
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "crime_type"
OTHER = "other"
# Odds of a crime type among all types. Cross-validated on nlu/en/ (labels taken strictly), 0.70
# were found and 0.09 wrong at 0.5, 0.60 and 0.05 at 0.7; of crimes below 0.6 in the development
# messages a third was wrong. The other limits are judgement, looked at on tests/nlu/facts/.
# With 1,700 more tellings learnt the odds are lower: of 522 crimes in used-up messages 440 were
# found and 21 others wrong at 0.5 (and 0.43 below), 450 and 24 at 0.45; lower ones believed ties.
# With 800 more, of 1,177 crimes 1,097 and 33 at 0.45 (0.38 below), 1,101 and 33 at 0.42 (0.36).
SURE = 0.43
# Below that, a crime that is likely and stands well before the next: of 798 crimes told in used-up
# messages 757 were found and 14 wrong at 3.0, 764 and 14 at 2.0, 769 and 18 at 1.5. What is less
# clear is put to the person as what we think, never kept as a fact. Of 877 in other such messages
# 788 were found with either share, 32 and 29 others wrong at 0.37 and 0.43.
LIKELY, BEFORE_THE_NEXT = 0.36, 2.0
# Among everything that a message without a name of a crime may mean: 763 and 12 with 0.22.
SURE_UNNAMED = 0.22
SURE_OF_OTHER = 0.75  # `something else` is what remains, so it must be clear that it is
SURE_WITH_WORDS = 0.2  # where the words name the same crime
NAMED_AT_LEAST = 0.25  # what the words name is believed where nothing else is likely
OVERRULES = 0.9  # in an answer to something else, the words are seldom wrong
TELLS = 0.35  # odds of all crime types together, from which on a message tells of a crime
ASKED_OF_ONESELF = 0.2  # the same of a message that asks for something and names a crime
THOUGHT = 0.25  # enough to be put to the person as what we think
STORY = 4  # words; who says less has not told what happened
# Named so, it is that, whatever it sounds like: no type of ours is for animals or an eviction.
FIRM = frozenset(
    {"cruelty_to_animals", "put_out", "spiked", "taken_away", "grave_damaged", "card_taken"}
)
LONGEST_WORDS = 160  # characters kept as the person's words
# Answers to these tell something else, however they sound to a classifier.
OTHER_QUESTIONS = frozenset(
    {"role", "safe_now", "when", "where", "reported", "needs", "vulnerability", "contact",
     "consent", "offer_human", "offer_services", "feedback"}
)  # fmt: skip

# Who is asked whether they are safe may tell what happened first.
STORY_FIRST = frozenset({"safe_now"})
SURE_OF_STORY = 0.75
# What is written first, or where the crime was asked, is a telling if it is longer than that.
TELLS_FIRST = frozenset({None, "welcome", NAME})
LONGEST_ANSWER = 22  # words

# `Who helps with stalking` asks; it does not tell.
_SEEKS = re.compile(
    r"\b(?:who (?:helps?|supports?|do i|can)|help(?:line)?s? (?:for|"
    r"with|after)|support|charity|charities|is there|are there"
    r"|nearest|where (?:can|is|are|do)|can (?:i|you|they)|how (?:do|"
    r"can|to)|what (?:is|are|happens)|do i|am i|compensation|helpline|"
    r"counsell\w+|centre|is it|difference between|counts? as)\b"
)
_TELLS = re.compile(
    r"^\W*(?:got|been|was|being) \w+(?:ed|en|bbed)\b|"
    r"\b(?:i was|i got|i have|i had|my|me|we|our|someone|somebody|he|she|they|us|last|yesterday)\b"
)

# `Something bad happened to me` is the beginning of a story, not the story.
_VAGUE = re.compile(
    r"^(?:\W*(?:hi|hello|hiya|please|so|well|um))*\W*(?:i (?:think |want to tell you )?)?"
    r"(?:something|summat|a thing|it|this|things|stuff)\b[^.!?,]{0,24}"
    r"\b(?:happened|happening|bad|awful|horrible|wrong|terrible|complicated|personal|private|"
    r"hard|difficult|delicate|embarrassing)\b(?: \w+){0,5}"
    r"(?:,? (?:and |but )?(?:i|we) (?:do not|am not|are not|can not) "
    r"(?:know|sure|certain|say|tell) ?(?:if|whether|what)?\b.*)?\W*$"
    r"|^\W*(?:no,? |sorry,? )*(?:i )?(?:do not|would not|can not|would rather not|rather not) "
    r"(?:really |want to |like to |feel like )*(?:say|talk|tell|go into|discuss)\w*\b"
    r"(?: \w+){0,6}\W*$"
)

# What one may have lost oneself nobody has taken.
LOST = re.compile(
    r"\b(?:lost|dropped|left|mislaid) (?:my|our)\b[^?]{0,80}\b(?:(?:probably|prob|must have|"
    r"might have|may have|i think i|think i) (?:\w+ )?(?:dropped|left|lost|mislaid)|lost property|"
    r"(?:nobody|no one) (?:took|stole|has taken))\b"
)

SLAVERY = "modern_slavery"
# English of those who learn it is no sign of slavery: without a word of work or bondage the
# classifier is not believed.
_BONDAGE = re.compile(
    r"\b(?:works?|working|worked|jobs?|boss|pay|paid|wages?|passports?|papers|documents|debts?|"
    r"owners?|forc\w+|slav\w+|traffick\w*|lock\w*|gang\w*|sell\w*|drugs?|cannabis|nail|"
    r"cuckoo\w*|nanny|cleaner|raid|rescued|dealers?|prostitut\w+|county lines|"
    r"plants|weed|packages?|stash|stuff for|carry(?:ing)? (?:it|stuff|things|bags)|owes?|"
    r"(?:is|are) not allowed|sleeps? (?:there|in the|on the (?:floor|mat)))\b"
)

# Who was hurt by a driver or an attacker has lost nobody: without a word of death the classifier
# is not believed.
OF_DEATH = frozenset({"homicide_bereavement", "road_collision_bereavement"})
_DEATH = re.compile(
    r"\b(?:kill\w*|die[ds]?|dying|dead(?!ly)|deaths?|fatal\w*|lost|los[se]|losing|passed|murder\w*|"
    r"manslaughter|homicide|funeral|inquest|coroner\w*|buried|bury|burial|cremat\w*|ashes|grave\w*|"
    r"headstone|mourn\w*|griev\w*|grief|bereave\w*|widow\w*|late|body|anniversary|gone|never came "
    r"(?:home|back)|took (?:him|her|them|my|our)|taken from|without (?:him|her|them|my|our)|"
    r"did not (?:make it|survive|come home)|no longer (?:here|with us)|life support|identif\w+|"
    r"stabbed|shot|used to|was only|was \d+|lasted|held on|liaison|"
    r"(?:round|by) (?:the|his|her) bed|(?:he|she) was my|"
    r"(?:he|she) went (?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"in the night|peacefully))\b"
)

# `I thought we had been burgled but no`, `my friend calls it a theft but they held me`, `not a
# burglary, they were let in`: it is not what the words name. The bullet is the name.
_BUT_NOT = re.compile(
    "\\b(?:not|never|no)(?: (?:actually|really|exactly|quite|a|an|the|any|been|just|only|like))*"
    " \N{BULLET}"
    "|\\b(?:thought|thinks?|assumed|believed|reckon(?:s|ed)?|says?|said|calls?|called|looked like)"
    "\\b[^.!?\N{BULLET}]{0,40}\N{BULLET}[^.!?]{0,30}\\b(?:but|only)\\b"
)

# `They took the lead as well` adds to what was told; it is no crime of its own.
MORE = "anything_else"
OF_THINGS = frozenset({"theft", "burglary", "vehicle_crime"})
_ADDS = re.compile(
    r"\b(?:as well|too|also|forg[oe]t\w*|one (?:more |other )?thing|should have said)\b"
)

Crimes = Sequence[tuple[str, float]]


@lru_cache(maxsize=1)  # asked by the readers and by the finder of facts
def named(plain: Plain) -> Hit | None:
    """The crime that the words name, the most serious first; none when only help is sought."""
    if _SEEKS.search(plain.text) and not _TELLS.search(plain.text):
        return None
    out = ruled_out(plain)
    hits = rulebook(NAME).hits(plain)
    return next((hit for hit in hits if hit.group.name not in out), None)


def ruled_out(plain: Plain) -> frozenset[str]:
    """The crimes that are named only to say that it was not that."""
    return rulebook(NAME).ruled_out(plain, _BUT_NOT)


def read(
    plain: Plain, question: str | None, crimes: Crimes, hit: Hit | None, *, asks: bool = False
) -> Fact | None:
    """The crime type.

    ``hit`` is what `named` found, ``asks`` says whether the message asks for something.
    """
    if question == MORE and _only_adds(plain, hit):
        return None
    if asks and hit and not _asked_of_oneself(plain, crimes, hit):
        hit = None  # `someone who has been through a burglary`
    value = hit.group.value if hit else None
    firm = hit is not None and hit.group.name in FIRM
    if crimes and tells(crimes) and not firm:
        value = _weighed(plain, question, crimes, value)
    elif question in OTHER_QUESTIONS - {"role", "safe_now"}:
        value = None  # `smoking weed to sleep` answers how things are
    if (hit is None and _VAGUE.search(plain.text)) or LOST.search(plain.text):
        value = None
    if value is None:
        return None
    told = hit is not None and value == hit.group.value
    start, end = (hit.start, hit.end) if hit and told else (0, len(plain.text))
    return Fact(NAME, value, plain.said(start, end)[:LONGEST_WORDS])


def _only_adds(plain: Plain, hit: Hit | None) -> bool:
    of_things = hit is None or hit.group.name in OF_THINGS
    return of_things and bool(_ADDS.search(plain.text))


def supposed(plain: Plain, question: str | None, crimes: Crimes) -> Fact | None:
    """What a story is likeliest about whose crime is not sure; a value of None when unlikely."""
    story = len(plain.text.split()) >= STORY and not _VAGUE.search(plain.text)
    elsewhere = question in OTHER_QUESTIONS - STORY_FIRST or (
        question in STORY_FIRST and not _is_story(plain, crimes)
    )
    if elsewhere or not crimes or not tells(crimes) or not story:
        return None
    likeliest, sure = crimes[0]
    likely = sure >= THOUGHT * sum(odds for _, odds in crimes)
    return Fact(NAME, likeliest if likely else None, plain.text[:LONGEST_WORDS])


def _is_story(plain: Plain, crimes: Crimes) -> bool:
    long = len(plain.text.split()) >= 2 * STORY
    return long and sum(sure for _, sure in crimes) >= SURE_OF_STORY


def _lacks_its_words(likeliest: str, plain: Plain) -> bool:
    needed = {SLAVERY: _BONDAGE, **dict.fromkeys(OF_DEATH, _DEATH)}.get(likeliest)
    return needed is not None and not needed.search(plain.text)


def _asked_of_oneself(plain: Plain, crimes: Crimes, hit: Hit) -> bool:
    # `in my burglary`, `I was assaulted, can I claim`
    mine = plain.text[: hit.start].endswith(("my ", "our ", "i was ", "i got ", "i ", "we were "))
    return mine or sum(odds for _, odds in crimes) >= ASKED_OF_ONESELF


def tells(crimes: Crimes) -> bool:
    """Whether the classifier takes the message for one that tells of a crime."""
    return sum(sure for _, sure in crimes) >= TELLS


def _stands_out(crimes: Crimes) -> bool:
    total = sum(odds for _, odds in crimes)
    first, second = (*(odds for _, odds in crimes[:2]), 0.0, 0.0)[:2]
    return first >= LIKELY * total and first >= BEFORE_THE_NEXT * second


def _is_an_answer(plain: Plain, question: str | None) -> bool:
    """Whether it answers something, and tells no story: `not sure you can help` opens many."""
    if question in TELLS_FIRST and len(plain.text.split()) > LONGEST_ANSWER:
        return False
    return bool(answers.kind(plain))


def _weighed(plain: Plain, question: str | None, crimes: Crimes, named: str | None) -> str | None:
    """The likeliest crime where it is likely enough beside what the words name."""
    likeliest, sure = crimes[0]
    if not named and sure < SURE_UNNAMED and question not in OTHER_QUESTIONS:
        return None
    total = sum(odds for _, odds in crimes)
    sure /= total
    if question in OTHER_QUESTIONS:
        told = named or (question in STORY_FIRST and _is_story(plain, crimes))
        return likeliest if told and sure >= OVERRULES else named
    if likeliest in ruled_out(plain):
        return named
    if likeliest == OTHER != named and sure < SURE_OF_OTHER:
        return None
    if likeliest != named and _lacks_its_words(likeliest, plain):
        rest = total - crimes[0][1]
        return named if named and dict(crimes).get(named, 0.0) >= NAMED_AT_LEAST * rest else None
    if sure >= (SURE_WITH_WORDS if likeliest == named else SURE) or _stands_out(crimes):
        return None if not named and _is_an_answer(plain, question) else likeliest
    return named if named and dict(crimes).get(named, 0.0) >= NAMED_AT_LEAST * total else None
