"""Keeps TensorFlow out of the assistant's process: 330 MB, and two seconds of each start.

Rasa 3.6.21 imports it wherever one of its own components could use it, to name base classes and
types. No component of config.yml computes with it. Training and Rasa's own commands keep it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

KEPT_OUT = frozenset({"keras", "tensorflow", "tensorflow_hub", "tensorflow_text"})


class _Kind(type):
    """Every name that is looked up in an absent one is absent as well."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __call__(cls, *given: Any, **named: Any) -> Any:
        """Decorators are used while modules are imported: they leave a function as it is."""
        if cls is not Absent:  # a component of Rasa's that is one of ours in no configuration
            raise RuntimeError(f"{cls.__name__} needs TensorFlow, which is not loaded")
        return given[0] if len(given) == 1 and callable(given[0]) and not named else cls


class Absent(metaclass=_Kind):
    """What stands for a class, function or value of TensorFlow."""


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder:
    """Finds an empty module for each that is kept out, and for all within it."""

    @staticmethod
    def find_spec(name: str, _path: Sequence[str] | None = None, _target: Any = None) -> Any:
        """A specification for what is kept out, None for everything else."""
        if name.partition(".")[0] not in KEPT_OUT:
            return None
        return ModuleSpec(name, _Finder, is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        """A module in which every name is absent."""
        return _Module(spec.name)

    @staticmethod
    def exec_module(_module: ModuleType) -> None:
        """There is nothing to run."""


def keep_out() -> None:
    """Call once, before Rasa is imported; where TensorFlow is imported already it stays."""
    if not KEPT_OUT & sys.modules.keys():
        sys.meta_path.insert(0, _Finder)
