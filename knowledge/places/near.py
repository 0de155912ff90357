"""The place that a point on the map is nearest to.

``points.csv`` has the places of ``places.csv`` that GeoNames (CC BY 4.0) has a point for and,
without a name, whatever else lies among and around them: a point that is nearer to one of those
is not taken for ours.
"""

from __future__ import annotations

from functools import cache
from math import cos, hypot, radians

from .reading import rows

FARTHEST = 5.0  # km: farther off it says little about where somebody is
_KM = 111.2  # of one degree of latitude


def nearest_place(latitude: float, longitude: float) -> str | None:
    """The name of the town or village of ours that lies nearest; None when none is near."""
    east = cos(radians(latitude))

    def away(point: tuple[str, float, float]) -> float:
        return _KM * hypot(point[1] - latitude, (point[2] - longitude) * east)

    closest = min(_points(), key=away)
    return closest[0] or None if away(closest) <= FARTHEST else None


@cache
def _points() -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (row["name"], float(row["latitude"]), float(row["longitude"]))
        for row in rows("points.csv")
    )
