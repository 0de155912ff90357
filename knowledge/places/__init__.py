"""Postcodes, towns and villages -> district and county. Pure: no database, no network.

Sources: ``places.csv`` (GeoNames, CC BY 4.0, https://www.geonames.org; Wikipedia-derived postcode
polygons; Office for National Statistics boundaries under the Open Government Licence v3.0),
``more_places.csv`` and ``outside.csv`` (common knowledge).
"""

from .gazetteer import Gazetteer
from .model import Ambiguous, Mention, Place, Resolution

__all__ = ["Ambiguous", "Gazetteer", "Mention", "Place", "Resolution"]
