"""The forms of English words that rules speak of, without a statistical model."""

from __future__ import annotations

VOWELS = "aeiou"

# base: past, participle (the third-person, -ing and regular forms are derived)
IRREGULAR = {
    "be": ("was", "been"), "beat": ("beat", "beaten"), "bite": ("bit", "bitten"),
    "bleed": ("bled", "bled"), "break": ("broke", "broken"), "bring": ("brought", "brought"),
    "burn": ("burnt", "burned"), "buy": ("bought", "bought"), "catch": ("caught", "caught"),
    "come": ("came", "come"), "cut": ("cut", "cut"), "do": ("did", "done"),
    "drive": ("drove", "driven"), "feel": ("felt", "felt"), "fight": ("fought", "fought"),
    "find": ("found", "found"), "follow": ("followed", "followed"), "get": ("got", "gotten"),
    "give": ("gave", "given"), "go": ("went", "gone"), "grow": ("grew", "grown"),
    "hang": ("hung", "hanged"), "have": ("had", "had"), "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"), "hit": ("hit", "hit"), "hold": ("held", "held"),
    "hurt": ("hurt", "hurt"), "keep": ("kept", "kept"), "know": ("knew", "known"),
    "leave": ("left", "left"), "let": ("let", "let"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "pay": ("paid", "paid"), "put": ("put", "put"),
    "run": ("ran", "run"), "say": ("said", "said"), "see": ("saw", "seen"),
    "send": ("sent", "sent"), "set": ("set", "set"), "shoot": ("shot", "shot"),
    "shut": ("shut", "shut"), "sleep": ("slept", "slept"), "spit": ("spat", "spat"),
    "stand": ("stood", "stood"), "steal": ("stole", "stolen"), "swear": ("swore", "sworn"),
    "take": ("took", "taken"), "tell": ("told", "told"), "think": ("thought", "thought"),
    "throw": ("threw", "thrown"), "tie": ("tied", "tied"), "wake": ("woke", "woken"),
    "watch": ("watched", "watched"), "wear": ("wore", "worn"), "write": ("wrote", "written"),
    "die": ("died", "died"), "sell": ("sold", "sold"), "forbid": ("forbade", "forbidden"),
    "tear": ("tore", "torn"), "rip": ("ripped", "ripped"), "sit": ("sat", "sat"),
}  # fmt: skip
ING = {"die": "dying", "tie": "tying", "lie": "lying", "be": "being"}


def doubles(base: str) -> bool:
    """Whether the last letter doubles: `stab`, `stabbing`; never for long words but a few."""
    if base in ("kidnap", "handcuff"):
        return base == "kidnap"
    short = len(base) > 2 and base[-1] not in "wxyaeiou" and base[-2] in VOWELS
    return short and base[-3] not in VOWELS and sum(c in VOWELS for c in base) == 1


def third(base: str) -> str:
    """`hits`, `punches`, `worries`."""
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def ing(base: str) -> str:
    """`hitting`, `choking`, `dying`."""
    if base in ING:
        return ING[base]
    if base.endswith("e") and not base.endswith(("ee", "oe")):
        return base[:-1] + "ing"
    return (base + base[-1] if doubles(base) else base) + "ing"


def past(base: str) -> str:
    """The regular past: `stabbed`, `tried`, `choked`."""
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in VOWELS:
        return base[:-1] + "ied"
    return (base + base[-1] if doubles(base) else base) + "ed"


def verb_forms(base: str) -> dict[str, frozenset[str]]:
    """The forms of a verb by name: base, s, ing, past; `any` holds them all."""
    pasts = frozenset(IRREGULAR.get(base, (past(base),)))
    named = {
        "base": frozenset({base}),
        "s": frozenset({third(base)}),
        "ing": frozenset({ing(base), ing(base)[:-1]}),  # and the spoken `hittin`
        "past": pasts,
    }
    return named | {"any": frozenset().union(*named.values())}
