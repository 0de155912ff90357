"""Figures that the law or a service may change, each with its source and when to look again."""

from .model import Figure, figures, load

__all__ = ["Figure", "figures", "load"]
