"""Signs: the sheets of a facility with their pictures, one by one or all together, as PDF and SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from zonemap.errors import Invalid, NotFound
from zonemap.model.sign import DoorSign, EntranceNotice, FloorSigns, PlaceSign, SignOptions
from zonemap.web.guard import current_actor, current_store, needs, utc_now
from zonemap.web.sign_options import SignOptionsForm, options_from, query_of, unchecked
from zonemap.work import sign_plans
from zonemap.work import signs as work
from zonemap.work.permissions import Permission
from zonemap.work.reading_distance import too_small

blueprint = Blueprint("signs", __name__, url_prefix="/facilities/<facility_id>/signs")

_PDF, _SVG, _PNG = "application/pdf", "image/svg+xml", "image/png"
_SHORT_PX, _LONG_PX = 240, 311
PNG_DPI = 300  # what sign shops ask for


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as the page lists it. ``pictures`` are the addresses of its pages as SVG."""

    title: str
    place: str
    pdf: str
    pictures: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    images: tuple[str, ...] = ()  # the addresses of its pages as PNG
    shape: tuple[int, int] = (240, 311)  # of its picture, in pixels of the page
    waits: bool = False  # nothing is printed of it before somebody acknowledges its unchecked languages


@dataclass(frozen=True, slots=True)
class FloorSheets:
    """The sheets of one floor, in the order of the pack."""

    signs: FloorSigns
    sheets: tuple[Sheet, ...]
    loose: tuple[str, ...]  # what is wrong with doors that have no sheet

    @property
    def doors_to_look_at(self) -> int:
        """How many doors have a warning."""
        return len({warning.door_id for warning in self.signs.warnings})


@blueprint.get("/")
@needs(Permission.PRINT_SIGNS)
def index(facility_id: str) -> str:
    """Every sheet with its picture, and what can be chosen for all of them."""
    form = SignOptionsForm(request.args)
    options = options_from(form) if form.validate() else SignOptions()
    found = work.sign_list(current_store(), current_actor(), facility_id, options)
    floors = [_floor_sheets(facility_id, floor, options) for floor in found.floors]
    suggested = work.suggested_languages(found.facility.state)
    return render_template(
        "signs/index.html",
        facility=found.facility,
        tab="signs",
        form=form,
        found=found,
        floors=floors,
        signs=sum(len(floor.signs) for floor in found.floors),
        places=sum(len(floor.places) for floor in found.floors),
        unseen=found.floors[0].unseen if found.floors else (),
        suggested=[choice for choice in form.languages if choice.data in suggested],
        more=[choice for choice in form.languages if choice.data not in suggested],
        query=query_of(options),
        too_small=too_small(found.floors, options, sign_plans.sign_plan(current_store(), current_actor(), facility_id)),
        notices=sum(len(floor.notices) for floor in found.floors),
        pages=sum(len(sheet.pictures) for floor in floors for sheet in floor.sheets),
        pack=url_for(".pack", facility_id=facility_id, **query_of(options)),
        unchecked=unchecked(list(work.languages())),
    )


@blueprint.post("/seen")
@needs(Permission.PRINT_SIGNS)
def seen(facility_id: str) -> AnyResponse:
    """Somebody knows that nobody has checked the texts of the languages that they chose."""
    options = _options(request.form)
    sign_plans.acknowledge(
        current_store(),
        current_actor(),
        facility_id,
        [code for code in options.languages if code != work.OPERATIVE],
        now=utc_now(),
    )
    return redirect(url_for(".index", facility_id=facility_id, **query_of(options)), 303)


@blueprint.get("/pack.pdf")
@needs(Permission.PRINT_SIGNS)
def pack(facility_id: str) -> Response:
    """Everything in one PDF."""
    options = _options()
    found = work.sign_list(current_store(), current_actor(), facility_id, options)
    for floor in found.floors:
        work.require_seen(floor.unseen)
    mark = work.edition(found.floors, options)
    return _sent(_PDF, work.pack_name(found.facility), mark, lambda: work.pack_pdf(found, options))


@blueprint.get("/<floor_id>/<sheet>.pdf")
@needs(Permission.PRINT_SIGNS)
def sheet_pdf(facility_id: str, floor_id: str, sheet: str) -> Response:
    """One sheet: "map", "schedule", or a door's id."""
    floor, options = _floor(facility_id, floor_id)
    _may_print(floor, sheet)
    name, mark = f"{work.file_name(floor, sheet)}.pdf", work.edition((floor,), options)
    return _sent(_PDF, name, mark, lambda: work.sheet_pdf(floor, sheet, options))


@blueprint.get("/<floor_id>/<sheet>.<int:page>.svg")
@needs(Permission.PRINT_SIGNS)
def sheet_svg(facility_id: str, floor_id: str, sheet: str, page: int) -> Response:
    """One page of a sheet as SVG, to look at or, with ``?save=1``, to keep."""
    floor, options = _floor(facility_id, floor_id)
    if request.args.get("save"):
        _may_print(floor, sheet)
    name = f"{work.file_name(floor, sheet)}{work.page_ending(page)}"
    mark = f"{work.edition((floor,), options)}-{page}"
    return _sent(_SVG, name, mark, lambda: _page(floor, sheet, page, options))


@blueprint.get("/<floor_id>/<sheet>.<int:page>.png")
@needs(Permission.PRINT_SIGNS)
def sheet_png(facility_id: str, floor_id: str, sheet: str, page: int) -> Response:
    """One page of a sheet as a picture of 300 dots an inch, for a sign shop."""
    floor, options = _floor(facility_id, floor_id)
    _may_print(floor, sheet)
    name = f"{work.file_name(floor, sheet)}{work.page_ending(page, 'png')}"
    mark = f"{work.edition((floor,), options)}-{page}-{PNG_DPI}"
    return _sent(_PNG, name, mark, lambda: _picture(floor, sheet, page, options))


def _picture(floor: FloorSigns, sheet: str, page: int, options: SignOptions) -> bytes:
    return _only(work.sheet_png(floor, sheet, options, ppi=PNG_DPI, page=page))


def _may_print(floor: FloorSigns, sheet: str) -> None:
    """Before a file is sent: its unchecked languages were acknowledged. Pictures to look at need none."""
    if sheet not in (work.MAP, work.SCHEDULE):
        work.require_seen(floor.unseen)


def _page(floor: FloorSigns, sheet: str, page: int, options: SignOptions) -> bytes:
    return _only(work.sheet_svg(floor, sheet, options)[page - 1 : page] if page else ())


def _only(pages: tuple[bytes, ...]) -> bytes:
    if not pages:
        raise NotFound("This sheet has no such page.")
    return pages[0]


def _floor(facility_id: str, floor_id: str) -> tuple[FloorSigns, SignOptions]:
    """The sheets of a floor as the address asks for them, and how."""
    options = _options()
    return work.floor_sign_list(current_store(), current_actor(), facility_id, floor_id, options), options


def _options(given: MultiDict[str, str] | None = None) -> SignOptions:
    form = SignOptionsForm(request.args if given is None else given)
    if not form.validate():
        raise Invalid(
            "The address of this sheet asks for something that we do not have. Open Signs and choose again.",
            fields={field.name: str(field.errors[0]) for field in form if field.errors},
        )
    return options_from(form)


def _sent(kind: str, name: str, mark: str, made: Callable[[], bytes]) -> Response:
    """The file; nothing is set anew where the reader holds this edition already."""
    response = Response(mimetype=kind)
    response.set_etag(mark)
    if mark in request.if_none_match:
        response.status_code = 304
    else:
        response.set_data(made())
    response.headers["Content-Disposition"] = f'{_disposition()}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _disposition() -> str:
    return "attachment" if request.args.get("save") else "inline"


def _floor_sheets(facility_id: str, floor: FloorSigns, options: SignOptions) -> FloorSheets:
    with_sheet = {notice.door.id for notice in floor.notices} | {sign.door.id for sign in floor.signs}
    loose = [f"Door {each.number}: {each.sentence}" for each in floor.warnings if each.door_id not in with_sheet]
    return FloorSheets(floor, tuple(_sheets(facility_id, floor, options)), tuple(loose))


def _sheets(facility_id: str, floor: FloorSigns, options: SignOptions) -> Iterator[Sheet]:
    query = query_of(options) | {"facility_id": facility_id, "floor_id": floor.floor.id}
    pages = work.schedule_pages(floor, options.paper)
    yield _sheet("Schedule", "The list to walk by", work.SCHEDULE, query, pages=pages)
    if floor.floor.rooms:
        shape = _shape(*work.map_size(floor, options.paper))
        yield _sheet("Staff map", "Not for the public", work.MAP, query, shape=shape)
    for notice in floor.notices:
        yield _door_sheet(floor, notice, f"Entrance {notice.door.number}", query, options)
    for place in floor.places:
        yield _wall_sheet(floor, place.kind.label, place.room.label, place.sheet, query, place, options)
    for sign in floor.signs:
        yield _door_sheet(floor, sign, f"Door {sign.door.number}", query, options)


def _door_sheet(
    floor: FloorSigns, sheet: DoorSign | EntranceNotice, title: str, query: dict[str, Any], options: SignOptions
) -> Sheet:
    outside = sheet.outside.label if isinstance(sheet, DoorSign) and sheet.outside else "Outdoors"
    warnings = tuple(each.sentence for each in floor.warnings if each.door_id == sheet.door.id)
    where = f"{outside} to {sheet.inside.label}"
    name = sheet.sheet if isinstance(sheet, DoorSign) else sheet.door.id
    return _wall_sheet(floor, title, where, name, query, sheet, options, warnings=warnings)


def _wall_sheet(
    floor: FloorSigns,
    title: str,
    where: str,
    name: str,
    query: dict[str, Any],
    sheet: DoorSign | EntranceNotice | PlaceSign,
    options: SignOptions,
    **more: Any,
) -> Sheet:
    """A sheet with words in the chosen languages: as many pages as they take."""
    pages = work.sheets_of(sheet.words) * options.poster**2
    shape = _shape(*work.page_size(options))
    return _sheet(title, where, name, query, pages=pages, waits=bool(floor.unseen), shape=shape, **more)


def _shape(width_mm: float, height_mm: float) -> tuple[int, int]:
    """A picture of these proportions, as large as the list has room for."""
    scale = min(_SHORT_PX / min(width_mm, height_mm), _LONG_PX / max(width_mm, height_mm))
    return round(width_mm * scale), round(height_mm * scale)


def _sheet(title: str, place: str, name: str, query: dict[str, Any], *, pages: int = 1, **more: Any) -> Sheet:
    return Sheet(
        title=title,
        place=place,
        pdf=url_for(".sheet_pdf", sheet=name, **query),
        pictures=tuple(url_for(".sheet_svg", sheet=name, page=page, **query) for page in range(1, pages + 1)),
        images=tuple(url_for(".sheet_png", sheet=name, page=page, save=1, **query) for page in range(1, pages + 1)),
        **more,
    )
