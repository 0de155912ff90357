"""Which crimes are others beside the one that a record is about."""

from collections.abc import Iterable

# What a crime holds in itself: told once more it is no other one. `Something else` never is.
PART_OF: dict[str, frozenset[str]] = {
    "burglary": frozenset({"theft", "criminal_damage"}),
    "robbery": frozenset({"theft", "assault", "vehicle_crime"}),
    "vehicle_crime": frozenset({"theft", "criminal_damage"}),
    "business_crime": frozenset(
        {"theft", "criminal_damage", "burglary", "robbery", "vehicle_crime"}
    ),
    "arson": frozenset({"criminal_damage"}),
    "asb": frozenset({"criminal_damage", "harassment"}),
    "stalking": frozenset({"harassment"}),
    "domestic_abuse": frozenset({"assault", "harassment", "criminal_damage"}),
    "hate_crime": frozenset({"assault", "harassment", "criminal_damage", "asb"}),
    "sexual_offence": frozenset({"assault"}),
    "child_abuse": frozenset({"assault"}),
    "modern_slavery": frozenset({"assault", "harassment", "theft"}),
    "homicide_bereavement": frozenset({"assault"}),
    "road_collision_bereavement": frozenset({"assault", "vehicle_crime"}),
}


def others(told: Iterable[str], first: str | None) -> list[str]:
    """The crimes of ``told`` that are others than ``first``, each once, in their order."""
    same = {first, "other"} | PART_OF.get(first or "", frozenset())
    return [one for one in dict.fromkeys(told) if one not in same]
