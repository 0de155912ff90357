"""Recognises risk in what people write: `Recogniser.load().recognise(text)`. See README.md."""

from nlu.risk.answer import Answer, Evidence
from nlu.risk.artefact import RiskModelMissing
from nlu.risk.languages import language
from nlu.risk.recogniser import Recogniser

__all__ = ["Answer", "Evidence", "Recogniser", "RiskModelMissing", "language"]
