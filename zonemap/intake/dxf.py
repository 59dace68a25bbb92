"""DXF by ezdxf, R12 to 2018, text and binary: the lines of model space, flattened. Only for the child.

Blocks are opened with their own transforms and within limits; layers that are off or frozen are left out, and paper
space is read only where model space is empty. ``$INSUNITS`` is passed on as a claim: it is often wrong.
"""

from __future__ import annotations

import logging
import math
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

from ezdxf import recover
from ezdxf.document import Drawing
from ezdxf.dynblkhelper import get_dynamic_block_definition
from ezdxf.entities.dxfentity import DXFEntity
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.insert import Insert
from ezdxf.enums import InsertUnits
from ezdxf.lldxf.const import DXFError
from ezdxf.lldxf.tagger import binary_tags_loader
from ezdxf.math import Matrix44, Vec3
from ezdxf.protocols import SupportsVirtualEntities
from ezdxf.units import conversion_factor

from zonemap.errors import Invalid, TooLarge, ZonemapError
from zonemap.intake.dxf_layers import Layers
from zonemap.intake.dxf_outlines import Outline, outlines_of
from zonemap.intake.dxf_sheet import drawing_sheet, sheet_affine
from zonemap.intake.dxf_texts import text_lines
from zonemap.intake.linework_sheet import TOO_MUCH, LineworkSheet, rounded
from zonemap.intake.sheet import Sheet
from zonemap.model.linework import Block, Linework, Stroke, Text
from zonemap.model.plan import Point

_DEPTH_MOST = 8
_INSERTS_MOST = 50_000
_ENTITIES_MOST = 400_000
_FLATTENED_TO = 1 / 20_000  # of the drawing's long side
_NOT_DRAWN = frozenset(("ATTDEF", "VIEWPORT", "POINT", "XLINE", "RAY", "IMAGE", "WIPEOUT", "PDFUNDERLAY", "OLE2FRAME"))

# What ezdxf raises, besides its own error, where a value is missing or stands in another place than it should.
_BROKEN = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_DAMAGED = (
    "This DXF drawing is damaged or was not saved to its end. "
    "Open it in the program that made it, save it again as DXF or PDF, and upload that."
)
_NESTED = (
    "The blocks in this DXF drawing are nested too deeply or placed too often. "
    "Explode or purge them in the program that made it, or save the drawing as PDF, and upload that."
)


def read_dxf(data: bytes) -> Sheet:
    """The sheet of a DXF drawing, drawn by us. Raises Invalid or TooLarge."""
    return drawing_sheet(read_linework(data))


def read_linework(data: bytes, page: int | None = None) -> Linework:  # noqa: ARG001 - as all readers
    """The line work of a DXF drawing. Raises Invalid or TooLarge."""
    try:
        document = _document(data)
        reading = _Reading(Layers(document), document)
        for space in _spaces(document):
            reading.read(space, Matrix44(), "0", 0, 0)
            if reading.outlines or reading.texts:
                break
        return reading.linework(_claim(document))
    except ZonemapError:
        raise
    except RecursionError as error:
        raise TooLarge(_NESTED) from error
    except (DXFError, struct.error, *_BROKEN) as error:
        raise Invalid(_DAMAGED) from error


def _document(data: bytes) -> Drawing:
    logging.getLogger("ezdxf").setLevel(logging.CRITICAL)
    if data.startswith(b"AutoCAD Binary DXF"):
        return Drawing.load(binary_tags_loader(data, errors="ignore"))
    document, _ = recover.read(BytesIO(data), errors="ignore")
    return document


def _spaces(document: Drawing) -> Iterator[Iterable[DXFGraphic]]:
    yield document.modelspace()
    yield from (layout for layout in document.layouts if not layout.is_modelspace)


def _claim(document: Drawing) -> float | None:
    """Metres per drawing unit, as the header says; None where it says nothing."""
    unit = document.header.get("$INSUNITS", 0)
    try:
        return float(conversion_factor(InsertUnits(unit), InsertUnits.Meters)) if unit else None
    except (ValueError, KeyError, TypeError):
        return None


@dataclass(slots=True)
class _Placed:
    """A block that was placed, and which of the outlines it drew: from ``first`` up to ``end``."""

    name: str
    place: Vec3
    rotation: float
    layer: str
    first: int
    end: int = 0


@dataclass(slots=True)
class _Reading:
    """Goes through the entities, block by block. Outlines are flattened at the end, when the size is known."""

    layers: Layers
    document: Drawing
    outlines: list[Outline] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    placed: list[_Placed] = field(default_factory=list)
    inserts: int = 0
    entities: int = 0

    def read(self, entities: Iterable[DXFEntity], matrix: Matrix44, layer: str, colour: int, depth: int) -> None:
        """Read ``entities`` as ``matrix`` places them; what lies on layer 0 counts as on ``layer``."""
        if depth > _DEPTH_MOST:
            raise TooLarge(_NESTED)
        for entity in entities:
            self.entities += 1
            if self.entities > _ENTITIES_MOST:
                raise TooLarge(TOO_MUCH)
            kind = entity.dxftype()
            if kind in _NOT_DRAWN or not isinstance(entity, DXFGraphic) or entity.dxf.get("invisible", 0):
                continue
            own = entity.dxf.get("layer", "0")
            on = layer if own == "0" and depth else own
            if self.layers.shows(on, insert=kind == "INSERT"):
                self._read_one(entity, matrix, on, self.layers.colour(entity, on, colour), depth)

    def _read_one(self, entity: DXFGraphic, matrix: Matrix44, layer: str, colour: int, depth: int) -> None:
        if isinstance(entity, Insert):
            self._open(entity, matrix, layer, colour, depth)
            return
        try:
            lines = text_lines(entity, matrix, layer)
            found = () if lines else outlines_of(entity, matrix, layer, colour)
        except (DXFError, *_BROKEN):
            return  # one broken entity is no reason to refuse the drawing
        self.texts.extend(lines)
        self.outlines.extend(found)
        if not lines and not found and isinstance(entity, SupportsVirtualEntities):
            self.read(_parts(entity), matrix, layer, colour, depth + 1)

    def _open(self, insert: Insert, matrix: Matrix44, layer: str, colour: int, depth: int) -> None:
        """Read what a block reference draws, and its attributes."""
        block = insert.block()
        copies = list(insert.multi_insert()) if 1 < insert.mcount <= _INSERTS_MOST else [insert]
        self.inserts += max(insert.mcount, 1)
        if self.inserts > _INSERTS_MOST:
            raise TooLarge(_NESTED)
        for copy in copies:
            for attribute in copy.attribs:
                if not attribute.is_invisible and self.layers.shows(attribute.dxf.get("layer", "0")):
                    self.texts.extend(text_lines(attribute, matrix, attribute.dxf.get("layer", layer)))
            if block is None:
                continue
            own = copy.matrix44() @ matrix
            place, along = own.transform(block.base_point), own.transform_direction(Vec3(1, 0, 0))
            placed = _Placed(self._name(copy), place, along.angle_deg, layer, len(self.outlines))
            self.read(block, own, layer, colour, depth + 1)
            placed.end = len(self.outlines)
            self.placed.append(placed)

    def _name(self, insert: Insert) -> str:
        name: str = insert.dxf.get("name", "")
        if name.startswith("*"):
            try:
                definition = get_dynamic_block_definition(insert, self.document)
            except (DXFError, *_BROKEN):
                definition = None
            name = definition.name if definition is not None else name
        return name[:200]

    def linework(self, claim: float | None) -> Linework:
        """What was read, flattened."""
        size = _size(self.outlines, self.texts)
        digits = max(0, min(9, 7 - math.ceil(math.log10(size))))
        sheet = LineworkSheet()
        boxes: list[tuple[Point, ...]] = []
        laid = [0]  # strokes, up to each outline
        for outline in self.outlines:
            rings = [rounded(ring, digits) for ring in outline.flattened(size * _FLATTENED_TO)]
            boxes.append(tuple(point for ring in rings for point in ring))
            _lay(sheet, outline, [ring for ring in rings if len(ring) > 1])
            laid.append(len(sheet.strokes))
        for text in self.texts:
            sheet.add_text(text)
        for placed in self.placed:
            points = [point for box in boxes[placed.first : placed.end] for point in box]
            if points:
                xs, ys = zip(*points, strict=True)
                where = (min(xs), min(ys), max(xs), max(ys))
                place = (placed.place.x, placed.place.y)
                drawn = laid[placed.first], laid[placed.end]
                sheet.add_block(Block(placed.name, place, placed.rotation % 360, where, placed.layer, drawn))
        found = sheet.linework(metres_per_unit=claim)
        return sheet_affine(found)


def _lay(sheet: LineworkSheet, outline: Outline, rings: list[tuple[Point, ...]]) -> None:
    style = Stroke((), outline.layer, outline.width, outline.colour, outline.fill)
    if outline.fill is not None:
        sheet.add_filled(rings, style)
        return
    for ring in rings:
        sheet.add_stroke(Stroke(ring, outline.layer, outline.width, outline.colour, None, closed=outline.closed))


def _parts(entity: SupportsVirtualEntities) -> Iterator[DXFGraphic]:
    """What a dimension, leader, multiline and the like are drawn with; nothing where that is broken."""
    try:
        yield from entity.__virtual_entities__()
    except (DXFError, *_BROKEN):
        return


def _size(outlines: Iterable[Outline], texts: Iterable[Text]) -> float:
    """The long side of everything, in drawing units."""
    xs: list[float] = [text.place[0] for text in texts]
    ys: list[float] = [text.place[1] for text in texts]
    for outline in outlines:
        for x, y in outline.corners():
            if abs(x) < 1e7 and abs(y) < 1e7:
                xs.append(x)
                ys.append(y)
    if not xs:
        return 1.0
    return max(max(xs) - min(xs), max(ys) - min(ys), 1e-6)
