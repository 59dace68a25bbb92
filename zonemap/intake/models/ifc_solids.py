"""The solids of an IFC model in metres, as triangles and as what they cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import ifcopenshell.geom
import numpy as np

from zonemap.tracing.outlines import footprint
from zonemap.tracing.solids import Shape

_FARTHEST = 1e7  # metres


@dataclass(frozen=True, slots=True)
class Solid:
    """An element from above: what it covers, how low and how high it reaches, and the way its own x axis points."""

    shape: Shape
    low: float
    high: float
    along: tuple[float, float]


class Solids:
    """Makes solids. Openings are not cut out of walls: that takes most of the time, and doors tell where they are."""

    def __init__(self) -> None:
        self.settings: Any = ifcopenshell.geom.settings()  # type: ignore[no-untyped-call]
        self.settings.set("disable-opening-subtractions", True)
        self.settings.set("weld-vertices", False)
        self.made: dict[int, Solid | None] = {}

    def of(self, element: Any) -> Solid | None:
        """The solid of an element, or None where it has none that could be made."""
        key = element.id()
        if key not in self.made:
            self.made[key] = self._make(element)
        return self.made[key]

    def _make(self, element: Any) -> Solid | None:
        if element is None or element.Representation is None:
            return None
        try:
            made: Any = ifcopenshell.geom.create_shape(self.settings, element)
        except (RuntimeError, ValueError, AttributeError):  # nothing that could be made of this one
            return None
        matrix = np.array(made.transformation.matrix, dtype=float).reshape(4, 4).T
        points = np.array(made.geometry.verts, dtype=float).reshape(-1, 3)
        faces = np.array(made.geometry.faces, dtype=int).reshape(-1, 3)
        if not len(faces):
            return None
        placed = points @ matrix[:3, :3].T + matrix[:3, 3]
        if not np.isfinite(placed).all() or np.abs(placed).max() > _FARTHEST:
            return None
        shape = footprint(placed[faces])
        length = float(np.hypot(matrix[0, 0], matrix[1, 0])) or 1.0
        along = (float(matrix[0, 0]) / length, float(matrix[1, 0]) / length)
        return Solid(shape, float(placed[:, 2].min()), float(placed[:, 2].max()), along)
