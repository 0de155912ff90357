"""The place that a point on the map is nearest to, and no place for one that is elsewhere."""

import pytest

from knowledge.places.near import nearest_place
from knowledge.places.reading import rows, town_names


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (51.811, -0.031, "Ware"),
        (52.205, 0.119, "Cambridge"),
        (51.902, -0.202, "Stevenage"),
        (51.5072, -0.1276, None),  # London
        (51.8787, -0.4200, None),  # Luton, nearer to itself than to a village of ours
        (51.7725, 0.1020, None),  # Harlow
        (53.0, -2.0, None),
        (0.0, 0.0, None),
    ],
)
def test_a_point_is_near_what_is_nearest(
    latitude: float, longitude: float, place: str | None
) -> None:
    assert nearest_place(latitude, longitude) == place


def test_every_point_with_a_name_is_a_place_we_know_and_is_nearest_to_itself() -> None:
    named = [row for row in rows("points.csv") if row["name"]]
    assert len(named) > 200
    for row in named:
        assert row["name"] in town_names()
        assert nearest_place(float(row["latitude"]), float(row["longitude"])) == row["name"]
