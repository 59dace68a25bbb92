"""The scale of a plan: a line that somebody measured, checked against a second one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from zonemap.errors import Invalid
from zonemap.geometry.scale import check_error, metres_per_pixel, rescaled
from zonemap.model.person import Actor
from zonemap.model.plan import Floor, FloorVersion, Picture, Point, Scale
from zonemap.storage.store import Books, Store
from zonemap.work.permissions import Permission, require_floor

CHECK_MOST = 0.02  # how far two measured lengths may disagree before somebody has to say that it is meant
SHEET_LEAST, SHEET_MOST = 2.0, 3_000.0  # metres that a sheet of a building may show
_INCH = 0.0254


@dataclass(frozen=True, slots=True)
class Line:
    """Two points on the picture, in pixels from its top left corner, and the metres between them."""

    first: Point
    second: Point
    length: float


def set_scale(
    store: Store,
    actor: Actor,
    floor_id: str,
    line: Line,
    check: Line | None = None,
    *,
    keep: bool = False,
    now: datetime,
) -> FloorVersion:
    """Set the scale from a measured line; rooms and doors stay on their lines of the picture.

    Raises Invalid, with ``check_error``, where a second line disagrees by more than 2 % and ``keep`` is not said.
    """
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        scale = measured(saved.floor, line, check)
        if scale.check_error is not None and abs(scale.check_error) > CHECK_MOST and not keep:
            raise Invalid(_disagreement(scale.check_error), check_error=scale.check_error, scale=scale)
        changed = rescaled(saved.floor, scale)
        return books.floors.save(changed, saved.version, saved_at=now, saved_by=actor.name)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the file of a plan says of its scale. Shown to somebody, who knows how large the building is."""

    scale: Scale
    metres_per_unit: float
    is_guess: bool  # by the texts and doors on the sheet, not by the file's own unit
    width: float  # metres that the sheet would show
    height: float


def claimed(store: Store, actor: Actor, floor_id: str) -> Claim | None:
    """What the floor's file says of its scale, or None. Raises NotFound."""
    with store.read() as books:
        return _claim(books, require_floor(books, actor, Permission.DRAW_PLANS, floor_id).floor)


def accept_claim(store: Store, actor: Actor, floor_id: str, *, now: datetime) -> FloorVersion:
    """Set the scale as the floor's file says it; rooms and doors stay on their lines of the picture. Raises Invalid."""
    with store.begin() as books:
        saved = require_floor(books, actor, Permission.DRAW_PLANS, floor_id)
        claim = _claim(books, saved.floor)
        if claim is None:
            raise Invalid("The file of this plan does not say its scale. Measure a length you know.")
        changed = rescaled(saved.floor, claim.scale)
        return books.floors.save(changed, saved.version, saved_at=now, saved_by=actor.name)


def _claim(books: Books, plan: Floor) -> Claim | None:
    lines = None if plan.picture is None else books.line_sources.find(plan.picture.id)
    if lines is None or lines.metres_per_unit is None or plan.picture is None:
        return None
    metres = lines.metres_per_unit / lines.pixels_per_unit
    width, height = plan.picture.width_px * metres, plan.picture.height_px * metres
    if not SHEET_LEAST <= max(width, height) <= SHEET_MOST:
        return None  # no building, whatever the file says
    return Claim(Scale(metres), lines.metres_per_unit, lines.is_guess, width, height)


def measured(plan: Floor, line: Line, check: Line | None) -> Scale:
    """The scale that a line gives, and how far a second one is off. Raises Invalid, by field where it can."""
    if plan.picture is None:
        raise Invalid("This floor has no plan yet. Upload one first.")
    for name, measure in (("length", line), ("check_length", check)):
        if measure is not None and not _on_picture(plan.picture, measure):
            sentence = "A point lies beside the plan. Set both ends on the plan."
            raise Invalid(sentence, fields={name: sentence})
    metres = _by_field("length", lambda: metres_per_pixel(line.first, line.second, line.length))
    if check is None:
        return Scale(metres)
    error = _by_field("check_length", lambda: check_error(metres, check.first, check.second, check.length))
    return Scale(metres, round(error, 6))


def on_paper(plan: Floor) -> float | None:
    """How many times smaller than the building the paper is (200 for 1:200), where scale and paper are known."""
    if plan.scale is None or plan.picture is None or plan.picture.dpi is None:
        return None
    return plan.scale.metres_per_pixel * plan.picture.dpi / _INCH


def _on_picture(sheet: Picture, line: Line) -> bool:
    return all(0 <= x <= sheet.width_px and 0 <= y <= sheet.height_px for x, y in (line.first, line.second))


def _by_field(name: str, work: Callable[[], float]) -> float:
    """The result of ``work``; what it refuses, told at the field of that name."""
    try:
        return work()
    except Invalid as error:
        raise Invalid(error.message, fields={name: error.message}) from error


def _disagreement(error: float) -> str:
    more = "longer" if error > 0 else "shorter"
    return f"The second line comes out {abs(error):.1%} {more} than you measured; up to {CHECK_MOST:.0%} is usual."
