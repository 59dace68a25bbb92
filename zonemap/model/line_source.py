"""The lines and texts that were read out of a vector file, kept beside the picture for tracing."""

from __future__ import annotations

from dataclasses import dataclass

from zonemap.model.linework import Affine

STROKES_LEAST = 8  # a file with fewer lines is a scan with a frame around it


@dataclass(frozen=True, slots=True)
class LineSource:
    """Packed line work, and what is known of it without opening it.

    ``packed`` is a gzip of ``linework_document``: only the intake's child opens it, for it came from an upload.
    ``metres_per_unit`` is what the file claims, or what its texts and doors suggest (``is_guess``). It is
    shown to somebody and never believed.
    """

    packed: bytes
    to_picture: Affine  # from the file's units to pixels of the picture
    layers: tuple[str, ...] = ()
    wall_layers: tuple[str, ...] = ()  # those whose names say that they hold walls
    strokes: int = 0
    texts: int = 0
    metres_per_unit: float | None = None
    is_guess: bool = False

    @property
    def is_drawing(self) -> bool:
        """Whether rooms can be told from the lines."""
        return self.strokes >= STROKES_LEAST

    @property
    def pixels_per_unit(self) -> float:
        """How long a unit of the file is on the picture."""
        a, b, _, d, e, _ = self.to_picture
        return float(abs(a * e - b * d) ** 0.5)
