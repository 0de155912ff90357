"""What a message tells: the fields of the assessment that can be read from it. No Rasa import."""

from nlu.facts.finder import FactFinder
from nlu.facts.model import Fact

__all__ = ["Fact", "FactFinder"]
