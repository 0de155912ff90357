"""What a hub sets for itself: its name, a few colours and words (WAYMARK_HUB, a YAML file)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from channels.settings import BadSetting
from channels.web.languages import noted

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class Colours(BaseModel):
    """The colours of one scheme, as `#rrggbb`. Refused when text would be hard to read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    brand: Colour
    on_brand: Colour
    paper: Colour
    ink: Colour
    mine: Colour

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        pairs = (("brand", "paper"), ("on_brand", "brand"), ("ink", "paper"), ("ink", "mine"))
        for text, ground in pairs:
            if contrast(getattr(self, text), getattr(self, ground)) < READABLE:
                raise ValueError(f"{text} can't be read on {ground}")
        return self


LIGHT = Colours(
    brand="#1d4f6b", on_brand="#ffffff", paper="#ffffff", ink="#0b0c0c", mine="#dceaf2"
)
DARK = Colours(brand="#8cc4e3", on_brand="#0b0c0c", paper="#15191c", ink="#f1f3f4", mine="#1f3e50")


class Hub(BaseModel):
    """A hub's own name, title, colours and words; everything left out stays as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=40)] = "Waymark"
    title: Annotated[str, Field(min_length=1, max_length=20)] = noted("Message")
    light: Colours = LIGHT
    dark: Colours = DARK
    words: Mapping[str, str] = {}  # a fixed sentence: the hub's own

    @classmethod
    def load(cls, path: Path | None) -> "Hub":
        """The hub of a file, or our own. Raises BadSetting with one line."""
        if path is None:
            return cls()
        try:
            return cls.model_validate(yaml.safe_load(path.read_text("utf-8")))
        except (OSError, yaml.YAMLError) as error:
            raise BadSetting(f"WAYMARK_HUB: {type(error).__name__}") from None
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(one) for one in first["loc"])
            raise BadSetting(f"WAYMARK_HUB: {where}: {first['msg']}") from None

    @property
    def css(self) -> str:
        """The colours as CSS variables; empty when they are our own."""
        if (self.light, self.dark) == (LIGHT, DARK):
            return ""
        dark = f"@media screen and (prefers-color-scheme:dark){{{_root(self.dark)}}}"
        return _root(self.light) + dark


def _root(colours: Colours) -> str:
    values = colours.model_dump().items()
    return ":root{" + "".join(f"--{name.replace('_', '-')}:{at};" for name, at in values) + "}"
