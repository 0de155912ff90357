"""What help a message is after: learned from examples, and known to the directory."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu.aims import AimReader, examples
from nlu.components.shared import embedding

ROOT = Path(__file__).parents[2]
DIRECTORY = ROOT / "knowledge" / "directory"
WISHES = [
    *(ROOT / "tests" / "knowledge" / "directory").glob("*.yml"),
    *(ROOT / "tests" / "evaluation").glob("*/wishes.yml"),
    ROOT / "tests" / "evaluation" / "needs.yml",
]


@pytest.fixture(scope="module")
def reader() -> AimReader:
    return AimReader.train(embedding())


def test_a_kept_reader_reads_the_same(reader: AimReader, tmp_path: Path) -> None:
    reader.save(tmp_path / "aims.npz")
    kept = AimReader.load(tmp_path / "aims.npz")
    said = "who pays for my broken jaw"
    vector = embedding().embed([said])[0]

    assert kept.read(said, vector) == reader.read(said, vector)


def test_the_directory_knows_every_aim() -> None:
    rows = [line.split(",") for line in (DIRECTORY / "aims.csv").read_text("utf-8").splitlines()]
    kinds = {value for _, fills, value in rows if fills == "kin"}
    known = {aim for aim, *_ in rows[1:]}

    assert {aim for _, aim in examples()} <= known
    assert known - {aim for _, aim in examples()} <= kinds


def test_no_wish_that_measures_is_learned() -> None:
    measured = {
        one["text"].lower() for path in WISHES for one in yaml.safe_load(path.read_text("utf-8"))
        if "text" in one
    }  # fmt: skip

    assert not measured & {text.lower() for text, _ in examples()}
