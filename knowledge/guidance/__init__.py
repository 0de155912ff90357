"""What to expect after each kind of crime, rights in plain words, and the pledge.

Every statement names its source and every page the day it was last checked.
"""

from .load import Guidance, GuidanceError
from .model import Crime, Pledge, Promise, Source, Statement

__all__ = [
    "Crime",
    "Guidance",
    "GuidanceError",
    "Pledge",
    "Promise",
    "Source",
    "Statement",
]
