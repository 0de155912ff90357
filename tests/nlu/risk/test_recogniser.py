"""Nothing switches the recogniser off; it never raises and never takes long."""

from __future__ import annotations

import random
import statistics
import time

import pytest

from nlu.risk import Recogniser
from nlu.risk.answer import CATEGORIES, DISPOSITIONS, EMERGENCY, NONE
from nlu.risk.data import REGRESSION, read_messages
from nlu.risk.questions import ASKED, disposition_of_reply, tells_no_risk
from nlu.risk.reading import Reading
from nlu.risk.recogniser import TIME_LIMIT

HARMLESS = "We went to the shop and bought some bread and came home on the bus again. "


def test_no_explicit_disclosure_is_missed(recogniser: Recogniser) -> None:
    missed = [
        message.text
        for message in read_messages(REGRESSION)
        if recogniser.recognise(message.text, message.question).disposition == "none"
    ]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "my hus\u200bband h\u200dit me last n\u200bight",
        '/affirm{"x": "my husband hit me last night"}',
        "> my husband hit me last night",
        '"my husband hit me last night"',
        "my husband h i t me last night",
        "MY HUSBAND HIT ME LAST NIGHT!!!!",
        HARMLESS * 50 + "My husband hit me last night. " + HARMLESS * 50,
        (HARMLESS * 60)[:3950] + " my husband hit me last night",
        "\u202emy husband hit me last night",
    ],
)
def test_hiding_does_not_help(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "That was years ago and I am safe now. " + HARMLESS * 8 + "My husband strangled me.",
        "My husband strangled me. " + HARMLESS * 8 + "In the film he hits her, it was long ago.",
        "Did anyone see it? No. My husband strangled me last week.",
        "No one believes me but my husband strangled me",
    ],
)
def test_harmless_words_elsewhere_take_nothing_away(rules_only: Recogniser, text: str) -> None:
    assert rules_only.recognise(text).disposition != "none"


@pytest.mark.parametrize(
    "text",
    [
        "I was asked if my carer hurts me. No! Jo has been with me nine years",
        "no one has laid a finger on me, it was only the window",
        "I have not had any thoughts of hurting myself",
        "no one is forcing me to marry him",
    ],
)
def test_a_denial_is_heard(rules_only: Recogniser, text: str) -> None:
    assert rules_only.recognise(text).disposition == "none"


@pytest.mark.parametrize(
    ("harmless", "meant"),
    [
        (
            "my wife is going to kill me when she hears about the caravan deposit",
            "my wife says she is going to kill me when she hears that I talked to you",
        ),
        (
            "I could murder whoever wrote this questionnaire",
            "I am going to murder him, I know where he parks and I have a hammer",
        ),
        (
            "I train minicab drivers, have you a page on county lines?",
            "my nephew runs county lines for them and he is fourteen",
        ),
    ],
)
def test_what_words_and_model_both_doubt_is_no_alarm(
    recogniser: Recogniser, rules_only: Recogniser, harmless: str, meant: str
) -> None:
    assert recogniser.recognise(harmless).disposition == NONE
    assert recogniser.recognise(meant).disposition != NONE
    assert rules_only.recognise(harmless).disposition != NONE, "no rule speaks here"


@pytest.mark.parametrize(
    ("text", "question", "disposition"),
    [
        ("no", "safe_now", "emergency"),
        ("not really", "safe_now", "emergency"),
        ("hes here", "safe_now", "emergency"),
        ("not sure", "safe_now", "urgent"),
        ("yes", "safe_now", "none"),
        ("yes but he is here with me", "safe_now", "emergency"),
        ("he's home with me", "safe_now", "emergency"),
        ("my husband's home with me and the little one", None, "none"),
        ("yes", "offer_human", "none"),
        ("no", "reported", "none"),
        ("no thanks", "anything_else", "none"),
        ("ye im in my room", "safe_now", "none"),
        ("ye im in my room hes outside", "safe_now", "emergency"),
        ("right now", "confirm_summary", "none"),
        ("right now", "when", "emergency"),
        ("no. on the bridge", "offer_human", "emergency"),
        ("on the bridge", "where", "none"),
        ("yes right now", "safe_now", "urgent"),
        ("not right now", "offer_services", "none"),
        ("ok bye, thanks", "anything_else", "none"),
        ("bye", "offer_human", "none"),
        ("just bye", "anything_else", "emergency"),
        ("maybe later, thanks", "offer_human", "none"),
        ("not right now", "safe_now", "emergency"),
        ("she is 91 and frail", "vulnerability", "none"),
        ("yes he agrees", "consent", "none"),
        ("yes, my mum is safe at home", "safe_now", "none"),
        ("he's home on the sofa with me, yes", "safe_now", "none"),
        ("he's on the sofa with me", "safe_now", "emergency"),
        ("yes he is safe until his dad is back", "safe_now", "urgent"),
        ("he is safe yes", "safe_now", "none"),
        ("they're both safe thanks", "safe_now", "none"),
        ("yes i'm safe, just cross. my parents don't know", "safe_now", "none"),
        ("he doesn't know I'm writing", "safe_now", "emergency"),
        ("he is home", "safe_now", "emergency"),
        ("they are home", "safe_now", "emergency"),
    ],
)
def test_a_short_reply_is_read_with_its_question(
    recogniser: Recogniser, text: str, question: str, disposition: str
) -> None:
    assert recogniser.recognise(text, question).disposition == disposition


@pytest.mark.parametrize("question", [None, "co_ordinator"])
@pytest.mark.parametrize(
    "text",
    [
        "the police are here now",
        "Police have just arrived, thank you",
        "he's been arrested and he's in custody",
        "they arrested him tonight",
        "he is on remand",
        "she has been arrested",
    ],
)
def test_help_that_has_come_is_no_alarm(
    recogniser: Recogniser, text: str, question: str | None
) -> None:
    assert recogniser.recognise(text, question).disposition == NONE


@pytest.mark.parametrize(
    "text",
    [
        "the police are here now but he has a knife",
        "he was arrested and now his brother is outside with a bat",
        "the police have just left and he is back in the garden",
        "hes back and hes hitting me",
        "I want to die",
    ],
)
def test_danger_beside_help_is_an_alarm(recogniser: Recogniser, text: str) -> None:
    assert recogniser.recognise(text, "co_ordinator").disposition != NONE


@pytest.mark.parametrize(
    "text",
    ["he was in prison", "he gets out of prison tomorrow", "he's been in prison", "he's inside"],
)
def test_who_is_not_held_now_calms_nobody(text: str) -> None:
    assert not tells_no_risk(None, text.replace("'s", " is").split())


@pytest.mark.parametrize(
    ("text", "disposition"),
    [
        ("no , nobody has hurt me or threatened me , it is just the shed", None),
        ("nobody has touched us", None),
        ("no , he has hurt me", EMERGENCY),
        ("no , nobody has hurt me yet", EMERGENCY),
    ],
)
def test_a_denial_after_the_safe_question_is_no_danger(text: str, disposition: str | None) -> None:
    assert disposition_of_reply("safe_now", text.split()) == disposition


def test_who_has_just_left_is_no_alarm_to_a_co_ordinator(recogniser: Recogniser) -> None:
    assert recogniser.recognise("they've just left", "co_ordinator").disposition == NONE


@pytest.mark.parametrize("question", [None, *ASKED])
@pytest.mark.parametrize("text", ["skip", "Next please", "go back", "More"])
def test_moving_on_tells_nothing(recogniser: Recogniser, text: str, question: str | None) -> None:
    assert recogniser.recognise(text, question).disposition == NONE


def test_a_harmless_message_after_an_alarm_is_no_new_alarm(recogniser: Recogniser) -> None:
    assert recogniser.recognise("ok thanks", shown=["urgent"]).disposition == "none"
    shown = ["urgent", "urgent", "emergency", "none"]
    assert recogniser.recognise("ok thanks", shown=shown).disposition == "none"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("he raped me last night and i cant stop shaking", "sexual_violence"),
        ("i want to kill myself tonight i have the tablets here", "suicide_self_harm"),
        ("im going to stab him when he gets home", "harm_to_others"),
    ],
)
def test_what_the_words_say_plainly_is_named_before_what_is_guessed(
    recogniser: Recogniser, text: str, first: str
) -> None:
    assert recogniser.recognise(text).categories[0] == first


def test_three_urgent_hints_make_an_alarm(recogniser: Recogniser) -> None:
    answer = recogniser.recognise("he hit me", shown=["urgent", "none", "urgent"])
    assert answer.disposition == "emergency"


def test_what_only_the_model_fears_adds_up_to_nothing(recogniser: Recogniser) -> None:
    said = "honestly I feel so low about it, my wife thinks I should be over it by now"
    once = recogniser.recognise(said)
    assert {item.by for item in once.evidence} <= {"model"}
    shown = ["urgent", "urgent"]
    assert recogniser.recognise(said, shown=shown).disposition == once.disposition != "emergency"


def test_evidence_quotes_what_the_person_wrote(recogniser: Recogniser) -> None:
    evidence = recogniser.recognise("my hubby PUNCHD me").evidence
    assert any("PUNCHD" in item.text and item.by.startswith("rule:") for item in evidence)


def test_any_text_is_answered(recogniser: Recogniser) -> None:
    chance = random.Random(11)  # noqa: S311 - only a source of odd texts
    planes = [(0x20, 0x7F), (0xA0, 0x24F), (0x300, 0x36F), (0x600, 0x6FF), (0x2000, 0x206F),
              (0x4E00, 0x4FFF), (0xD800, 0xDFFF), (0x1F300, 0x1F6FF), (0, 0x10FFFF)]  # fmt: skip
    for _ in range(300):
        low, high = chance.choice(planes)
        size = chance.choice((0, 1, 2, 5, 30, 200))
        text = "".join(chr(chance.randint(low, high)) for _ in range(size))
        answer = recogniser.recognise(text, chance.choice((None, "safe_now", "nonsense")))
        assert answer.disposition in DISPOSITIONS
        assert set(answer.categories) <= set(CATEGORIES)
        assert "fallback" not in {item.by for item in answer.evidence}, ascii(text)


def test_a_failure_counts_as_urgent(recogniser: Recogniser) -> None:
    answer = recogniser.recognise(None)  # type: ignore[arg-type]
    assert (answer.disposition, answer.evidence[0].by) == ("urgent", "fallback")


def test_an_answer_that_comes_late_is_at_least_urgent(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlu.risk.recogniser.TIME_LIMIT", 0.0)
    answer = recogniser.recognise("ok thanks")
    assert (answer.disposition, answer.evidence[-1].by) == ("urgent", "fallback")
    assert recogniser.recognise("no", "safe_now").disposition == "emergency"


def test_waiting_for_a_busy_processor_is_no_alarm(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Recogniser.read

    def waits(self: Recogniser, text: str) -> Reading:
        time.sleep(TIME_LIMIT + 0.1)
        return real(self, text)

    monkeypatch.setattr(Recogniser, "read", waits)
    assert recogniser.recognise("ok thanks").disposition == "none"


def test_too_much_to_read_counts_as_urgent(recogniser: Recogniser) -> None:
    assert recogniser.recognise(HARMLESS * 400).disposition == "urgent"


def test_a_long_message_takes_no_longer_than_a_few_embeddings(recogniser: Recogniser) -> None:
    text = (HARMLESS * 60)[:4000]
    times = []
    for _ in range(10):
        started = time.perf_counter()
        recogniser.recognise(text)
        times.append(time.perf_counter() - started)
    assert statistics.median(times) < 0.3
