"""What a link or QR code writes into the box: words that the person sees and may change."""

from collections.abc import Mapping

from knowledge.guidance import Guidance
from knowledge.places import Gazetteer


def opening_words(wishes: Mapping[str, str], guidance: Guidance, places: Gazetteer) -> str | None:
    """The words for `about` (a kind of crime) and `near` (a place); None if one is unknown.

    Only words of our own are ever written: nobody can put others into somebody's box by a link.
    """
    about, near = wishes.get("about", ""), wishes.get("near", "")
    crime = guidance.crimes.get(about)
    place = places.resolve(near).place if near else None
    if (about and crime is None) or (near and place is None):
        return None
    topic = crime.title if crime else ""
    where = f"in {place.name}" if place else ""
    return " ".join(one for one in (topic, where) if one)
