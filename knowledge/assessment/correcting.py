"""What a co-ordinator may put right in a record, and what each value must look like."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, TypeAdapter, model_validator

from knowledge.assessment.model import ALLOWED, NEEDS, Fact, Record, with_fact
from knowledge.clock import LONDON

# Whether somebody agrees is theirs alone to say, and how far the questions came is no fact.
THEIRS = frozenset({"status", "consent"})


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Occurred(_Shape):
    from_: date | None = Field(None, alias="from")
    to: date | None = None
    as_said: str = Field(max_length=200)

    @model_validator(mode="after")
    def _in_order(self) -> "_Occurred":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("the end is before the start")
        return self


class _Place(_Shape):
    as_said: str = Field(max_length=200)
    district: str | None = Field(None, max_length=60)
    county: str | None = Field(None, max_length=60)


class _Contact(_Shape):
    wanted: StrictBool | None = None
    how: str | None = None
    safe_times: str | None = Field(None, max_length=200)
    times: list[Literal["morning", "afternoon", "evening"]] | None = Field(None, max_length=3)
    avoid: list[str] | None = Field(None, max_length=10)
    safe_to_leave_message: StrictBool | None = None


_SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "occurred": TypeAdapter(_Occurred),
    "place": TypeAdapter(_Place),
    "contact": TypeAdapter(_Contact),
    "crime_reference": TypeAdapter(str),
    "needs": TypeAdapter(dict[str, int | None]),
}
CORRECTABLE = (*(name for name in ALLOWED if name not in THEIRS), *_SHAPES)
LONGEST_REFERENCE = 40


def corrected(record: Record, name: str, value: Any, at: datetime) -> Record:
    """The record with one fact put right; its origin stays, and says when it was corrected.

    Raises ValueError for a field or value that we do not know.
    """
    if name not in CORRECTABLE:
        raise ValueError(f"not for a co-ordinator to change: {name}")
    given = _checked(name, value)
    origin = record["told"].get(name, {"message": "", "as_said": ""})
    fact = Fact(name=name, value=given, message=origin["message"], as_said=origin["as_said"])
    base = record
    if name == "needs":  # each level as it is given, also one that takes a need back
        base = record | {"needs": dict.fromkeys(NEEDS) | record["needs"] | dict.fromkeys(given)}
    changed = with_fact(base, fact, at.astimezone(LONDON).date())
    changed["told"][name] = {**origin, "corrected": at.isoformat()}
    return changed


def _checked(name: str, value: Any) -> Any:
    if value is None:
        raise ValueError("a co-ordinator puts something in its place")
    shape = _SHAPES.get(name)
    if shape is None:
        return value
    shape.validate_python(value)
    if name == "crime_reference" and not 0 < len(value.strip()) <= LONGEST_REFERENCE:
        raise ValueError("a crime reference has up to 40 letters and digits")
    if name == "contact":
        return {key: one for key, one in value.items() if one is not None}
    return value
