"""A goodbye after despair: `nobody will miss me` ... `bye`. Alone neither may tell of a risk."""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST = 9  # words; who leaves so says little more
RECENT = 3  # messages; low words that were told before these were answered since
_GOODBYE = re.compile(r"\b(good ?bye+|bye+( bye)?|farewell|ta ?ra|see (you|ya))\b")
_THANKS = re.compile(r"\b(thank you|thanks|ta|cheers)\b")
# Not the person's own leave, or only for now.
_NOT_NOW = re.compile(
    r"\b(he|she|they|him|her|them|said|says|say|later|tomorrow|soon|monday|next "
    r"(week|time|month)|for now|brb|back)\b"
)
_NOBODY = r"(nobody|no one|noone|none|not one (person|soul))"
# That the world would be no worse, or that there is nothing to stay for.
_GRAVE = re.compile(
    rf"\b{_NOBODY} (will |would |is going to )?(even |ever |really )?((miss|mourn|remember) me|"
    r"notice (me gone|(if|when) i))\b"
    rf"|\b{_NOBODY} (will |would )?(even |really )?cares? (if|whether) i (am|live|die|was|were)\b"
    r"|\b(better off|happier|easier|better) without me\b"
    r"|\bbetter( off)? if i (was|were) not (here|around|alive)\b"
    r"|\bnothing (left )?to live for\b|\bthere is nothing (left )?(here )?for me\b|\bno (reason|"
    r"point) (to|in) (live|living|going on|being here|being alive|carry(ing)? on)\b"
    r"|\bwish i (was|were) (not here|never born|gone|dead)\b|\bi (want to|wish i could) (just )?"
    r"(disappear|vanish|fade away|not wake up)\b"
    r"|\bdo not want to (be here|wake up|exist|live)( any ?more| any longer)?"
    r"(?! (here|there|in|with|at|on|next|near|when)\b)"
    r"|\bi (am|feel like) (such |only |just )*a (burden|waste of (space|oxygen|air))\b"
)
_MORE = (
    r"(any ?more|any longer|(of|in|to) (it all|anything|life|living|going on|trying|being here))"
)
# Hopeless, as many are who go on all the same.
_LOW = re.compile(
    rf"\bwhat is the (point|use) {_MORE}|\b(see|is) (no|not (any|the|a|much)) point {_MORE}"
    rf"|\b(do|can) not see (the|a|any|much) (point {_MORE}|way (out|forward)|future)"
    r"|\b(no (hope|future|way out)|hopeless|worthless)\b"
    r"|\b(can|could) not (go on|carry on|do this|take (it|this|much more|any more)|cope)\b"
    r"(?! (with|right now|now|today|at the moment|to)\b)"
    r"|\btired of (it all|everything|(this )?life|living|fighting|trying|being (here|alive|me))\b"
    r"|\bi (have )?(give|given|gave|giving) up\b(?! (smoking|my|the|work|on (the|them|him|it)))"
    r"|\bhad enough of (it all|everything|life|living|this life)\b|\bhate (myself|my life)\b"
    rf"|\b(have|got) (absolutely |literally )?{_NOBODY}\b(?! (else|to blame|in mind|yet|of))"
    rf"|\b{_NOBODY} (would |will )?(cares?|loves? me|wants? me|likes? me)\b"
    r"|\bwant (everything|it all|this all) to (stop|end|be over)\b|\ball alone\b"
)
# Who is let down by others has lost hope in them: `no hope the police will come`.
_IN_OTHERS = re.compile(
    r"\b(police|they|he|she|council|report\w*|insur\w*|officers?|court|bank|claim\w*|landlord|"
    r"neighbours?|phone|website|form|shop|company|refund)\b"
)


def takes_leave(said: str) -> bool:
    """Whether plain words are a short goodbye, not one for now nor another's."""
    short = len(said.split()) <= LONGEST
    return short and bool(_GOODBYE.search(said)) and not _NOT_NOW.search(said)


def told_of_despair(said: str, earlier: Sequence[str]) -> bool:
    """Whether what was told before (plain words, oldest first) gives a goodbye its weight.

    Who is thanked is not left in despair for low words alone.
    """
    if any(_GRAVE.search(text) for text in earlier):
        return True
    return not _THANKS.search(said) and any(_is_low(text) for text in earlier[-RECENT:])


def _is_low(text: str) -> bool:
    sentences = re.split(r"[.!?]", text)
    return any(_LOW.search(one) and not _IN_OTHERS.search(one) for one in sentences)
