"""Collects every fixed sentence of the pages for the catalogues: `make words` runs it.

They stand in the templates, in the code (`noted("…")`) and in data files that pages show.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
POT = HERE / "locale" / "messages.pot"
CODE = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "noted": None}
# Data file -> the fields whose values a page shows; an empty set: every value.
DATA: dict[str, frozenset[str]] = {
    "knowledge/guidance/crimes/*.yml": frozenset({"title", "opening", "text"}),
    "knowledge/guidance/rights.yml": frozenset({"text"}),
    "knowledge/guidance/pledge.yml": frozenset({"title", "opening", "text"}),
    "knowledge/retention/rules.yml": frozenset({"says"}),
    "knowledge/retention/holdings.yml": frozenset({"what", "why", "until", "basis"}),
    "channels/web/notes_words.yml": frozenset(),
}
GROUPS = ("needs", "languages")  # of the directory's words


def catalogue() -> Catalog:
    """All sentences, each once."""
    found = Catalog(fuzzy=False)
    for _, _, message, comments, context in extract_from_dir(HERE, CODE, keywords=KEYWORDS):
        found.add(message, auto_comments=comments, context=context)
    for pattern, fields in DATA.items():
        for path in sorted(ROOT.glob(pattern)):
            _add(found, _sentences(_read(path), fields))
    directory = _read(ROOT / "knowledge/directory/words.yml")
    for group in GROUPS:
        _add(found, _sentences(directory[group], frozenset()))
    return found


def _add(found: Catalog, sentences: Iterator[str]) -> None:
    for sentence in sentences:
        if sentence not in found:
            found.add(sentence)


def _sentences(value: Any, fields: frozenset[str], *, shown: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _sentences(inner, fields, shown=not fields or name in fields)
    elif isinstance(value, list):
        for inner in value:
            yield from _sentences(inner, fields, shown=shown)
    elif shown and isinstance(value, str):
        yield value


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def main() -> None:
    """Write the source of all catalogues."""
    with POT.open("wb") as file:
        write_po(file, catalogue(), no_location=True, omit_header=True)


if __name__ == "__main__":
    main()
