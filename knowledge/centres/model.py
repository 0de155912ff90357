"""When a co-ordinator is on duty."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml

from knowledge.directory.hours import OpeningHours, OpenState

FILE = Path(__file__).with_name("centres.yml")
ANYWHERE = "default"


@dataclass(frozen=True)
class Centres:
    """The hours of each county's centre (centres.yml)."""

    hours: dict[str, OpeningHours]

    @classmethod
    def load(cls, path: Path = FILE) -> "Centres":
        """The hours as the file has them. Raises NotHours for words that are none."""
        kept = yaml.safe_load(path.read_text("utf-8"))
        return cls({county: OpeningHours.read(said) for county, said in kept.items()})

    def at(self, county: str | None, moment: datetime) -> OpenState:
        """Whether somebody is there, and until or from when in words."""
        return self.hours.get(county or ANYWHERE, self.hours[ANYWHERE]).at(moment)
