"""What comes out of an upload: a sheet that we rendered and encoded, pages to choose from, or whole floors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zonemap.model.draft import DraftFloor
from zonemap.model.facility import Facility
from zonemap.model.line_source import LineSource
from zonemap.model.plan import Floor
from zonemap.model.upload import Page

TileKey = tuple[int, int, int]  # z, x, y as in intake/tiles.py


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as a picture.

    ``png`` is the whole picture in full resolution, ``tiles`` the same cut up as ``intake/tiles.py`` says.
    ``dpi`` is the resolution on paper, where the file states the size of its paper; else None.
    ``paper_metres_per_pixel`` is then the paper's length of a pixel: times 200 it is the scale of a plan at 1:200.
    ``lines`` is the line work of a vector file, None for pictures and where it could not be read.
    """

    png: bytes
    tiles: Mapping[TileKey, bytes]
    width_px: int
    height_px: int
    dpi: float | None = None
    lines: LineSource | None = None

    @property
    def paper_metres_per_pixel(self) -> float | None:
        """Metres of paper per pixel, or None where the paper is unknown."""
        return None if self.dpi is None else 0.0254 / self.dpi

    @property
    def linework(self) -> bytes | None:
        """The packed line work, which only the child opens, or None."""
        return None if self.lines is None else self.lines.packed


@dataclass(frozen=True, slots=True)
class Pages:
    """The file has several pages: somebody has to choose one."""

    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class ModelFloor:
    """A floor of a building model: its rooms and doors in metres of the sheet (y up), and the picture we drew of it.

    ``exact`` is the whole floor as another zonemap wrote it, which outweighs the draft; None for other models.
    """

    draft: DraftFloor
    sheet: Sheet
    metres_per_pixel: float
    exact: Floor | None = None


@dataclass(frozen=True, slots=True)
class Floors:
    """The file is a model of a building, with these floors; ``facility`` only where another zonemap wrote the file."""

    floors: tuple[ModelFloor, ...]
    facility: Facility | None = None


Read = Sheet | Pages | Floors
