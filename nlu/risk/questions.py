"""A short reply is read with the question that it answers."""

from __future__ import annotations

import re

from nlu.risk.answer import EMERGENCY, URGENT

# what the person was asked, as the model reads it before a short reply
ASKED = {
    "welcome": "how can we help you",
    "role": "who are you in this",
    "safe_now": "are you safe right now",
    "crime_type": "what happened to you",
    "when": "when did it happen",
    "where": "where did it happen",
    "reported": "have you told the police",
    "needs": "how has it affected you",
    "vulnerability": "is there anything that makes this harder for you",
    "contact": "how may we contact you safely",
    "consent": "may we keep what you told us",
    "confirm_summary": "did we get this right",
    "offer_human": "would you like to talk to a person",
    "offer_services": "would you like to see services near you",
    "anything_else": "is there anything else you want to tell us",
    "feedback": "how was this chat for you",
    "repeated": "has it happened before",
    "co_ordinator": "a person from the team is here with you",  # said in a live chat
}
SHORT = 8  # words

# `He's watching the darts` watches nobody.
_ON_THE_TELLY = (
    r"((the|his|her|a|some|our) )?(telly|tv|tele|television|darts|football|footy|match|snooker"
    r"|rugby|cricket|golf|racing|news|film|box|cartoons|programme|strictly|corrie|eastenders)\b"
)
# answers to "Are you safe right now?"
DANGER = re.compile(
    r"^(no|nope|nah|na|n|not? (really|at all|now|right now|safe|tonight|here|exactly)"
    r"|no (i am|im) not|not even|never|not anymore|hardly|absolutely not|definitely not|no way"
    r"|no not|no he|no she|no they|help|no please|i am not|in danger|far from it|nein|nie|nu)\b"
    r"|\b(he|she|they|husband|ex|partner|dad|boyfriend) (is|are) (still )?(here|back|home|outside"
    r"|downstairs|upstairs|in(?! (prison|custody|jail|hospital))|asleep|coming"
    rf"|watching(?! {_ON_THE_TELLY})|next"
    r"|at the door|listening|around)"
)
# A yes, and who else is in the house: "yes, my husband is asleep upstairs". The words that follow
# tell company from danger, which no pattern does: it is left to the model. An ex is no company.
AT_HOME_WITH = re.compile(
    r"^(?=(yes|yeah|yep|yup|ye|aye|yh|ya|oh yes|of course|certainly|perfectly safe|safe (and|as)"
    r"|(i|we|he|she|they) (am|are|is) (both |all |quite |perfectly |very )?(fine|ok|safe|all right"
    r"|alright)|(i|we) (am|are) (both |all )?home)\b|.*\bso yes$"
    r"|(he|she|they) (is|are) ((at )?home |here )?(on (the|my) (sofa|settee)|(tucked up )?in bed)"
    r" with (me|us)( ,)? (and )?(yes|safe|fine|ok)$"
    r"|.*\b(could not be|never (been|felt)) safer\b)"
    r"(?!.*\b(but|(until|till) (he|she|they|my|dad|mum)|though|only|for now|hope|angry|drunk"
    r"|scared|quick|quickly|quiet|quietly|whispering|soon|while|because|ex|back|outside|coming|still"
    rf"|downstairs|watching (?!{_ON_THE_TELLY})(me|us|what|every|from|the)|listening"
    r"|at the door|around|next|can not"
    r"|not (know|tell|say)|(dad|stepdad|boyfriend|partner|husband) is (home|here))\b)"
)
# "Till the locksmith comes" is no doubt of one's safety; "till he is home" is, and a bare "till
# six".
UNTIL_OTHERS = re.compile(
    r"\b(until|till) (?!(he|she|they|dad|mum)\b|(my|his|her|their|our) (ex|dad|mum|father|husband"
    r"|wife|partner|boyfriend|stepdad|uncle|brother)\b)"
)
LONG_ENOUGH = 7  # words of a reply that says more than its doubt
DOUBT = re.compile(
    r"\b(not sure"
    # what they do not know is no doubt of one's own: `they do not know me`
    r"|(?<!they )(?<!lads )(?<!people )do not know"
    r"|unsure|maybe|kind of|sort of|for now|i think so|i guess|i suppose"
    r"|depends|(until|till)(?! (at least )?20(2[89]|[3-9]\d))|not for long|at the moment"
    r"|sometimes|probably|hope so|mostly"
    r"|only (when|if|until|till|because|while|for)"
    r"|dont know|perhaps|define safe|as safe as|ish|can not say|barely|so far|while he|while she"
    r"|when he|when she|if he|if she|partly|not very|not so)\b"
    r"|^(yes|yeah|yep|ok) (just |only )?right[ _]now$"  # and in an hour?
)
FINE = re.compile(
    r"^no (problem|problems|worries|one|i am safe|i am fine|i am ok|im safe|im fine|danger|risk"
    r"|thanks|thank|need|nothing|nobody|immediate|longer|he is gone|he left|not in danger"
    r"|i am all|i am good|more)\b|^not (in (any )?danger|at risk)|\bno danger\b"
    r"|^never (better|been safer)|^(no )+nothing like that"
    r"|^(no ,? ?)?(nobody|no one) has (ever )?(hurt|harmed|threatened|touched|bothered)"
    r"( me| us)?( or (hurt|harmed|threatened|touched|bothered))? (me|us|anyone|anybody)"
    r"( ,? ?(it|this) (is|was) (just|only) (the|my|our|a) (shed|garage|car|van|bike|phone|purse"
    r"|wallet|bag|window|fence|bins?|money|card|shop))?$"
)
# "no" as those say it who write little English; vowel signs are taken off before
NO_ELSEWHERE = re.compile(
    r"(nao|nem|hayir|yok|ne|ni|nahi|nahin|ні|нет|не|нема|لا|نہیں|ন|ન|ਨਹ|नह|இல|不|不是|没有|不安全)"
)
# answers to "What happened to you?" that name a grave crime and nothing more
GRAVE_CRIMES = {
    "domestic_abuse": r"domestic (abuse|violence)|abusive (partner|relationship)|coercive control",
    # `what my swim coach did` says no more, and need not
    "sexual_violence": r"rape|raped|sexual (assault|abuse|offence|violence)|sexually assaulted"
    r"|what (my|our|the|her|his) (\w+ ){0,2}(coach|teacher|tutor|instructor|leader|uncle|cousin|"
    r"dad|father|step ?dad|step ?father|brother|grandad|grandfather|priest|vicar|babysitter|"
    r"carer|boss|manager|landlord) (did|does|has done|is doing)( to (me|us|him|her))?",
    "stalking_harassment": r"stalking|stalked|stalker",
    "modern_slavery": r"modern slavery|slavery|trafficking|trafficked|forced labour",
    "honour_based_abuse": r"honour based (abuse|violence)|forced marriage|fgm",
    "child_at_risk": r"child (sexual )?(abuse|exploitation|neglect|cruelty)|grooming|groomed",
    "threat_to_life": r"threats? to kill|death threats?|attempted murder|strangulation|strangled",
}
# "yes, my husband is here with me": company; "yes but he is here" is not
COMPANY = re.compile(
    r"^(yes|yeah|yep|of course|i am safe)\b(?!.*\b(but|until|till|though|only|for now|hope|"
    r"angry|drunk|scared)\b).*\bwith me\b"
)
# Moves in the conversation, and nothing more: no telling, whatever was asked.
MOVE = re.compile(
    r"(please )?(skip|skip (it|this|that|this one)|pass|next|next (one|question)|more"
    r"|show( me)? more|back|go back|carry on|continue)( please| thanks)?"
)
# Help has come, or the one who was feared is locked up: said so, and nothing more.
HELP_IS_HERE = re.compile(
    r"(yes |ok |hello |hi )?(the |two )?(police|police officers?|officers?|ambulance|paramedics?)"
    r" (is |are |have |has )?(just |now |all )?(here|arrived|come|came|turned up|with (me|us))"
    r"( now| already)?( with (me|us))?( thanks| thank you| thank god)?"
)
# It must be so now: "he was in prison" and "he gets out tomorrow" calm nobody, nor does "inside".
_HELD = (
    r"(arrested|remanded|locked up|behind bars|on remand|(taken )?into custody|in custody"
    r"|in (a |the )?(police )?cells?|in prison)"
)
LOCKED_UP = re.compile(
    r"(yes )?((the )?police (have |has )?(now |just )?arrested (him|her|them)"
    r"|they (have )?(now |just )?arrested (him|her)"
    r"|(he|she|they) (is|has|have) been (just )?(arrested|remanded|locked up|taken into custody)"
    rf"|(he|she|they) (is|are)( now| still)? {_HELD})"
    r"( now| tonight| today| this morning)?"
    rf"( and( he| she| they)?( is| are)?( still| now)? {_HELD}( now)?)?"
)
# To a co-ordinator: who has just left may come back, but this message does not say so.
HAVE_LEFT = re.compile(r"(they|(the )?police|(the )?officers) (have )?(just )?(left|gone)( now)?")
# "Are you safe?" "Yes, I'm in my room": a place of one's own, with a yes before it
IN_PLACE = re.compile(
    r"(ye|yes|yeah|yep|yh|yup|ya)( i am)?( safe| ok| fine)?( just)? (in|at|on)"
    r" (my |the |our |mums |my mums )?(room|bedroom|bed|home|house|flat|work|school|college"
    r"|kitchen|sofa|desk|office|bus|mums|nans|sisters|garden)( now)?( thanks)?"
)
# An offer put off: "not right now", "maybe later"
LATER = re.compile(
    r"(no ,? ?)?((maybe|perhaps) )?(not (right now|now|just now|yet|today|tonight|this time"
    r"|at the moment|for now)|later( on)?)( ,? ?(please|thanks|thank you))?"
)
# A bare one, after any question but whether they are safe; "just bye" is for the model, and what
# was told before may give it weight (leaving.py)
FAREWELL = re.compile(
    r"((ok|okay|right|well|thanks|thank you|ta) ,? ?)*"
    r"(good ?bye|bye( bye)?|cheerio|ta ta|see you|see ya)"
    r"( ,? ?(then|now|for now|thanks|thank you|and thanks|and thank you|x))*"
)
OFFERS = frozenset(
    ["offer_human", "offer_services", "anything_else", "feedback", "consent", "contact"]
)
# Of the one who was harmed, by whoever writes for them: an age, an agreement, their being safe
_THEY = r"(he|she|they|(my|our) (son|daughter|mum|dad|nan|grandad|mother|father|brother|sister))"
THEIR_AGE = re.compile(
    rf"{_THEY} (is|are) (only |just )?\d+( (years?|yrs) old)?( (like|as) i (said|told you))?"
    r"( and (a bit |quite |very )?(hard of hearing|deaf|blind|frail|forgetful|disabled))?"
)
THEY_AGREE = re.compile(
    rf"(yes|yeah|yep)( ,)? {_THEY} (agrees?|says? yes|said (yes|so)|(is|are) (happy|fine|ok)"
    r" with (that|it|this))"
)
THEY_ARE_SAFE = re.compile(
    rf"((yes|yeah|yep)( ,)? )?{_THEY} (is|are)( all| both| quite| perfectly)? (safe|fine|ok)"
    r"( now| at home| at school| in bed| here with me)?( ,)?( yes| yeah| thanks| thank you| now)?"
)
# Said after an alarm, mostly: nobody is in danger, and nothing more.
DENIAL = re.compile(
    r"((no|nope|nah|sorry|hang on|wait|hey|but|honestly|look|please|really|yes"
    r"|i (have )?(said|told you)|as i said)( ,)? )*"
    r"((i am|we are|he is|she is|they are|there is)( really| honestly| definitely| absolutely)?"
    r" (not in|in no|not in any|not in immediate|no) danger"
    r"|(nobody|no one) is in( any)? danger|there is no emergency|it is (not an|no) emergency"
    r"|(it (is|was) )?(just )?(a )?false alarm)"
    r"( ,)?( here| now| at all| thanks| thank you| sorry| please| carry on| honestly)*"
)
# "When did it happen?" "Right now"
RIGHT_NOW = re.compile(
    r"(it is |this is )?(still )?(happening |going on )?(right|happening) now( please)?"
)
THE_EDGE = re.compile(r"\bon (the|a) (bridge|ledge|tracks|parapet|viaduct|railway line)$")
# questions after which an edge may be a mere place
PLACES = frozenset(["where", "when", "crime_type", "welcome", "role"])
# "yes, I think so, nobody is here but the cat": what follows the yes is for the model
AGREED = re.compile(r"^(yes|yeah|yep|aye) ,? ?i think so (?=,|\.|and|there|nobody|no one|we|i am)")
# "yes i am safe, my parents do not know": it is not the safety that is not known
THEIR_DOUBT = re.compile(r"\b((my|our) (\w+ ){1,2}|nobody |no one )(do|does) not know\b")
SAFE_ENOUGH = re.compile(r"^(i think so|i hope so|yes|yeah|yep|ok|fine)( (thanks|thank you))?$")


def disposition_of_reply(question: str | None, words: list[str]) -> str | None:
    """What a short reply means after its question; None where it says nothing of danger.

    `question` is the name of the question asked; `words` the plain words of the reply.
    """
    if not words or len(words) > 2 * SHORT:
        return None
    if question == "when" and RIGHT_NOW.fullmatch(_spoken(words)):
        return EMERGENCY
    return _safe_reply(" ".join(words)) if question == "safe_now" else None


def is_at_the_edge(question: str | None, words: list[str]) -> bool:
    """Whether a short reply says that the person is where people go to die.

    After a question about what happened it is the place of a crime.
    """
    asked = question in ASKED and question not in PLACES
    return asked and len(words) <= SHORT and bool(THE_EDGE.search(_spoken(words)))


def _safe_reply(text: str) -> str | None:
    """What a short reply to "Are you safe right now?" means."""
    if any(safe.search(text) for safe in (FINE, SAFE_ENOUGH, COMPANY)):
        return None
    said = THEIR_DOUBT.sub("", AGREED.sub("", text))
    if len(text.split()) >= LONG_ENOUGH:
        said = UNTIL_OTHERS.sub("", said)
    if DOUBT.search(said):
        return URGENT
    if AT_HOME_WITH.search(text):
        return None
    if DANGER.search(text) or NO_ELSEWHERE.fullmatch(text):
        return EMERGENCY
    return None


def tells_no_risk(question: str | None, words: list[str]) -> bool:
    """Whether a short message plainly tells nothing that a model could find risk in.

    It only moves the conversation on or back, puts an offer off, says that help has come or that
    there is no danger, names the place of one who is safe, or says an age or a yes for another.
    Rules look at it all the same.
    """
    plain = [MOVE, HELP_IS_HERE, LOCKED_UP, DENIAL]
    plain += [HAVE_LEFT] if question == "co_ordinator" else []
    plain += [IN_PLACE, THEY_ARE_SAFE] if question == "safe_now" else []
    plain += [LATER] if question in OFFERS else []
    plain += [FAREWELL] if question and question != "safe_now" else []
    plain += [THEIR_AGE] if question in ("vulnerability", "role") else []
    plain += [THEY_AGREE] if question in ("consent", "confirm_summary") else []
    return any(said.fullmatch(_spoken(words)) for said in plain)


def _spoken(words: list[str]) -> str:
    """Words that the lexicon joined, apart again."""
    return " ".join(words).replace("_", " ")


def grave_crime_named(question: str | None, words: list[str]) -> str | None:
    """The category of a grave crime that a short reply to "What happened?" names, if any."""
    text = " ".join(words)
    if question != "crime_type" or len(words) > SHORT or re.search(r"\b(no|not|never)\b", text):
        return None
    return next(
        (name for name, crime in GRAVE_CRIMES.items() if re.search(rf"\b({crime})\b", text)), None
    )


def with_question(question: str | None, text: str) -> str:
    """The text for the letter view: a short reply is preceded by its question."""
    if question in ASKED and len(text.split()) <= SHORT:
        return f"{ASKED[question]} ? {text}"
    return text
