"""Rooms and doors as they come out of a file or a tracing: proposals, before a person has accepted anything.

Coordinates are in the units of what was read (see each reader); floors from building models are in metres, y up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from zonemap.model.linework import Text
from zonemap.model.plan import DoorKind, Point, Ring
from zonemap.model.zone import ZoneClass


@dataclass(frozen=True, slots=True)
class DraftRoom:
    """A proposed room. ``ring`` and ``holes`` run along the wall's faces; ``id`` is unique within the floor.

    ``department`` and ``category`` (OmniClass, OSM or IMDF) are as the file has them. ``zone_class`` is anything but
    undecided only where the file itself says that the room isn't for the public.
    """

    id: str
    ring: Ring
    holes: tuple[Ring, ...] = ()
    number: str = ""
    name: str = ""
    department: str = ""
    category: str = ""
    zone_class: ZoneClass = ZoneClass.UNDECIDED
    confidence: float = 1.0  # 0 to 1: how sure the tracing is of the outline
    other_names: tuple[str, ...] = ()  # the name in other languages, where the file has them


@dataclass(frozen=True, slots=True)
class DraftDoor:
    """A proposed door: its two jambs, and the ids of the rooms on either side (None: outdoors, or not known)."""

    id: str
    jambs: tuple[Point, Point]
    rooms: tuple[str | None, str | None] = (None, None)
    kind: DoorKind = DoorKind.DOOR
    mark: str = ""  # what the file calls it, such as a door schedule's number
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where local metres lie on the globe: the place of (0, 0), and how long a degree was taken to be there."""

    longitude: float
    latitude: float
    metres_per_degree: tuple[float, float]  # of longitude, of latitude


@dataclass(frozen=True, slots=True)
class DraftFloor:
    """One floor of a file."""

    name: str
    level: int = 0
    rooms: tuple[DraftRoom, ...] = ()
    doors: tuple[DraftDoor, ...] = ()
    texts: tuple[Text, ...] = ()  # labels that were found, attached or not
    walls: tuple[tuple[Ring, ...], ...] = ()  # solid walls to draw under the rooms: outer ring, then holes
    warnings: tuple[str, ...] = field(default=())  # sentences for the person who looks it over
    anchor: Anchor | None = None  # only where the file has longitude and latitude


@dataclass(frozen=True, slots=True)
class TraceOptions:
    """How rooms are to be found. Lengths in metres; ``crop`` in the units of what is traced: x0, y0, x1, y1."""

    metres_per_unit: float
    crop: tuple[float, float, float, float] | None = None
    darkness: float | None = None  # 0 to 1: what counts as ink on a picture; None: found out
    deskew: bool = True
    layers: frozenset[str] | None = None  # those that hold walls; None: told by their names
