"""A link or QR code that opens the page with a topic or an area already written in the box.

python -m channels link --about burglary --near Stevenage --qr poster.svg
"""

import sys
from argparse import ArgumentParser
from urllib.parse import urlencode

import segno

from channels.settings import Settings
from channels.web.opening import opening_words
from knowledge.guidance import Guidance
from knowledge.places import Gazetteer


def run(arguments: list[str], settings: Settings) -> int:
    """Print the link and write the code, if one is asked for. Returns the exit status."""
    parser = ArgumentParser(prog="channels link", description=__doc__)
    parser.add_argument("--about", default="", help="a kind of crime, as under /help/crimes/")
    parser.add_argument("--near", default="", help="a town, village or first half of a postcode")
    parser.add_argument("--qr", help="write a QR code to this file (.svg, .png or .pdf)")
    asked = parser.parse_args(arguments)
    wishes = {name: value for name in ("about", "near") if (value := getattr(asked, name))}
    words = opening_words(wishes, Guidance.load(), Gazetteer.load())
    if words is None:
        parser.error("the topic or the place is not one we know")
    link = f"{settings.site}/?{urlencode(wishes)}" if wishes else f"{settings.site}/"
    sys.stdout.write(f"{link}\n")
    if asked.qr:
        segno.make(link, error="m").save(asked.qr, scale=8)
    return 0
