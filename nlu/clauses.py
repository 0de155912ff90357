"""The parts of a message that may weigh more than the rest: a wish, a question, the police."""

from __future__ import annotations

import re

_CLAUSE_ENDS = re.compile(
    r"[.!;,\n]+\s*|(?<=\?)\s*|\s+(?:about|and|but|because|cos)\s+", re.IGNORECASE
)
_A_PERSON = re.compile(
    r"\b(?:person|people|human|some ?(?:one|body|1)|sm1|talk|tlk|speak|ring|call|phone|operator|"
    r"advis[eo]r|agent|lady|woman|man|chat|co-?ordinators?|staff|team|volunteers?|worker|"
    r"officer)\b",
    re.IGNORECASE,
)
_A_QUESTION = re.compile(
    r"\?\s*$|^(?:(?:so|and|but|also|just|please|hi|hello|ok|um|well|or) )*"
    r"(?:can|could|may|might|do|does|did|is|are|am|will|would|should|have|has|what|whats|when|"
    r"where|who|whos|why|how|hows|which|any chance|i (?:want|need|would like) to know|"
    r"i(?:'?d| would) like to know|i wonder|wondering|tell me)\b",
    re.IGNORECASE,
)

_POLICE_CLAUSE_ENDS = re.compile(r"[.!;?\n]+\s*|,\s+|\s+(?:and|but|because|cos)\s+", re.IGNORECASE)
_NAMES_POLICE = (
    r"polic\w*|cops?|feds?(?! up)|bobb(?:y|ies)|pcs?|pcso|officers?|constables?|detectives?|"
    r"101|999|btp|crime ?stoppers|action fraud|report\w*|arrest\w*|bail|statement|charged|"
    r"crime (?:ref\w*|n\w+)|cad|ref(?:erence)?(?: n\w+)?|incident number|case (?:is |was )?closed|"
    r"grass|snitch\w*|the law|old bill|press charges|nfa|"
    r"plod|coppers?|filth|rozzers?|pigs|prison|jail|sentence[ds]|convict\w*|custody|remand\w*|"
    r"liaison|guilty|cps|got life|did him for|logged|official|authorit\w+|online form"
)
_POLICE = re.compile(
    rf"\b(?:{_NAMES_POLICE}|in trouble|"
    r"(?:told|telling|tell|said anything to|spoken? to) (?:any|no|some)\s?(?:one|body|1)|"
    r"(?:not|haven'?t|never|didn'?t) (?:rung|rang|ring|phoned?)(?! back)|"
    r"told a soul|told nowt|first person|to (?:my|it to my)self|kept quiet)\b",
    re.IGNORECASE,
)
_NAMED_POLICE = re.compile(rf"\b(?:{_NAMES_POLICE})\b", re.IGNORECASE)
# `How do I make a statement` tells nothing of whether they know.
_ASKS = re.compile(
    r"^(?:(?:so|and|but|also|please) )*"
    r"(?:how (?:do|can|would|long)|can|could|will|would|should|shall|"
    r"what (?:if|is|are|happens|do)|do (?:i|they|you)|does|is it|is there|may i|"
    r"who (?:do|gets?|will)|when (?:do|does|will))\b",
    re.IGNORECASE,
)
# Police who were there for another matter, or no police at all.
_OTHER_MATTER = re.compile(
    r"[^.!?]*\bbut that was (?:for|about) (?:something|somebody|someone|another)\b[^.!?]*"
    r"|\bstatement (?:about|on) (?:somebody|someone|another|a \w+)\b[^.!?]*"
    r"|\b(?:claim|pretend|purport)\w* to be\b[^,.!?]*"
    r"|\bsa(?:id|ys|ying) (?:he|she|they|it) (?:was|were|is|are) (?:a |an |the |from )*"
    r"(?:police|officer|detective)\b[^,.!?]*",
    re.IGNORECASE,
)
POLICE_CLAUSES = 4
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|\n+")
# Without one of these nobody says that they are safe.
_OF_SAFETY = re.compile(
    r"\b(?:safe\w*|fine|ok|okay|alright|all right|danger|harm\w*|risk|indoors|nobody|no one|"
    r"unhurt|with (?:me|us)|(?:by|at) my side|beside me|stay\w* with|stop\w* (?:with|at)|"
    r"moved in|afraid|in (?:my |his |her )?bed|asleep|looked after|in good hands)\b",
    re.IGNORECASE,
)
SAFETY_SENTENCES = 4
# `I don't feel safe`, `I want to be safe`, `fine as long as I do what he says`, `is it safe?`
_DENIES_SAFETY = re.compile(
    r"\bno safe\b|\b(?:not|never|no longer|hardly|barely|nobody|no one|none(?: of us)?|cannot|"
    r"\w+n['’]t|"
    r"(?:do|does|is|are|was|were|ca|wo|did)nt)\s+(?:\w+\s+){0,3}?"
    r"(?:safe\w*|ok|okay|fine|alright|all right)\b"
    r"|\bunsafe\b|\b(?:want|wants|wanted|need|needs|needed|hope|hoping|wish|keep|keeps|keeping|"
    r"somewhere|anywhere)\s+(?:\w+\s+){0,3}?safe\b"
    r"|\b(?:safe\w*|fine|ok|okay|alright|all right)\s+(?:if|as long as|so long as|until|till|"
    r"unless|when|while)\b"
    r"|\b(?:if|whether|that|think|say|hope|know)\s+(?:that\s+)?(?:i|we|she|he|they)"
    r"(?:['’]?m|['’]?re|['’]?s| am| are| is)\s+(?:\w+\s+)?safe\b"
    r"|\bfelt safe\b|\bsafe but (?:he|she|they|my \w+)(?: is|['’]s| are|['’]re) not\b"
    r"|\bis (?:it|this|that|he|she|everyone) safe\b|\bdanger of\b|\b(?:would|will) be safe\b",
    re.IGNORECASE,
)
_IN_DANGER = re.compile(r"\bin (?:\w+ )?danger\b", re.IGNORECASE)
_NO_DANGER = re.compile(
    r"\b(?:not?|nobody|no one|none|never|any|out|isn['’]?t|aren['’]?t)\b[^.!?]{0,40}\bdanger\b",
    re.IGNORECASE,
)


def clauses_of(text: str) -> list[str]:
    """The clauses of a message that has more than one; empty for a simple one."""
    clauses = [part.strip() for part in _CLAUSE_ENDS.split(text) if len(part.split()) > 1]
    return clauses if len(clauses) > 1 else []


def clauses_about_police(text: str) -> list[str]:
    """The clauses that may say whether the police know, the last ones of a long message."""
    text = _OTHER_MATTER.sub(" ", text)
    parts = [part.strip() for part in _POLICE_CLAUSE_ENDS.split(text)]
    about = [part for part in parts if part and _POLICE.search(part) and not _ASKS.search(part)]
    return about[-POLICE_CLAUSES:]


def sentences_about_safety(text: str) -> list[str]:
    """The sentences that may say that somebody is safe, the last ones of a long message."""
    parts = [part for part in _SENTENCE_ENDS.split(text) if _OF_SAFETY.search(part)]
    return [part for part in parts if not denies_safety(part)][-SAFETY_SENTENCES:]


def denies_safety(text: str) -> bool:
    """Whether words deny that somebody is safe, doubt it, or only wish for it."""
    in_danger = _IN_DANGER.search(text) and not _NO_DANGER.search(text)
    return bool(in_danger or _DENIES_SAFETY.search(text))


def names_police(text: str) -> bool:
    """Whether a word stands for the police, or for what only they do."""
    return bool(_NAMED_POLICE.search(text))


def may_ask_for_person(clause: str) -> bool:
    """Whether a clause holds a word without which nobody asks for a human."""
    return bool(_A_PERSON.search(clause))


def is_question(clause: str) -> bool:
    """Whether a clause is put as a question."""
    return bool(_A_QUESTION.search(clause))
