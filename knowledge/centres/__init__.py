"""The centres whose co-ordinators answer, and when somebody is there."""

from .model import Centres

__all__ = ["Centres"]
