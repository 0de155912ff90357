"""Services that help: the model, opening hours, the finder, and where they are kept.

What is named here is pure: ``load()`` reads ``services.csv``; ``find`` and ``lines`` take services
and read no file or database. A process asks ``Knowledge.directory`` (operations.py) for the
services as they are now; editors work through ``Knowledge.editing`` (editing.py).
Times are Europe/London. A number in doubt is left out of ``Found.reach``, never shown as sure.
"""

from .aims import Aim
from .describe import describe
from .find import find
from .lines import lines
from .load import DirectoryError, Loaded, load
from .model import Channel, Found, Query, Reach, Service
from .person import is_doubted
from .snapshot import Services

__all__ = [
    "Aim",
    "Channel",
    "DirectoryError",
    "Found",
    "Loaded",
    "Query",
    "Reach",
    "Service",
    "Services",
    "describe",
    "find",
    "is_doubted",
    "lines",
    "load",
]
