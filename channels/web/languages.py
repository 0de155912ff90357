"""The languages of the fixed parts of the pages: gettext catalogues in `locale/`.

English is the source. A further language is one file, `locale/<code>/LC_MESSAGES/messages.po`
(`make words` refreshes it); which way it is written follows from its code. The catalogue holds
what the templates and the code say, and the sentences of the data files (sentences.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.core import negotiate_locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

LOCALE = Path(__file__).parent / "locale"
SOURCE = "en"
IN_ENGLISH = Markup(' lang="en-GB" dir="ltr"')

Translate = Callable[[str], str]


def noted(sentence: str) -> str:
    """Mark a sentence for the catalogue where it is written; it is translated where it is said."""
    return sentence


@dataclass(frozen=True)
class Language:
    """One language: its code for `lang`, the way it is written, and its words."""

    code: str
    direction: str
    translations: NullTranslations

    def gettext(self, own: Mapping[str, str]) -> Translate:
        """The translator of sentences; a hub's own words come before ours."""
        translate: Translate = self.translations.gettext
        return lambda sentence: own.get(sentence) or translate(sentence)

    @property
    def as_english(self) -> Markup:
        """The attributes for what is there in English alone; none on an English page."""
        return Markup() if self.code.startswith(SOURCE) else IN_ENGLISH

    def said(self, translate: Translate) -> Callable[[str], Markup]:
        """The same for sentences of the data: one without a translation is marked as English."""

        def say(sentence: str) -> Markup:
            told = translate(sentence)
            if told != sentence or not self.as_english:
                return escape(told)
            return Markup("<span{}>{}</span>").format(IN_ENGLISH, sentence)

        return say

    @property
    def own_name(self) -> str:
        """What its speakers call it: who looks for it can read nothing else."""
        locale = Locale.parse(self.code, sep="-")
        name = Locale(locale.language, script=locale.script).display_name or self.code
        return name[:1].upper() + name[1:]

    def day(self, at: date) -> str:
        """A day as this language writes it."""
        locale = Locale.parse(self.code, sep="-")
        return str(format_date(at, "d MMMM y", locale=locale))


@cache
def languages(folder: Path = LOCALE) -> dict[str, Language]:
    """Every language there is a catalogue for, English first."""
    found = {SOURCE: Language("en-GB", "ltr", NullTranslations())}
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        code = path.parts[-3]
        direction = Locale.parse(code, sep="-").text_direction
        found[code] = Language(code, direction, _read(path))
    return found


def chosen(asked: str | None, accepted: str) -> Language:
    """The language asked for by name, else the first that the browser accepts, else English."""
    known = languages()
    if asked in known:
        return known[asked]
    wishes = [one.partition(";")[0].strip() for one in accepted.split(",")]
    code = negotiate_locale(wishes, list(known), sep="-")
    return known[code or SOURCE]


def _read(path: Path) -> Translations:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Translations(compiled)
