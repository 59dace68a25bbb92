"""The zone colours for paper, which reads no style sheet. A test holds this table equal to ``static/css/tokens.css``.

Distances between the fills under normal and colour-blind eyes, and the contrasts, are tests too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from zonemap.model.zone import ZoneClass


@dataclass(frozen=True, slots=True)
class ZoneColours:
    """A class's fill, the ink that reads on it, and its hatch lines (none for public). ``name`` is its word in CSS."""

    name: str
    fill: str
    ink: str
    hatch: str | None


ZONES: Mapping[ZoneClass, ZoneColours] = MappingProxyType(
    {
        ZoneClass.PUBLIC: ZoneColours("public", "#ffffff", "#15202b", None),
        ZoneClass.UNDECIDED: ZoneColours("undecided", "#ebdfcd", "#15202b", "#857660"),
        ZoneClass.OUTDOOR_PRIVATE: ZoneColours("outdoor", "#e0c28e", "#15202b", "#7a5d20"),
        ZoneClass.PRIVATE: ZoneColours("private", "#a6adcf", "#15202b", "#50588d"),
        ZoneClass.RESIDENTIAL: ZoneColours("residential", "#b17c9d", "#000000", "#5e2c4b"),
        ZoneClass.RECORDS: ZoneColours("records", "#235f65", "#ffffff", "#8fc0c4"),
    }
)
WALL, EDGE, DOOR, PLATE_INK, FOCUS = "#15202b", "#ffffff", "#ffffff", "#ffffff", "#b3400a"
