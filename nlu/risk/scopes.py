"""What takes a rule's match away: negation, media, talk in general, long past and safe, idioms.

Negation is computed over the words of the clause; the others are cues listed in `scopes.yml`.
A scope is only asked about once a rule has matched, and only where that rule heeds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nlu.risk.answer import URGENT
from nlu.risk.rulebook import NEGATIONS, Found, Lexicon, Rule, Rulebook, read_yaml

# broad cues; they count only with the model (see scopes.yml)
DOUBTS = ("doubt_general", "doubt_over")
JOKES = "doubt_meant"
NO_JOKE = frozenset(["suicide_self_harm"])
SCOPES = Path(__file__).with_name("scopes.yml")
CLAUSE_ENDS = frozenset(
    [",", ";", ":", "but", "because", "so", "when", "cos", "since", "and", "then", "or"]
)
# "not only hit me", "not just once", "can not believe he hit me": no denial of what follows
NO_DENIAL = frozenset(
    ["only", "just", "sure", "believe", "understand", "cope", "sleep", "take", "stop", "know"]
)
# how far before a match its "not" may stand; farther in "not had any thoughts of hurting myself"
NEAR, FAR = 3, 6
DENIED_NOUNS = frozenset(["any", "thoughts", "thought", "intention", "plans", "ideas", "wish"])
# sentences before and after that of the match at which a scope looks
OVER = {"sentence": (0, 0), "answer": (0, 1), "passage": (2, 4)}
# a subject begins its own clause, so a "not" before it belongs to another
SUBJECTS = frozenset(["i", "he", "she", "they", "we", "who", "my", "his", "her"])


@dataclass(frozen=True)
class Scope:
    """A named kind of context and the cues that show it."""

    name: str
    over: str
    cues: Rulebook
    confirming: Rulebook | None
    unless: tuple[str, ...]


class Scopes:
    """Answers whether a match counts, given the words around it."""

    def __init__(self, lexicon: Lexicon, path: Path = SCOPES) -> None:
        self._scopes = {
            name: Scope(
                name,
                entry["over"],
                _cues(name, entry["patterns"], lexicon),
                _cues(name, entry["and"], lexicon) if "and" in entry else None,
                tuple(entry.get("unless", ())),
            )
            for name, entry in read_yaml(path).items()
        }

    def context(self, sentences: list[list[str]]) -> Context:
        """The contexts of one message; each is computed when first asked for."""
        return Context(self._scopes, sentences)


class Context:
    """The scopes of one message."""

    def __init__(self, scopes: dict[str, Scope], sentences: list[list[str]]) -> None:
        self._scopes, self._sentences = scopes, sentences
        self._known: dict[tuple[str, int], bool] = {}

    def counts(self, found: Found, at: int) -> bool:
        """Whether a match in sentence `at` stands."""
        heeds = found.rule.heeds
        if "negation" in heeds and negated(found, self._sentences[at]):
            return False
        return not any(self.within(name, at) for name in heeds if name in self._scopes)

    def doubted(self, found: Found, at: int) -> bool:
        """Whether something around an urgent match speaks against it, though not plainly."""
        if found.rule.disposition != URGENT or found.rule.doubt == "no":
            return False
        joke = found.rule.category not in NO_JOKE and self.within(JOKES, at)
        return joke or any(self.within(name, at) for name in DOUBTS)

    def within(self, name: str, at: int) -> bool:
        """Whether sentence `at` lies within a scope."""
        scope = self._scopes[name]
        key = (name, at)
        if key not in self._known:
            self._known[key] = holds(scope, self._around(at, *OVER[scope.over]))
        return self._known[key]

    def _around(self, at: int, before: int, after: int) -> list[str]:
        """The words of a sentence and of its neighbours, with a mark after each."""
        near = self._sentences[max(0, at - before) : at + after + 1]
        return [word for sentence in near for word in (*sentence, ".")]


def holds(scope: Scope, words: list[str]) -> bool:
    """Whether the cues of a scope are in these words and nothing speaks against it."""
    text = f" {' '.join(words)} ".replace("_", " ")
    if any(f" {word} " in text for word in scope.unless):
        return False
    if not scope.cues.find(words):
        return False
    return scope.confirming is None or bool(scope.confirming.find(words))


def negated(found: Found, words: list[str]) -> bool:
    """Whether a "not" denies the match: inside its gaps, or right before it in the clause."""
    if found.negation_inside:
        return False
    for at in range(found.start, found.end):
        if words[at] in NEGATIONS and not _no_denial(words, at):
            return True
    if words[found.start] in SUBJECTS:
        return False
    reach = NEAR
    for at in range(found.start - 1, -1, -1):
        reach = FAR if words[at] in DENIED_NOUNS else reach
        if words[at] in CLAUSE_ENDS or at < found.start - reach:
            return False
        if words[at] in NEGATIONS:
            return not _no_denial(words, at)
    return False


def _no_denial(words: list[str], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1] in NO_DENIAL


def _cues(name: str, patterns: list[str], lexicon: Lexicon) -> Rulebook:
    rule = Rule(name, "", "none", "", "", tuple(patterns), (), ())
    return Rulebook([rule], lexicon)
