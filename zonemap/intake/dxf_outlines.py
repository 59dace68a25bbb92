"""One DXF entity as outlines that wait to be flattened. Only for the child."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ezdxf import colors
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.hatch import Hatch
from ezdxf.entities.line import Line
from ezdxf.entities.lwpolyline import LWPolyline
from ezdxf.entities.mpolygon import MPolygon
from ezdxf.entities.polyline import Polyline
from ezdxf.math import Matrix44, Vec3
from ezdxf.path import Path, from_hatch, make_path

from zonemap.model.linework_document import COORDINATE_MOST
from zonemap.model.plan import Point

_SOLID = ("SOLID", "TRACE")
_OUTLINES = frozenset(
    ("LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE", "HELIX", "SOLID", "TRACE", "3DFACE")
)
_WIDEST = 1e6


@dataclass(slots=True)
class Outline:
    """A path (or the rings of a filled area) and how it is painted; ``fill`` None is not filled."""

    paths: Sequence[Path | tuple[Point, Point]]
    layer: str
    colour: int
    width: float = 0.0
    fill: int | None = None
    closed: bool = False

    def corners(self) -> Iterator[Point]:
        """Points that are not far from where it is drawn, for its size."""
        for path in self.paths:
            if isinstance(path, Path):
                yield from ((vertex.x, vertex.y) for vertex in path.control_vertices())
            else:
                yield from path

    def flattened(self, tolerance: float) -> Iterator[list[Point]]:
        """The points of each path; none of one that reaches beyond all plans, which would be bent without end."""
        for path in self.paths:
            if isinstance(path, Path) and not all(map(is_near, path.control_vertices())):
                yield []
            elif isinstance(path, Path):
                yield [(point.x, point.y) for point in path.flattening(tolerance, segments=8)]
            else:
                yield list(path)


def is_near(place: Vec3) -> bool:
    """Whether it lies where a plan may lie. NaN does not."""
    return bool(abs(place.x) < COORDINATE_MOST and abs(place.y) < COORDINATE_MOST)


def outlines_of(entity: DXFGraphic, matrix: Matrix44, layer: str, colour: int) -> tuple[Outline, ...]:
    """What the entity draws; nothing for kinds that are no outlines."""
    if isinstance(entity, Line):
        start, end = matrix.transform(entity.dxf.start), matrix.transform(entity.dxf.end)
        return (Outline([((start.x, start.y), (end.x, end.y))], layer, colour),)
    if isinstance(entity, Hatch | MPolygon):
        return _hatched(entity, matrix, layer, colour)
    if entity.dxftype() not in _OUTLINES or _is_mesh(entity):
        return ()
    path = make_path(entity)
    if not path.has_lines and not path.has_curves:
        return ()
    fill = colour if entity.dxftype() in _SOLID else None
    closed = path.is_closed and entity.dxftype() != "ARC"
    return (Outline([path.transform(matrix)], layer, colour, _width(entity, matrix), fill, closed),)


def _is_mesh(entity: DXFGraphic) -> bool:
    return isinstance(entity, Polyline) and not (entity.is_2d_polyline or entity.is_3d_polyline)


def _hatched(entity: Hatch | MPolygon, matrix: Matrix44, layer: str, colour: int) -> tuple[Outline, ...]:
    """The outlines of a hatch, filled where it is solid; the lines of a pattern are no lines of the plan."""
    paths = [path.transform(matrix) for path in from_hatch(entity) if path.has_lines or path.has_curves]
    solid = entity.has_solid_fill or entity.has_gradient_data
    fill = _hatch_fill(entity, colour) if solid else None
    return (Outline(paths, layer, colour, fill=fill, closed=True),) if paths else ()


def _hatch_fill(entity: Hatch | MPolygon, colour: int) -> int:
    gradient = entity.gradient
    if gradient is not None and gradient.color1 is not None:
        red, green, blue = colors.RGB(*gradient.color1)
        return red << 16 | green << 8 | blue
    return colour


def _width(entity: DXFGraphic, matrix: Matrix44) -> float:
    """The width of a wide polyline, as it is placed."""
    if isinstance(entity, LWPolyline):
        width = entity.dxf.get("const_width", 0) or max((point[2] for point in entity), default=0)
    elif isinstance(entity, Polyline):
        width = entity.dxf.get("default_start_width", 0)
    else:
        return 0.0
    scale = float(matrix.transform_direction((1, 0, 0)).magnitude)
    return min(max(float(width) * scale, 0.0), _WIDEST)
