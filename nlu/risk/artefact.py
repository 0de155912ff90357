"""The trained model on disk, with the digest of everything that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import joblib  # type: ignore[import-untyped]

from nlu.risk.data import EVALUATION, PROJECT, TRAIN, digest
from nlu.risk.encoder_weights import ADAPTER, OF_TALKS
from nlu.risk.letters import Letters
from nlu.risk.lines import Lines
from nlu.risk.model import Model
from nlu.settings import MODELS

DEFAULT_FOLDER = PROJECT / MODELS / "risk"
FILE, ENCODER, TALKS, DIGEST = "model.joblib", "encoder.onnx", "talks.onnx", "digest.txt"
FILES = (FILE, ENCODER, TALKS)
HERE = Path(__file__).parent


class RiskModelMissing(RuntimeError):
    """The recogniser has not been trained in this folder yet."""


@dataclass(frozen=True)
class Artefact:
    """A trained model, its encoders as ONNX files, and the digest of its sources."""

    model: Model
    encoder: bytes | Path  # of messages alone
    talks: bytes | Path  # of messages with what was told before
    digest: str


# what the model is made of; a change of rules or scopes needs no new training
MODEL_PARTS = (
    "normalise.py",
    "spelling.yml",
    "reading.py",
    "lexicon.yml",
    "questions.py",
    "windows.py",
    "graph.py",
    "encoder_weights.py",
    "encoder.py",
    "model.py",
    "train.py",
    "data/__init__.py",
)


def model_digest() -> str:
    """The digest of the data and code that the model is trained from."""
    parts = [HERE / name for name in MODEL_PARTS]
    return digest([*parts, *_data(), ADAPTER, OF_TALKS, HERE.parent / "embedding.py"])


def sources_digest() -> str:
    """The digest of all data, rules and code that shape the recogniser's answers."""
    code = [path for path in HERE.rglob("*") if path.suffix in (".py", ".yml")]
    return digest([*code, *_data(), ADAPTER, OF_TALKS, HERE.parent / "embedding.py"])


def _data() -> list[Path]:
    kept_out = (path for path in EVALUATION if path.exists())
    return [*TRAIN.glob("*.jsonl"), *kept_out]


def trained_digest(folder: Path = DEFAULT_FOLDER) -> str | None:
    """The digest of the sources of the model in a folder; None when there is none."""
    path = folder / DIGEST
    return path.read_text("utf-8").strip() if path.exists() else None


def save_artefact(artefact: Artefact, folder: Path = DEFAULT_FOLDER) -> None:
    """Write a model; the digest comes last, so that a broken run is run again."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DIGEST).unlink(missing_ok=True)
    for _, part in artefact.model.letters.transformer_list:
        part.stop_words_ = None  # what was too rare to learn: most of the file, and never read
    joblib.dump(artefact.model, folder / FILE, compress=3)
    for name, graph in ((ENCODER, artefact.encoder), (TALKS, artefact.talks)):
        (folder / name).write_bytes(graph if isinstance(graph, bytes) else graph.read_bytes())
    (folder / DIGEST).write_text(artefact.digest + "\n", "utf-8")


def load_artefact(folder: Path = DEFAULT_FOLDER) -> Artefact:
    """The model of a folder; raises RiskModelMissing with one clear line."""
    known = trained_digest(folder)
    if known is None or not all((folder / name).exists() for name in FILES):
        raise RiskModelMissing(f"no risk model in {folder}: run python -m nlu.risk train")
    model = _at_work(joblib.load(folder / FILE))
    return Artefact(model, folder / ENCODER, folder / TALKS, known)


def _at_work(model: Model) -> Model:
    """The same model, quicker for one message at a time."""
    model.letters, model.kinds = Letters(model.letters), Lines(model.kinds)
    for views in (model.risk, model.emergency):
        views.linear, views.curve = Lines(views.linear), Lines(views.curve)
    return model
