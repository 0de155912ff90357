"""Times in tellings of strangers, by the kind of words, against Sunday 22 November 2026."""

from __future__ import annotations

import pytest

from tests.nlu.facts.table import facts

DATES_IN_A_TELLING = [
    # who rings under a false name does the deed: his call is no report
    ("A woman posing as Lloyds phoned me on 3 November and I was scammed", "2026-11-03"),
    ("scam call, a man from Barclays rang on 3 November and I read out my pin", "2026-11-03"),
    ("my purse was stolen, Hitchin market, Nov 5.", "2026-11-05"),
    ("bike stolen from the station, 17/11 about 7pm", "2026-11-17"),
    ("hit and run on the 11th of October by the park", "2026-10-11"),
    ("burgled Fri 6th Nov, 11ish in the evening", "2026-11-06"),
    ("our shed was burgled 6 Nov, 10 at night", "2026-11-06"),
    ("they stole my scooter Tuesday last week, about tea time", "2026-11-10"),
    ("I was mugged at the bus stop in March. Tuesday last week it was", "2026-11-10"),
    ("my car was vandalised outside the hospital, Friday night shift", "2026-11-20"),
    ("third burglary of our garage this autumn. The last one was Thursday night", "2026-11-19"),
]
SAID_TWICE = [
    ("mugged a fortnight ago on the monday, so that would be the 2nd", "2026-11-02"),
    ("he was mugged Thursday of half term, so the 29th of October", "2026-10-29"),
    ("he was mugged on the Thursday of half term", "2026-10-29"),
    ("burgled on a Thursday night two weeks ago", "2026-11-05"),
    # a telling that begins with its day, whatever is done in that clause
    ("On Saturday I had a message from my 'daughter'. I was scammed", "2026-11-21"),
    ("On Sunday 8 November somebody break my door and steal, I save for my mother", "2026-11-08"),
    ("robbed four weeks ago on Tuesday", "2026-10-20"),
]
TO_TODAY = [
    ("our van was vandalised, fourth time since July", "2026-07-01"),
    ("stalked by a man from the gym. Since summer.", "2026-06-01"),
    ("he stalks me, it has happened nine times since 3 October", "2026-10-03"),
    ("he is stalking me. Two years now.", "2024-11-22"),
    ("stalked at work, been going on 7 weeks", "2026-10-04"),
    ("my ex stalks me. It's been six months, I am worn out", "2026-05-23"),
]
NOTICED_AFTER = [
    ("the burglary was the 3rd but we only realised on the 8th", "2026-11-03", "2026-11-03"),
    ("I noticed on the 12th that my card was cloned on the 9th", "2026-11-09", "2026-11-09"),
    # where nothing else is told it counts
    ("I was scammed and only noticed on the 12th", "2026-11-12", "2026-11-12"),
    ("I was raped in a home near Luton, 1984 to 1987", "1984-01-01", "1987-12-31"),
    # a month with its year, a whole year, a night with both its days
    ("he was killed in January 2025", "2025-01-01", "2025-01-31"),
    ("my son was stabbed October 2023", "2023-10-01", "2023-10-31"),
    ("she used to hit me. That was all through 2024", "2024-01-01", "2024-12-31"),
    ("our car was stolen overnight Friday to Saturday", "2026-11-20", "2026-11-21"),
]
OTHER_DAYS = [
    "my guitar was stolen and shifts are cancelled up to Christmas",
    "he stole my wages and I fly home 18 December",
    "my tools were stolen and at the weekend my brother visits",
    "robbed in the park and the trial is on 3 December",
    "I was scammed and the bank froze my account on 9 November",
    "my son was groomed online and school excluded him on the 12th",
    "my baby was assaulted and she is in hospital since Friday",
    "assaulted at work and heard nothing since 2 November",
    "he assaults me and I reported it on Monday and he gave my codes to a friend",
    "I was scammed, I called the bank on Monday and we moved our savings",
    "vandalism by a gang at the green, saturday nights",
    "my card was stolen, the police know, we are changing the locks today",
    "my bike was stolen, it has stood in the hall since 2011",
    "he assaults me and my sister has a table booked for Friday",
    "he assaults me and the non-mol was granted on the 9th",
    "my car was stolen and I am to start work on Monday",
    "the shop was robbed, only the Saturday girl was in",
    "robbed at the bank, I am a bus driver since 2014",
    "I was mugged and I have hardly slept since Thursday",
    "my husband was killed by a van and the inquest is on Tuesday",
    "raped by my ex, we had split in the spring of last year",
    "I was raped and gave evidence in June",
    "he controls me, if I want the car on a Tuesday I must ask",
    "my son was assaulted by supporters of a Sunday league team",
    "robbed, I told my sister who has the children for the weekend",
    "I was raped and the barrister said yesterday that I lie",
    "I was the treasurer until May, and someone is harassing me",
    "I was raped as a girl and told nobody until last month",
    "vandalism on our street again, six cars this week",
    "they vandalised my car, it is my fault, 7/10 for effort",
    "I was mugged and reported it. Three weeks now.",
    "I was mugged and the bank rang me on 12 November",
    "I was mugged. A policewoman came this morning for prints",
    "I was mugged. On Friday the trial begins",
    "he assaults me, he works Monday to Friday",
]


@pytest.mark.parametrize(("said", "day"), DATES_IN_A_TELLING + SAID_TWICE)
def test_a_day_in_a_telling(said: str, day: str) -> None:
    found = facts(said).get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (day, day)


@pytest.mark.parametrize(("said", "first"), TO_TODAY)
def test_from_then_to_today(said: str, first: str) -> None:
    found = facts(said).get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (first, "2026-11-22")


@pytest.mark.parametrize(("said", "first", "last"), NOTICED_AFTER)
def test_the_day_it_happened_counts_before_the_day_it_was_noticed(
    said: str, first: str, last: str
) -> None:
    found = facts(said).get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (first, last)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("thirty-one years ago", "1995-11-01", "1995-11-30"),
        ("Fri 6th Nov, 11ish in the evening", "2026-11-06", "2026-11-06"),
        ("the winter before last, January", "2025-01-01", "2025-01-31"),
        ("the theft was the 3rd but I only noticed on the 8th", "2026-11-03", "2026-11-03"),
        ("a fortnight ago on the monday, so that would be the 2nd", "2026-11-02", "2026-11-02"),
    ],
)
def test_an_answer_that_says_more_than_a_day(said: str, first: str, last: str) -> None:
    found = facts(said, "when").get("occurred")
    assert found is not None
    assert (found["from"], found["to"]) == (first, last)


@pytest.mark.parametrize("said", OTHER_DAYS)
def test_days_of_other_things_are_not_when_it_happened(said: str) -> None:
    assert "occurred" not in facts(said)


BESIDE_THE_DEED = [
    # the time of the scene is that of what was done in it
    ("We were waiting for the bus yesterday and a man in a car yelled at us", "2026-11-21"),
    ("I was sitting in the park on Friday when a lad spat at me", "2026-11-20"),
    ("Our lodger moved out on 1 November and took my camera", "2026-11-01"),
    ("both tyres slashed, found it when I left for work on Friday", "2026-11-20"),
    ("my car went off the drive at 3 this morning", "2026-11-22"),
    ("a gang hurled stones at the house on Friday", "2026-11-20"),
    ("lads hassled us outside the chippy on Thursday", "2026-11-19"),
    ("he tipped me out of my chair on Friday. This has been happening for weeks", "2026-11-20"),
    ("they went off without paying last Sat", "2026-11-21"),
    ("my shop is robbed most weekends, the last one was sat.", "2026-11-21"),
    ("our van was robbed overnight Friday into Saturday", "2026-11-20"),
    ("shoplifted three times last week", "2026-11-09"),
    ("he died on Friday after the crash last Tuesday", "2026-11-17"),
    ("they came again on Saturday and stole the quad", "2026-11-21"),
    ("stones thrown at our windows, every evening this past week", "2026-11-15"),
]
OF_ANOTHER_THING = [
    "I was trafficked for years of work, I ran away on Saturday",
    "he was stalking me, I got out 2 years ago",
    "burglars in my mum's flat. Police have been told, a week since.",
    "raped by a teacher. He was convicted in 2016 and got life",
    "shoplifters take what they like. I am having one newsagent shop here since 1994",
    "loan fraud, I only found out about it when I was turned down for a mortgage on Friday",
]
TYPED = [
    ("burgled this monring", "2026-11-22"),
    ("mugged on satudray", "2026-11-21"),
    ("robbed yesetrday", "2026-11-21"),
    ("attacked last wedensday", "2026-11-18"),
    ("robbed on 3 novmeber", "2026-11-03"),
]


@pytest.mark.parametrize(("said", "first"), BESIDE_THE_DEED)
def test_the_deed_may_stand_beside_its_time(said: str, first: str) -> None:
    assert facts(said)["occurred"]["from"] == first


@pytest.mark.parametrize("said", OF_ANOTHER_THING)
def test_a_time_of_another_thing_is_not_when_it_happened(said: str) -> None:
    assert "occurred" not in facts(said)


@pytest.mark.parametrize(("said", "first"), TYPED)
def test_two_letters_may_be_exchanged(said: str, first: str) -> None:
    assert facts(said)["occurred"]["from"] == first


def test_of_two_times_after_a_correction_the_last_holds() -> None:
    said = "All through July. Hang on, no, the patio was July, the calls were August"
    assert facts(said, "when")["occurred"]["from"] == "2026-08-01"


def test_what_goes_on_counts_from_its_beginning() -> None:
    said = "he texts me threats. it's been going on 3 weeks"
    assert facts(said)["occurred"]["from"] == "2026-11-01"
