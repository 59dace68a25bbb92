"""Signs, notices, maps and schedules of a facility: listed, set, and written out. Only designations are used.

A sheet is a pure function of (designation, contacts, wording, options): the same bytes twice, and nothing is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zonemap.errors import Invalid, NotFound
from zonemap.model.facility import Contact, Facility, SiteKind
from zonemap.model.person import Actor
from zonemap.model.sign import FacilitySigns, FloorSigns, PlaceSign, SignOptions
from zonemap.model.zone import ZoneClass
from zonemap.printing import book
from zonemap.printing.paper import PAPERS, Paper
from zonemap.printing.sheets import sheets_of
from zonemap.rules.sign_guard import never_printed
from zonemap.rules.signs import (
    OPERATIVE,
    OWN_KINDS,
    chosen_languages,
    door_words,
    language,
    languages,
    suggested_languages,
    usual_lines,
    whom_officers_ask,
)
from zonemap.storage.store import Books, Store
from zonemap.storage.whole_files import write_whole
from zonemap.work.facilities import facility_named
from zonemap.work.floor_signs import floor_signs
from zonemap.work.maps import map_sheet_names
from zonemap.work.permissions import Permission, require
from zonemap.work.reading_distance import too_small

__all__ = [
    "MAP",
    "OPERATIVE",
    "OWN_KINDS",
    "PLAIN_OPTIONS",
    "SCHEDULE",
    "designated_signs",
    "edition",
    "facility_signs",
    "file_name",
    "floor_sign_list",
    "language",
    "languages",
    "map_lies_flat",
    "map_size",
    "never_printed",
    "pack_name",
    "pack_pdf",
    "page_ending",
    "page_size",
    "papers",
    "print_facility",
    "print_maps",
    "require_seen",
    "schedule_pages",
    "sheet_names",
    "sheet_pdf",
    "sheet_png",
    "sheet_svg",
    "sheets_of",
    "sign_list",
    "suggested_languages",
    "usual_lines",
]

require_seen = book.require_seen
edition, sheet_names, sheet_pdf, sheet_svg = book.edition, book.sheet_names, book.sheet_pdf, book.sheet_svg
MAP, SCHEDULE = book.MAP, book.SCHEDULE
PLAIN_OPTIONS = SignOptions(languages=(OPERATIVE,))  # English alone
map_lies_flat, schedule_pages = book.map_lies_flat, book.schedule_pages
map_size, page_size, sheet_png = book.map_size, book.page_size, book.sheet_png
FORMATS = ("pdf", "svg", "png")
DPI_MOST = 600


def papers() -> tuple[Paper, ...]:
    """The papers that sheets can be set on, the usual one first."""
    return tuple(PAPERS.values())


def sign_list(store: Store, actor: Actor, facility_id: str, options: SignOptions) -> FacilitySigns:
    """Every sheet that the facility's designations call for, with its words.

    Hand its floors to ``sheet_pdf`` and ``sheet_svg``, or all of it to ``pack_pdf``. Raises NotFound; Invalid for a
    paper or language that we do not have.
    """
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        return facility_signs(books, books.facilities.get(facility_id), options)


def floor_sign_list(store: Store, actor: Actor, facility_id: str, floor_id: str, options: SignOptions) -> FloorSigns:
    """The same for one floor alone. Raises NotFound where the facility has no such floor with a designation."""
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        designation = books.designations.latest(floor_id)
        contacts, plan = books.contacts.list(facility_id), books.sign_plans.of(facility_id)
    if designation is None or designation.facility.id != facility_id:
        raise NotFound("This floor has no designation, so there is nothing to print for it.")
    return floor_signs(designation, tuple(contacts), options, plan)


def pack_pdf(signs: FacilitySigns, options: SignOptions) -> bytes:
    """Everything in one PDF: for each floor its schedule, its map, its notices and its signs in walking order.

    Raises Invalid where nothing is designated.
    """
    return book.pack_pdf(_something_of(signs), options)


def print_facility(
    store: Store,
    facility_ref: str,
    out: Path,
    *,
    options: SignOptions = PLAIN_OPTIONS,
    unchecked_known: bool = False,
    formats: Sequence[str] = ("pdf", "svg"),
    dpi: int = 300,
    remark: Callable[[str], object] = lambda _: None,
) -> list[Path]:
    """Write every sheet of a facility (by id or name) into the folder ``out``, and with "pdf" the whole pack.

    ``formats`` are some of FORMATS; ``dpi`` are the dots an inch of a PNG. ``remark`` is told which headlines are too
    small for the distance from which the doors are read.
    For the command line, whose user owns the database. ``unchecked_known`` says that they know that nobody has checked
    the texts of some languages. Returns the files in walking order. Raises NotFound for an unknown facility, Invalid
    where nothing is designated, an unchecked language was not acknowledged, or the folder cannot be written.
    """
    _check_formats(formats, dpi)
    with store.read() as books:
        facility = facility_named(books, facility_ref)
        signs, plan = _something_of(facility_signs(books, facility, options)), books.sign_plans.of(facility.id)
    if unchecked_known:
        signs = replace(signs, floors=tuple(replace(floor, unseen=()) for floor in signs.floors))
    for headline in too_small(signs.floors, options, plan):
        remark(headline.sentence)
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [_written(out / name, made) for name, made in _files(signs, options, formats, dpi)]
    except OSError as error:
        raise Invalid(f"The folder {out} cannot be written: {error.strerror}. Choose another folder.") from error


def print_maps(
    store: Store, facility_ref: str, out: Path, paper: str, *, formats: Sequence[str] = ("pdf", "svg"), dpi: int = 300
) -> list[Path]:
    """Write the maps of every floor for the public, staff and responders: whole, in parts, and in words.

    For the command line. Raises like ``print_facility``.
    """
    _check_formats(formats, dpi)
    options = replace(PLAIN_OPTIONS, paper=paper)
    with store.read() as books:
        signs = _something_of(facility_signs(books, facility_named(books, facility_ref), options))
    try:
        out.mkdir(parents=True, exist_ok=True)
        return [
            _written(out / name, made)
            for floor in signs.floors
            for stem, sheet in map_sheet_names(floor, paper)
            for form in formats
            for name, made in _sheet_files(floor, sheet, options, _slug(stem), form, dpi)
        ]
    except OSError as error:
        raise Invalid(f"The folder {out} cannot be written: {error.strerror}. Choose another folder.") from error


def file_name(signs: FloorSigns, sheet: str) -> str:
    """What a sheet's file is called, without its ending: a folder of them sorts and explains itself."""
    return _slug(f"{signs.floor.name} {_sheet_words(signs, sheet)} designation {signs.designation.number}")


def page_ending(page: int, form: str = "svg") -> str:
    """The ending of the file of a page as SVG or PNG; most sheets have one page."""
    return f".{form}" if page == 1 else f"-page-{page}.{form}"


def pack_name(facility: Facility) -> str:
    """What the file with every sheet is called."""
    return f"{_slug(facility.name)}-all-sheets.pdf"


def _sheet_words(signs: FloorSigns, sheet: str) -> str:
    for notice in signs.notices:
        if notice.door.id == sheet:
            return f"entrance {_padded(notice.door.number)}"
    for place in signs.places:
        if place.sheet == sheet:
            return _place_words(place)
    for sign in signs.signs:
        if sign.sheet == sheet:
            return f"door {_padded(sign.door.number)}{' hours' if sign.at_some_hours else ''}"
    return sheet


def _place_words(place: PlaceSign) -> str:
    at = f"entrance {_padded(place.door.number)}" if place.door else place.zone
    return f"{place.kind.value} {at}"


def _padded(number: str) -> str:
    return number.zfill(3) if number.isdecimal() else number


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80] or "signs"


def _check_formats(formats: Sequence[str], dpi: int) -> None:
    if not formats or not set(formats) <= set(FORMATS):
        raise Invalid(f"Choose the format from: {', '.join(FORMATS)}.", fields={"format": ", ".join(FORMATS)})
    if not 36 <= dpi <= DPI_MOST:
        raise Invalid(f"Choose from 36 to {DPI_MOST} dots an inch. Sign shops ask for 300.", fields={"dpi": "300"})


def _files(signs: FacilitySigns, options: SignOptions, formats: Sequence[str], dpi: int) -> Iterator[tuple[str, bytes]]:
    if "pdf" in formats:
        yield pack_name(signs.facility), book.pack_pdf(signs, options)
    else:
        for floor in signs.floors:
            require_seen(floor.unseen)
    taken: set[str] = set()
    for floor in signs.floors:
        for sheet in sheet_names(floor):
            stem = _free(file_name(floor, sheet), taken)
            for form in formats:
                yield from _sheet_files(floor, sheet, options, stem, form, dpi)


def _sheet_files(
    floor: FloorSigns, sheet: str, options: SignOptions, stem: str, form: str, dpi: int
) -> Iterator[tuple[str, bytes]]:
    if form == "pdf":
        yield f"{stem}.pdf", sheet_pdf(floor, sheet, options)
        return
    pages = sheet_svg(floor, sheet, options) if form == "svg" else sheet_png(floor, sheet, options, ppi=dpi)
    for page, made in enumerate(pages, 1):
        yield f"{stem}{page_ending(page, form)}", made


def _free(stem: str, taken: set[str]) -> str:
    """The stem, or the next of its kind where two doors or floors are called the same."""
    kinds = [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 3))]
    free = next(kind for kind in kinds if kind not in taken)
    taken.add(free)
    return free


def _written(path: Path, made: bytes) -> Path:
    write_whole(path, made, lasting=False)
    return path


def _something_of(signs: FacilitySigns) -> FacilitySigns:
    if not signs.floors:
        raise Invalid(
            f"No floor of {signs.facility.name} is designated, so there is nothing to print. "
            "Open its plans, finish a floor and designate it."
        )
    return signs


def designated_signs(books: Books, facility: Facility, floor_id: str, number: int, options: SignOptions) -> FloorSigns:
    """Every sheet of one designation of a floor, the newest or an older one. Raises NotFound."""
    found = next(
        (each for each in books.designations.list(facility.id) if (each.floor.id, each.number) == (floor_id, number)),
        None,
    )
    if found is None:
        raise NotFound("This floor has no designation of that number.")
    plan = books.sign_plans.of(facility.id)
    return floor_signs(found, tuple(books.contacts.list(facility.id)), options, plan)


def facility_signs(books: Books, facility: Facility, options: SignOptions) -> FacilitySigns:
    """Every sheet of the designations in force, with the floors that have none."""
    floors = [version.floor for version in books.floors.list(facility.id)]
    latest = {floor.id: books.designations.latest(floor.id) for floor in floors}
    contacts, plan = books.contacts.list(facility.id), books.sign_plans.of(facility.id)
    return FacilitySigns(
        facility=facility,
        floors=tuple(
            floor_signs(designation, tuple(contacts), options, plan)
            for floor in floors
            if (designation := latest[floor.id])
        ),
        undesignated=tuple(floor for floor in floors if latest[floor.id] is None),
        officers_words=_officers_words(facility.site_kind, contacts),
    )


def _officers_words(site_kind: SiteKind, contacts: Sequence[Contact]) -> str:
    (operative,) = chosen_languages(())
    return door_words(ZoneClass.PRIVATE, site_kind, operative, officers=whom_officers_ask(contacts)).officers
