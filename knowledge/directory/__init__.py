"""Services that help: the model, the loader, opening hours and the finder. Pure, no database.

``load()`` reads ``services.csv``; ``find`` and ``lines`` take services and read no file of them.
Times are Europe/London. A number in doubt is left out of ``Found.reach``, never shown as sure.
"""

from .describe import describe
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
    "describe",
    "find",
    "lines",
    "load",
]
