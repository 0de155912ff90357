"""Whether the words beside the hours leave them as they are: `lectures ten to twelve` do not."""

import re

from actions.hours_words import Vocabulary

# A number or an address says how to get in touch, not when.
_HOW = re.compile(
    r"(?:\b(?:on|at|is|it is) )?(?:(?<!\d)(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)[,.;]? ?"
)
# `Mornings. No hang on, not mornings`: what was said before is put right by the hours themselves.
_PUT_RIGHT = re.compile(r"^.*\b(?:hang|hold) on\b", re.DOTALL)
_SENTENCE = re.compile(r"[.!?;](?:\s|$)")
_WORD = re.compile(r"[\w'-]+")


def without_how(said: str) -> str:
    """The words without numbers and addresses, one space between them."""
    return " ".join(_HOW.sub(" ", said).split())


def stands_clear(said: str, beside: str, *, any_time: bool) -> bool:
    """Whether hours are safe in all that is ``beside`` them, the same message.

    Nobody else may be in it, no doubt, and no other way: `text me mornings, ring after six`. Nor
    may anything take the hours up, or any other word be unknown. Where the sentence of the hours
    says how to get in touch, the rest of the message may be a story of its own. Beside
    ``any_time`` a word may be unknown.
    """
    words = Vocabulary.load()
    rest = beside.replace(said, " ")
    if words.depends.search(rest) or (words.ways(said) and words.ways(rest)):
        return False
    if said == beside:
        return True
    sentence = _sentence_around(said, beside)
    if not (any_time or words.ways(sentence)):
        sentence = rest
    sentence = _PUT_RIGHT.sub(" ", sentence)
    if words.taken.search(sentence):
        return False
    return any_time or words.is_harmless(_WORD.findall(sentence))


def _sentence_around(said: str, beside: str) -> str:
    """The rest of the sentence that the hours stand in; all there is, where they stand apart."""
    start = beside.find(said)
    if start < 0:
        for piece in said.split("; "):
            beside = beside.replace(piece, " ")
        return beside
    before, after = beside[:start], beside[start + len(said) :]
    return f"{_SENTENCE.split(before)[-1]} . {_SENTENCE.split(after)[0]}"
