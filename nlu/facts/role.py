"""Who is writing: the victim, a parent, somebody bereaved, a business, a witness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nlu.facts import role_cues as cues
from nlu.facts import strangers
from nlu.facts.crime import LOST
from nlu.facts.model import Fact
from nlu.facts.plain import Plain
from nlu.facts.rulebook import Hit, rulebook

NAME = "role"
VICTIM = "victim"
WITNESS = "witness"
PARENT = "parent_guardian"
BEREAVED = "bereaved_relative"
BUSINESS = "business_contact"
NONE = "none"
# Set by judgement on the development messages; not cross-validated. Below it a victim is what we
# think, and the summary asks whether it is so.
SURE = {BUSINESS: 0.7}
SURE_OF_OTHERS = 0.5
SURE_OF_VICTIM = 0.5
SURE_OF_OWN_CHILD = 0.35  # where a child of one's own is named
# With a loss of one's own and nobody else in the message, less will do, if it stands out.
ALONE, STANDS_OUT = 0.3, 0.1
MAYBE_ANOTHER = 0.2  # of any other role: then a story is not taken for the writer's own
LIKELY_VICTIM = 0.25  # enough to be put to the person as what we think
LIKELY = 0.4  # the same of any other role
# What is heard overrules words from here on: of the roles of 2,900 used-up messages and 5,100
# left-out tellings 24 more were right and 16 fewer wrong than with 0.85.
OVERRULES = 0.65
NO_DOUBT = 0.95
# Of a crime against a business; set by judgement, as the rest.
LIKELY_BUSINESS = 0.45
OF_BUSINESS = "business_crime"
# A group that says what the classifier cannot: a grandparent is no guardian.
FIRM = frozenset(
    {
        "asked_to_speak",
        "words_passed_on",
        "their_trade",
        "looked_on",
        "witness",
        "kin_of_a_child",
        "asked_by_a_friend",
        "grief_of_another",
        "runs_it",
        "brings_up",
        "guardian_answer",
    }
)
# Who names a post, and nobody whom they serve, may be the victim: `I'm a nurse, my bike went`.
POST = "professional"
# What was done to whom tells who writes only in a story: `I had to borrow from my sister` in an
# answer does not.
OF_STORIES = frozenset({"deed_to_kin"})
# What speaks against a role that the classifier hears.
DOUBTS: dict[str, Callable[[str], object]] = {
    BEREAVED: cues.grieves_elsewhere,
    PARENT: cues.of_no_ward,
    BUSINESS: cues.NOT_THEIRS.search,
}
GROWN_UP = 18
STORY = 10  # words
LONGEST_WORDS = 160
# Answers to anything else show a role only in plain words: `he hit him again` is no new role.
MAY_SHOW = frozenset({None, "welcome", "role", "crime_type"})

Roles = Sequence[tuple[str, float]]


def read(
    plain: Plain,
    question: str | None,
    roles: Roles = (),
    *,
    asks: bool = False,
    tells: bool = True,
    told: str | None = None,
) -> Fact | None:
    """The role of the person who writes, when they say or clearly show it.

    Who ``asks`` for something may ask for anybody: only plain words show who they are. Nobody is
    taken for a victim by the sound of a message that ``tells`` of no crime. Where its kind is
    ``told`` and nobody else is in the story, it is the writer's own; of a crime against a business
    they who have it write.
    """
    if question == NAME and cues.UNSURE.search(plain.text) and not _stands_out(roles):
        return None
    hit = rulebook(NAME).first(plain, question)
    if hit and hit.group.name in OF_STORIES and question not in MAY_SHOW:
        hit = None
    roles = roles if question in MAY_SHOW and not asks else ()
    child = _of_child(plain, question, roles)
    if child and hit and hit.group.name == VICTIM:
        hit = None  # `my son takes the bus, he is nine`
    if hit and not _overruled(plain, hit, roles):
        grown = hit.group.value == PARENT and cues.GROWN.search(plain.text)
        value = "other" if grown else hit.group.value
        return Fact(NAME, value, plain.said(hit.start, hit.end))
    if child and not hit:
        return child
    role = _heard(plain, roles, hit, tells=tells or question == NAME, told=told)
    return Fact(NAME, role, plain.said(0, len(plain.text))[:LONGEST_WORDS]) if role else None


def supposed(plain: Plain, question: str | None, roles: Roles) -> Fact | None:
    """Who likely writes a story, where it is not sure; the summary asks whether it is so."""
    likeliest = next(((role, odds) for role, odds in roles if role != NONE), None)
    if question not in MAY_SHOW or question == NAME or likeliest is None:
        return None
    role, odds = likeliest
    not_theirs = role == VICTIM and strangers.of_a_stranger(plain.text)
    if cues.NAMED_ONLY.search(plain.text) or not_theirs:
        return None
    likely = odds >= (LIKELY_VICTIM if role == VICTIM else LIKELY)
    return Fact(NAME, role, plain.text[:LONGEST_WORDS]) if likely else None


def _heard(
    plain: Plain, roles: Roles, hit: Hit | None, *, tells: bool, told: str | None
) -> str | None:
    """Who writes by the sound of the message, where its words name nobody, or somebody else."""
    role = _learned(plain, roles, named=bool(hit))
    if role == VICTIM and not told and LOST.search(plain.text):
        return None
    if role is None and told == OF_BUSINESS and _has_business(plain, roles):
        return BUSINESS
    if role == VICTIM and not tells:
        role = None  # `right, that's me done`
    if hit or not roles or role not in (VICTIM, None):
        return role
    if strangers.of_a_stranger(plain.text) and not _stands_out(roles):
        return WITNESS if strangers.was_there(plain.text) else None
    return VICTIM if role or (told and _nobody_else(plain, roles)) else None


def _of_child(plain: Plain, question: str | None, roles: Roles) -> Fact | None:
    """A parent of somebody under 18, or somebody who writes about a grown-up child."""
    found = cues.age_of_own_child(plain.text)
    role, odds = roles[0] if roles else (NONE, 0.0)
    # `My van was broken into. My lad is six on Saturday`: a child is named in passing
    needed = SURE_OF_OTHERS if role == BEREAVED else OVERRULES
    another = role not in (PARENT, "other", NONE) and odds >= needed
    if found is None or question not in MAY_SHOW or another or cues.OWN.search(plain.text):
        return None
    age, where = found
    return Fact(NAME, PARENT if age < GROWN_UP else "other", plain.said(*where.span()))


def _learned(plain: Plain, roles: Roles, *, named: bool) -> str | None:
    """What the classifier thinks, where it is sure enough; ``named`` when words name another."""
    if roles and roles[0][0] != NONE and (named or _sure(plain, *roles[0])):
        return roles[0][0]
    told = [(role, odds) for role, odds in roles if role != NONE]
    if not told or named:
        return None
    (role, odds), (_, next_odds) = (*told[:2], (NONE, 0.0))[:2]
    if role == PARENT and odds >= SURE_OF_OWN_CHILD:
        own = cues.OWN_CHILD.search(plain.text) and not cues.GROWN.search(plain.text)
        return role if own else None
    alone = cues.MINE.search(plain.text) and not cues.SOMEBODY_ELSE.search(plain.text)
    clear = odds >= ALONE and odds - next_odds >= STANDS_OUT
    return role if role == VICTIM and alone and clear else None


def _nobody_else(plain: Plain, roles: Roles) -> bool:
    """Whether a story of a crime holds nobody but the writer and whoever did it."""
    text = plain.text
    named_only = cues.NAMED_ONLY.search(text) and not cues.DONE.search(text)
    others = cues.SOMEBODY_ELSE.search(text) or cues.LOOKED_ON.search(text)
    if not roles or named_only or others or cues.BUSINESS.search(text):
        return False
    return all(odds < MAYBE_ANOTHER for role, odds in roles if role not in (NONE, VICTIM))


def _has_business(plain: Plain, roles: Roles) -> bool:
    """Whether a telling of a crime against a business sounds like that of who has or runs it."""
    role, odds = roles[0] if roles else (NONE, 0.0)
    not_theirs = cues.NOT_THEIRS.search(plain.text)
    return role == BUSINESS and odds >= LIKELY_BUSINESS and not not_theirs


def _stands_out(roles: Roles) -> bool:
    """Whether the classifier leaves no doubt."""
    return bool(roles) and roles[0][0] != NONE and roles[0][1] >= NO_DOUBT


def _fits(text: str, role: str) -> bool:
    """Whether the words that a role needs are there, and none that speaks against it."""
    needed = {BUSINESS: cues.BUSINESS, BEREAVED: cues.DEATH, PARENT: cues.PARENT}.get(role)
    doubted = role in DOUBTS and DOUBTS[role](text)
    return not doubted and (needed is None or bool(needed.search(text)))


def _sure(plain: Plain, role: str, odds: float) -> bool:
    text = plain.text
    if not _fits(text, role):
        return False
    if role != VICTIM:
        return odds >= SURE.get(role, SURE_OF_OTHERS)
    words = len(text.split())
    clear = odds >= OVERRULES
    if (
        cues.NAMED_ONLY.search(text)
        and not cues.MINE.search(text)
        and not (clear and words > STORY)
    ):
        return False
    if cues.SOMEBODY_ELSE.search(text) and not cues.MY_OWN.search(text) and not clear:
        return False
    of_self = cues.ONESELF.search(text) or cues.ELIDED.search(text) or words >= STORY
    return odds >= SURE_OF_VICTIM and bool(of_self)


def _overruled(plain: Plain, hit: Hit, roles: Roles) -> bool:
    if not roles or hit.group.name in FIRM:
        return False
    if hit.group.name == POST and cues.SERVED.search(plain.text):
        return False
    if roles[0][0] == VICTIM and hit.group.value != VICTIM and not cues.MY_OWN.search(plain.text):
        return False  # nothing in it is the writer's own
    another = roles[0][0] not in (NONE, hit.group.value) and _fits(plain.text, roles[0][0])
    return another and roles[0][1] >= OVERRULES
