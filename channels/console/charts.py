"""Bars of the hours of a day, laid out for an SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HEIGHT, STEP, GAP = 120, 24, 4


@dataclass(frozen=True)
class Bar:
    """One bar, or one part of it: where it stands and whose it is."""

    name: str
    hour: int
    value: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Bars:
    """A chart: its bars, its size, and the value that fills its height."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    top: int


def bars(series: Sequence[tuple[str, Sequence[int]]]) -> Bars:
    """The values of each series on top of each other, hour by hour."""
    hours = len(series[0][1])
    top = max(1, *(sum(values[hour] for _, values in series) for hour in range(hours)))
    laid = tuple(bar for hour in range(hours) for bar in _of_hour(series, hour, top))
    return Bars(laid, hours * STEP, HEIGHT, top)


def _of_hour(series: Sequence[tuple[str, Sequence[int]]], hour: int, top: int) -> Iterator[Bar]:
    below = 0.0
    for name, values in reversed(series):
        height = round(values[hour] / top * HEIGHT, 2)
        below += height
        if height:
            at = hour * STEP + GAP / 2
            yield Bar(name, hour, values[hour], at, HEIGHT - below, STEP - GAP, height)
