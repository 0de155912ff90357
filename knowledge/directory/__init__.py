"""Services that help: the model, the loader, opening hours and the finder. Pure, no database.

``load.services()`` reads ``services.csv``; ``find.find`` and ``lines.lines`` never read a file of
services themselves. Times are Europe/London.
"""

from .find import find
from .lines import lines
from .load import DirectoryError, Loaded, load
from .model import Channel, Found, Query, Reach, Service

__all__ = [
    "Channel",
    "DirectoryError",
    "Found",
    "Loaded",
    "Query",
    "Reach",
    "Service",
    "find",
    "lines",
    "load",
]
