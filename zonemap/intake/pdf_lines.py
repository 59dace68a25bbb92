"""The lines and texts of a PDF page by PDFium, in points of the page as it is shown. Only for the child.

Form objects are opened within limits; the page's rotation and crop box are applied, and lines are cut where the page
clips them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.linework_sheet import TOO_MUCH, LineworkSheet, flattened_cubic, rounded
from zonemap.intake.pdf import locked_or_damaged, page_of, resolution
from zonemap.intake.pdf_clips import Clip, clipped, clips_of
from zonemap.intake.pdf_texts import page_texts
from zonemap.model.linework import Affine, Linework, Stroke
from zonemap.model.plan import Point

_DEPTH_MOST = 12
_OBJECTS_MOST = 300_000
_FLATTENED_TO = 1 / 20_000  # of the page's long side
_DEVICE = 1_000_000  # pixels along a side of a page imagined to ask PDFium where things are
_DIGITS = 3
_NAME_BYTES = 400
_IDENTITY: Affine = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


def read_linework(data: bytes, page: int | None = None) -> Linework:
    """The line work of page ``page`` (from 1), or of the first. Raises Invalid or TooLarge."""
    try:
        document = pypdfium2.PdfDocument(data)
        shown = page_of(document, page or 1)
        return _linework(shown)
    except pypdfium2.PdfiumError as error:
        raise locked_or_damaged(error) from error


def _linework(page: pypdfium2.PdfPage) -> Linework:
    width, height = page.get_size()
    dots = resolution(width, height)
    place = shown_at(page)
    reading = _Reading(max(width, height) * _FLATTENED_TO)
    reading.read(_page_objects(page), place, "", 0)
    for text in page_texts(page, place):
        reading.sheet.add_text(text)
    scale = dots / 72
    to_picture: Affine = (scale, 0.0, 0.0, 0.0, -scale, height * scale)
    return reading.sheet.linework((0.0, 0.0, width, height), metres_per_unit=None, to_picture=to_picture)


def shown_at(page: pypdfium2.PdfPage) -> Affine:
    """From the page's own coordinates to points from the bottom left of the page as it is shown."""
    width, height = page.get_size()
    corner, right, down = (_page_point(page, *device) for device in ((0, 0), (_DEVICE, 0), (0, _DEVICE)))
    ux, uy = right[0] - corner[0], right[1] - corner[1]
    vx, vy = down[0] - corner[0], down[1] - corner[1]
    area = ux * vy - uy * vx
    if not area:
        raise Invalid("This PDF page has no size. Print it to a new PDF, and upload that one.")
    a, b = width * vy / area, -width * vx / area
    d, e = height * uy / area, -height * ux / area
    return a, b, -(a * corner[0] + b * corner[1]), d, e, height - (d * corner[0] + e * corner[1])


def _page_point(page: pypdfium2.PdfPage, x: int, y: int) -> Point:
    px, py = ctypes.c_double(), ctypes.c_double()
    raw.FPDF_DeviceToPage(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x, y, px, py)
    return px.value, py.value


def _page_objects(page: pypdfium2.PdfPage) -> Iterator[object]:
    return (raw.FPDFPage_GetObject(page.raw, index) for index in range(raw.FPDFPage_CountObjects(page.raw)))


def _form_objects(form: object) -> Iterator[object]:
    return (raw.FPDFFormObj_GetObject(form, index) for index in range(raw.FPDFFormObj_CountObjects(form)))


@dataclass(slots=True)
class _Reading:
    tolerance: float
    sheet: LineworkSheet = field(default_factory=LineworkSheet)
    objects: int = 0

    def read(self, objects: Iterator[object], place: Affine, layer: str, depth: int) -> None:
        """Read paths, and forms with what they hold, as ``place`` puts them."""
        for each in objects:
            self.objects += 1
            if self.objects > _OBJECTS_MOST:
                raise TooLarge(TOO_MUCH)
            kind = raw.FPDFPageObj_GetType(each)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                clips = clips_of(each, place) if depth == 0 else []  # a form's are in no coordinates that are told
                self._path(each, _after(_matrix(each), place), _layer(each) or layer, clips)
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH_MOST:
                self.read(_form_objects(each), _after(_matrix(each), place), _layer(each) or layer, depth + 1)

    def _path(self, path: object, place: Affine, layer: str, clips: list[Clip]) -> None:
        fill_mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(path, fill_mode, stroked)
        fill = _colour(path, raw.FPDFPageObj_GetFillColor) if fill_mode.value else None
        colour = _colour(path, raw.FPDFPageObj_GetStrokeColor) if stroked.value else None
        if fill is None and colour is None:
            return
        rings = [(rounded(points, _DIGITS), closed) for points, closed in self._subpaths(path, place)]
        rings = [(points, closed) for points, closed in rings if len(points) > 1]
        style = Stroke((), layer, _width(path, place) if stroked.value else 0.0, colour, fill)
        if fill is not None:
            self.sheet.add_filled([points for points, _ in rings], style)
            return
        for points, closed in rings:
            if not clips or all(clip.holds(points) for clip in clips):
                self.sheet.add_stroke(Stroke(points, layer, style.width, colour, None, closed=closed))
                continue
            for piece in clipped([*points, points[0]] if closed else points, clips):
                self.sheet.add_stroke(Stroke(rounded(piece, _DIGITS), layer, style.width, colour))

    def _subpaths(self, path: object, place: Affine) -> Iterator[tuple[list[Point], bool]]:
        """Points of each part, and whether it is closed."""
        points: list[Point] = []
        bends: list[Point] = []
        for index in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, index)
            kind, point = raw.FPDFPathSegment_GetType(segment), _at(segment, place)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, False
                points = [point]
            elif kind == raw.FPDF_SEGMENT_LINETO:
                points.append(point)
            elif kind == raw.FPDF_SEGMENT_BEZIERTO:
                bends.append(point)
                if len(bends) == 3:
                    start = points[-1] if points else bends[0]
                    points.extend(flattened_cubic(start, bends[0], bends[1], point, self.tolerance))
                    bends = []
            if raw.FPDFPathSegment_GetClose(segment) and len(points) > 1:
                yield points, True
                points = [points[0]]
        if len(points) > 1:
            yield points, False


def _at(segment: object, place: Affine) -> Point:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    a, b, c, d, e, f = place
    return a * x.value + b * y.value + c, d * x.value + e * y.value + f


def _matrix(each: object) -> Affine:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(each, matrix):
        return _IDENTITY
    return matrix.a, matrix.c, matrix.e, matrix.b, matrix.d, matrix.f


def _after(first: Affine, then: Affine) -> Affine:
    """One affine after another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u


def _width(path: object, place: Affine) -> float:
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    scale = math.sqrt(abs(place[0] * place[4] - place[1] * place[3]))
    return round(width.value * scale, _DIGITS) if math.isfinite(width.value * scale) else 0.0


def _colour(path: object, getter: object) -> int | None:
    """0xRRGGBB, None where it can't be seen."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not getter(path, red, green, blue, alpha):  # type: ignore[operator]
        return 0
    return None if alpha.value == 0 else red.value << 16 | green.value << 8 | blue.value


def _layer(each: object) -> str:
    """The name of the optional content (a layer) that the object belongs to, "" where there is none."""
    for index in range(raw.FPDFPageObj_CountMarks(each)):
        mark = raw.FPDFPageObj_GetMark(each, index)
        length = ctypes.c_ulong()
        buffer = ctypes.create_string_buffer(_NAME_BYTES)
        wide = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        raw.FPDFPageObjMark_GetName(mark, wide, _NAME_BYTES, length)
        if _utf16(buffer, length.value) != "OC":
            continue
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"Name", wide, _NAME_BYTES, length):
            return _utf16(buffer, length.value)
    return ""


def _utf16(buffer: ctypes.Array[ctypes.c_char], length: int) -> str:
    return buffer.raw[: min(length, _NAME_BYTES)].decode("utf-16-le", "replace").rstrip("\0")
