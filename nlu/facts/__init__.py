"""What a message tells: the fields of the assessment that can be read from it. No Rasa import."""

from nlu.facts.finder import ALL_FIELDS, FactFinder
from nlu.facts.model import Fact, Reading, Unclear

__all__ = ["ALL_FIELDS", "Fact", "FactFinder", "Reading", "Unclear"]
