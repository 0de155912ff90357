"""What a crime that is over does to people is no alarm; the same words about a danger are one."""

from __future__ import annotations

import random
import re
import time

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import NONE
from nlu.risk.calm import CALM, Calm
from nlu.risk.data import EVALUATION, read_messages, training_messages

PAIRS = [  # the question, a plain answer to it, and a near one that is risk
    ("needs", "she won't open the shop by herself now", "she won't let me open the shop now"),
    ("needs", "my daughter refuses to be upstairs by herself", "she hides upstairs from her dad"),
    ("needs", "I keep checking the locks at night", "I check the locks, he still has a key"),
    ("needs", "I'm not sleeping, every noise has me up", "I'm not sleeping, he's outside again"),
    ("needs", "I can't sleep and I'm tearful", "I can't sleep and I don't want to go on"),
    (
        "needs",
        "I'm staying at my sister's till the lock's mended",
        "I'm at my sister's, he hit me",
    ),
    ("needs", "he's nervous and won't go to school", "he won't go to school, they've a knife"),
    ("needs", "My lad's off his food and won't walk to college", "My lad's stopped eating to die"),
    ("vulnerability", "She has dementia", "She has dementia and he locks her in"),
    ("vulnerability", "he's ten and he has a stammer", "he's ten and his dad beats him"),
    ("safe_now", "yes he is safe, he's at his nan's", "yes he is safe until his dad is back"),
    ("crime_type", "a parcel text scam I suppose", "the scammer lives with me and hits me"),
    ("offer_services", "yes please, something for my son", "yes, before my son kills himself"),
    (
        "offer_human",
        "Not now, I am not ready for speaking",
        "Not now, I am not ready to go on living",
    ),
    ("when", "i can't stop crying", "i can't stop crying, i want to die"),
    ("repeated", "he's done it before yes, twice", "he's strangled me before yes, twice"),
    (None, "Not slept since the burglary, I'm jumpy", "Not slept, he burgles me and beats me"),
]


@pytest.mark.parametrize(("question", "plain", "risk"), PAIRS)
def test_an_effect_is_no_alarm_and_its_risky_twin_is(
    recogniser: Recogniser, question: str | None, plain: str, risk: str
) -> None:
    assert Calm().holds(question, recogniser.read(plain))
    assert recogniser.recognise(plain, question).disposition == NONE
    assert recogniser.recognise(risk, question).disposition != NONE


def test_no_message_of_risk_is_calm(recogniser: Recogniser) -> None:
    calm = Calm()
    messages = [*training_messages(), *(m for path in EVALUATION for m in read_messages(path))]
    calmed = [
        message.text
        for message in messages
        if message.disposition != NONE
        and calm.holds(message.question, recogniser.read(message.text))
    ]
    assert calmed == []


def test_an_effect_alone_is_read_only_where_the_crime_has_been_told(
    recogniser: Recogniser,
) -> None:
    reading = recogniser.read("I don't go out any more")
    assert Calm().holds("needs", reading)
    assert not Calm().holds("safe_now", reading)
    assert not Calm().holds("co_ordinator", reading)
    assert not Calm().holds(None, reading)


def test_a_rule_is_heard_beside_calm_words(recogniser: Recogniser) -> None:
    """A short "no" to "Are you safe?" alarms whatever stands beside it."""
    assert recogniser.recognise("no, nobody is hurt", "safe_now").disposition != NONE


def test_fillers_alone_tell_nothing(recogniser: Recogniser) -> None:
    assert not Calm().holds("needs", recogniser.read("no. still"))


def test_no_order_of_its_words_takes_long(recogniser: Recogniser) -> None:
    calm, chance = Calm(), random.Random(5)  # noqa: S311 - only a source of odd texts
    words = sorted(set(re.findall(r"[a-z]+", CALM.read_text("utf-8"))))
    started = time.thread_time()
    for _ in range(200):
        few = chance.sample(words, 3)
        text = "i will not " + " ".join(chance.choice(few) for _ in range(36))
        calm.holds("needs", recogniser.read(text))
    assert time.thread_time() - started < 200 * 0.05
