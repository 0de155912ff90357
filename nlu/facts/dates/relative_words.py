"""The words for times by their distance, each with what reads it (relative.py)."""

from __future__ import annotations

from nlu.facts.dates import relative as read
from nlu.facts.dates.exact import Reader
from nlu.facts.dates.words import DAY_NAME, MONTHS, NUMBER, UNIT, WEEKDAY, WEEKDAYS

_WEEKS = r"(?P<weeks>a|one|1|two|2|three|3|four|4)"
_PART = r"(?:(?:morning|afternoon|evening|night|(?:lunch|dinner|tea) ?time|eve)\b)"

RULES: tuple[tuple[str, Reader], ...] = (
    (
        rf"\b(?:next|every|each|any|most|by|until|(?<!the )(?<!my )(?<!our )till|coming|following|"
        rf"(?:see|(?<!came )(?<!got )(?<!went )back|(?:you|come|coming) again) on) "
        rf"(?:single |other )?(?:{WEEKDAY}|week|weekend|month|year|day|night|bank holiday|"
        rf"half term)s?(?: (?:and|or) (?:{WEEKDAY})s?)?\b"
        r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days\b(?! ago)"
        r"|(?<!week )(?<!weeks )(?<!month )(?<!months )(?<!year )(?<!years )\btomorrow\b"
        rf"|\bin (?:a|\d+|two|three|a few|"
        rf"a couple of) (?:days|weeks|months|hours)?(?:'? time)\b",
        read.nothing,
    ),
    # a habit, or what belongs to the day: `on a Wednesday he checks`, `for Sunday dinner`
    (
        rf"(?<!ago )(?<!back )\bon a {WEEKDAY}\b(?! (?:(?:morning|afternoon|evening|night) )?"
        r"(?:last|of|in|about|around|like|a|\d+|two|three|four|five|six)\b)",
        read.nothing,
    ),
    (
        rf"(?:(?<!at )(?<!last )\b{WEEKDAY} (?:lunch|dinner)(?! time)|"
        rf"\b{WEEKDAY} (?:league|roast|school|"
        r"market|papers?|service|mass|team|job|girl|lad|boy))\b",
        read.nothing,
    ),
    (r"\b(?:til|till|until|by|for) the weekend\b", read.nothing),
    (rf"\b{WEEKDAY} (?:mornings|afternoons|evenings|nights)\b", read.nothing),
    (
        r"(?<!from )(?<!between )(?<!overnight )(?<!overnight on )(?<!night of )"
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day (?:to|"
        r"-|through|thru) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
        read.nothing,
    ),
    (
        rf"\b(?:a )?{NUMBER} {UNIT} ago(?P<exact> (?:today|to the day|exactly|this very day))\b",
        read.ago,
    ),
    (r"\bthis time last year\b", read.a_year_back),
    # a birthday or a move that no calendar holds
    (rf"\b{NUMBER} {UNIT} (?:before|after) (?:my|our|his|her|their|we|i|he|she)\b", read.nothing),
    (
        r"\b(?P<weeks>a|one|two|2|three|3)? ?(?P<unit>week|fortnight)s? (?:ago )?"
        r"(?P<till>yesterday|today)\b",
        read.weeks_and_a_day,
    ),
    (
        rf"\b(?:a )?{NUMBER} (?P<unit>month|year)s? (?P<till>yesterday|today)\b",
        read.so_long_a_day,
    ),
    (rf"\bit will be (?:a )?{NUMBER} years? on {DAY_NAME}", read.years_by),
    # `Two weeks tomorrow since he was killed`; else it is what lies ahead
    (
        rf"(?P<lead>\bit (?:will be|is) )?\b(?:a )?{NUMBER} {UNIT} tomorrow\b"
        r"(?=(?P<since> since)?)",
        read.so_long_tomorrow,
    ),
    # what lies ahead: `nowhere to go after Wednesday`
    (
        rf"\b(?:nowhere|no place|not (?:got )?anywhere)[^.!?]{{0,25}} after {WEEKDAY}\b",
        read.nothing,
    ),
    (
        r"\b(?:(?:over|during|in|within|for) the (?:last|past)|this (?:last|past)) "
        r"(?P<unit>week|month|year)\b",
        read.over_the_last,
    ),
    (
        r"\b(?:the )?(?:night|evening|day|morning|afternoon) before (?:last|"
        r"yesterday)\b|\bthe day before yesterday\b|\bbefore yesterday\b|"
        r"\btwo nights ago\b",
        read.back(2),
    ),
    (
        r"\b(?:yesterday|last night|last evening|the last night)\b(?: (?:morning|"
        r"afternoon|evening|night|lunchtime|teatime))?",
        read.back(1),
    ),
    (r"\b(?:in )?the early hours of (?:this morning|today)\b", read.back(0)),
    (rf"\b{NUMBER} (?P<unit>year)s? (?:ago|back)\b(?= in (?:{'|'.join(MONTHS)}))", read.ago),
    (
        r"\b(?:overnight|over night|during the night|in the night|in the middle of "
        r"the night|(?:in )?the early hours(?: of this morning)?)\b(?! (?:of|"
        r"on|between|from|(?:mon|tues|wednes|thurs|fri|satur|sun)day))(?! (?:bag|shift|stay))",
        read.back(1, 0),
    ),
    (
        rf"\b(?:today|this (?:morning|afternoon|evening|lunch ?time|dinner ?time|tea ?time)|"
        rf"tonight|earlier on|earlier today|just now|(?:just|only) happened(?! to\b)|"
        rf"happening (?:right )?now|(?:\d+|a|an|one|two|three|four|few|a few|couple of|"
        rf"a couple of|half an|several|some) (?:hours?|minutes?|mins) ago|(?:an )?hour or (?:so|"
        rf"two) ago|moments ago)\b(?: {_PART})?",
        read.back(0),
    ),
    (
        r"\bjust (?:been|got|had my \w+(?: \w+)?) (?=(?:mugged|robbed|burgled|"
        r"attacked|assaulted|hit|beaten|punched|stolen|nicked|snatched|"
        r"broken into|scammed|raped|threatened|taken)\b)",
        read.back(0),
    ),
    (
        rf"\b{_WEEKS} (?:weeks?|fortnight) (?:ago )?(?:last|past|this past) {DAY_NAME}",
        read.weeks_and_weekday,
    ),
    (
        rf"\b(?:it will be )?{_WEEKS} weeks? (?:on|this|come|coming|this coming) {DAY_NAME}"
        rf"(?P<will>,? it will (?:be|have been))?",
        read.weeks_by,
    ),
    (
        rf"\b(?P<weeks>a )?fortnight (?:(?:ago )?(?:last|past|on)|ago) {DAY_NAME}",
        read.fortnight_before,
    ),
    (r"\b(?:this|the same|same) (?:day|time) last week\b", read.back(7)),
    (
        rf"\bweek (?:last|past|gone) {DAY_NAME}|\blast (?P<weekday2>{WEEKDAY}) week\b",
        read.week_before,
    ),
    (rf"{DAY_NAME} (?:a )?week ago\b", read.weekday_before),
    (
        rf"\b{NUMBER} (?:weeks?|fortnight) ago,? (?:(?:on|last|this|the|a) )*{DAY_NAME}",
        read.weekday_weeks_ago,
    ),
    (
        rf"{DAY_NAME},? (?:(?:night|morning|afternoon|evening) )?(?:about |"
        rf"around |like )?{NUMBER} (?:weeks?|fortnight) (?:ago|back)\b",
        read.weekday_weeks_ago,
    ),
    (
        rf"\b(?:the )?(?:last )?{DAY_NAME} (?:(?:night|morning|afternoon|"
        rf"evening) )?(?:before last|last but one)\b",
        read.weekday_before,
    ),
    (
        rf"\b(?P<which>last week|this week|the week before last),? (?:on )?(?:the "
        rf")?{DAY_NAME}",
        read.weekday_of_week,
    ),
    (
        rf"{DAY_NAME} (?:(?:night|morning|afternoon|evening) )?(?:of )?(?P<which>last "
        rf"week|this week|the week before last)\b",
        read.weekday_of_week,
    ),
    (rf"\b{NUMBER} (?P<weekday>{'|'.join(WEEKDAYS)})s ago\b", read.so_many_weekdays),
    (rf"\bthe other {DAY_NAME}", read.other_weekday),
    (r"\b(?:the )?other (?:day|night|evening|morning|afternoon)\b", read.back(7, 1)),
    (r"\b(?:the )?other week\b", read.back(21, 7)),
    (r"\b(?:the )?other weekend\b", read.back(21, 1)),
    (r"\b(?:the )?other month\b", read.back(75, 25)),
    (
        rf"\b{NUMBER} (?P<unit>night|day|week|weekend)s (?:running|in a row|"
        rf"on the trot|on the bounce)\b",
        read.running,
    ),
    (
        r"\b(?:the |over the |at the )?(?P<unit>week|weekend|month|year) (?P<before>before "
        r"last)\b",
        read.last_unit,
    ),
    (r"\blast (?P<unit>week|month|year|weekend)\b(?! (?:of|and a half))", read.last_unit),
    (
        r"\b(?:later |earlier |all |some ?time |during )?(?<!for )this (?P<unit>week|"
        r"month|year|weekend)\b",
        read.this_unit,
    ),
    (
        r"\b(?:over|at|during|all|on) (?:the )?weekend\b|\bweekend just gone\b|"
        r"\bthe weekend\b(?! (?:before|after|rota|shift))",
        read.weekend,
    ),
    (
        rf"\b(?P<about>about |around |roughly |maybe |over |nearly |almost |some |like )?"
        rf"(?:a )?{NUMBER} {UNIT}(?P<half_after> and a half)? (?:ago|back|"
        rf"since|previous(?:ly)?|past)\b(?P<exact> (?:today|to the day|exactly|"
        rf"this very day))?(?! (?:to|into|at|home|in (?:{'|'.join(MONTHS)})))",
        read.ago,
    ),
    # `Two day before`, of those who learn the language
    (
        rf"\b(?P<about>about )?{NUMBER} (?P<unit>day|night|week)s? before(?=\W*(?:$|[.!;]))",
        read.ago,
    ),
    (r"\b(?:year|years) and a half ago\b", read.back(640, 450)),
    (r"\b(?:a )?half (?:a )?year ago\b", read.back(215, 150)),
    (
        rf"\b(?:for|over|during|throughout|these|(?:in|within)(?= (?:the )?(?:past|"
        rf"last))) (?:about |around |at least |over |nearly |almost |more than |"
        rf"well over |going on |roughly |like |the )*(?:the )?(?:past |last |"
        rf"previous |whole )*{NUMBER} {UNIT}\b(?! (?:ago|back|old|time|later|"
        rf"from now|into|after|before))",
        read.lasting,
    ),
    (rf"\b(?:the )?(?:past|last) {NUMBER} {UNIT}\b(?! (?:ago|back|old))", read.lasting),
    (rf"\bsince (?:about |around |over )?{NUMBER} {UNIT}\b(?! (?:ago|back|old))", read.lasting),
    (
        rf"\b{NUMBER} {UNIT},? (?:(?:i|we|he|she|they|it) (?:have|has|am|are|is|was)|of "
        rf"(?:this|it|hell|abuse|him|her|noise|being|them))\b",
        read.lasting,
    ),
    (
        rf"{DAY_NAME} (?:night|evening) (?:in|on)?(?:to|-) (?:the )?(?:early hours of |early )?"
        rf"{WEEKDAY}(?: morning)?\b",
        read.weekday,
    ),
    (
        rf"\b(?:about |around |nearly |over |going on (?:for )?)?{NUMBER} {UNIT} (?:now|"
        rf"of this|of (?:hell|abuse|it|him|her))\b",
        read.lasting,
    ),
    (
        r"\bgoing on (?:about |for )?(?P<number>\d{1,2}|two|three|four|"
        r"five|six)(?P<half> and a half)? (?P<unit>week|month|year)s\b",
        read.lasting,
    ),
    (
        r"\b(?:for|over|been|in)(?: (?:the|these))?(?: (?:many|several|"
        r"some|so many|past|last|a few|absolute|literally))* (?P<units>weeks|"
        r"months|years|ages|days)\b(?! (?:ago|to come|old|and a))",
        read.vaguely_for,
    ),
    (
        r"\b(?P<units>days|weeks|months) (?:ago|back|and (?:days|weeks|"
        r"months) ago)\b",
        read.vaguely_ago,
    ),
    (
        rf"\b(?:on |late on |early on |early |late )?(?:(?P<this>this)|last|"
        rf"this past|past)? ?{DAY_NAME}(?: (?:just )?(?:gone|past))?(?: {_PART})?(?: "
        rf"last)?(?=\W|$)(?! week\b)",
        read.weekday,
    ),
)

# Only in a telling; to "when?" the same words answer how long ago it was, and days or weeks
# count from what happened once.
TELLINGS: tuple[tuple[str, Reader], ...] = (
    (
        rf"\b(?:it|this|that) (?:is|has) been (?:going on )?(?:(?:for|about|over|nearly|almost) )*"
        rf"{NUMBER} (?P<unit>month|year|decade)s?(?: now)?\b(?=[,.!;)\n]|$| (?:and|but|now)\b)",
        read.lasting,
    ),
    # at the end of a clause, where a place or nothing stands before it, `sat` is the day
    (
        r"(?<!last )(?<!was )(?<!on )(?<!this )(?<!since )(?<!until )(?<!next )(?<!every )(?<!or )"
        r"\b(?P<weekday>sat)(?=[.,!;\n]|$)",
        read.saturday,
    ),
)

# Only in an answer to "when?".
ANSWERS: tuple[tuple[str, Reader], ...] = (
    (
        rf"^\W*(?:it is been |it has been |(?:it was )?before |(?P<about>about |around |maybe |"
        rf"like |roughly |nearly |over ))*{NUMBER} {UNIT}\b(?! old)",
        read.ago,
    ),
    (r"^\W*(?P<weekday>sat|sun|wed)\b", read.weekday),
    (r"\bjust now\b|^\W*(?:now|right now|happening now|earlier|minutes ago)\b", read.back(0)),
    (
        r"\brecent(?:ly)?\b|\bnot (?:that |very |so )?long ago\b|\bjust the other\b",
        read.back(60, 0),
    ),
    (r"\blately\b", read.back(90, 0)),
    (r"\b(?:a )?(?:little |short )?while (?:ago|back)\b|\bsome time ago\b", read.back(365, 14)),
    (
        r"\b(?:years|ages|a long time|long time|many years|decades|donkeys years) "
        r"(?:ago|back)\b",
        read.back(9131, 548),
    ),
    (r"^\W*(?P<units>weeks|months|years|ages)\b", read.vaguely_for),
)
