"""Packs: the sheets of a facility, or those somebody chooses, in the order of a walk; as one PDF, a ZIP, or a list.

The same designations, words and choice give the same bytes.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zonemap.errors import Invalid
from zonemap.model.facility import Facility
from zonemap.model.pack import Pack, PackChoice, PackLine
from zonemap.model.person import Actor
from zonemap.model.sign import FacilitySigns, FloorSigns, SignOptions
from zonemap.model.wall import SheetKey, WallSheet, sheet_facts
from zonemap.printing.book import edition, require_seen, sheet_pages, sheet_pdf
from zonemap.printing.pack import pack_file, pack_front
from zonemap.storage.store import Books, Store
from zonemap.storage.whole_files import write_whole
from zonemap.work.facilities import facility_named
from zonemap.work.permissions import Permission, require
from zonemap.work.signs import designated_signs, facility_signs, file_name
from zonemap.work.wall import WALL_OPTIONS, facility_wall

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the oldest that a ZIP can hold: a time of its own would change its bytes
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Progress = Callable[[int], None]


def choose_pack(store: Store, actor: Actor, facility_id: str, options: SignOptions, choice: PackChoice) -> Pack:
    """The sheets that were chosen. Raises NotFound; Invalid where the choice leaves none.

    What may not be printed yet, in a language that nobody has checked, is refused by ``require_printable``.
    """
    require(actor, Permission.PRINT_SIGNS, at=facility_id)
    with store.read() as books:
        return pack_of(books, books.facilities.get(facility_id), options, choice)


def require_printable(pack: Pack) -> None:
    """Raises Invalid where nobody has acknowledged an unchecked language, before any work begins."""
    for floor in pack.floors:
        require_seen(floor.unseen)


def pack_of(books: Books, facility: Facility, options: SignOptions, choice: PackChoice) -> Pack:
    """The same, for whoever has the books open. Raises Invalid where the choice leaves no sheet."""
    signs = facility_signs(books, facility, options)
    printable = {(floor.floor.id, sheet) for floor in signs.floors for sheet in sheet_facts(floor)}
    before = _facts_before(books, facility, signs, choice.since)
    sheets = (each for each in facility_wall(books, facility).sheets if each.key in printable)
    chosen = [sheet for sheet in sheets if _is_chosen(sheet, choice, before)]
    if not chosen:
        raise Invalid(_nothing(signs, choice), fields={"choice": "These choices leave no sheet."})
    floors = {floor.floor.id: floor for floor in signs.floors}
    lines = tuple(_lines(chosen, floors, options))
    used = tuple(floor for floor in signs.floors if any(line.floor is floor for line in lines))
    mark = edition(used, replace(options, policy_number=f"{options.policy_number}|{[line.stem for line in lines]}"))
    return Pack(signs.facility, used, lines, choice.maps, mark)


def pack_pdf(pack: Pack, options: SignOptions, progress: Progress = lambda _: None) -> bytes:
    """One tagged PDF: the list, the maps, the sheets. ``progress`` is told how many sheets are done."""
    return pack_file(pack, options, progress)


def pack_zip(pack: Pack, options: SignOptions, progress: Progress = lambda _: None) -> bytes:
    """A ZIP with a PDF for each sheet, in the order of the walk by their names; the list and the maps stand first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, made in _files(pack, options, progress):
            info = zipfile.ZipInfo(name, _FIRST_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".csv") else zipfile.ZIP_STORED
            info.external_attr = 0o644 << 16
            archive.writestr(info, made)
    return out.getvalue()


def pack_csv(pack: Pack) -> bytes:
    """The list for whoever hangs the sheets, for other programs: UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("Step", "Floor", "Door", "Place", "Sheet", "Department", "Designation", "Code", "File"))
    for line in pack.lines:
        made = line.floor.designation
        row = (line.step, line.floor.floor.name, line.door, line.place, line.kind.label, line.department)
        writer.writerow([_harmless(str(cell)) for cell in (*row, made.number, made.code, f"{line.stem}.pdf")])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def print_chosen(
    store: Store,
    facility_ref: str,
    out: Path,
    options: SignOptions,
    choice: PackChoice,
    *,
    unchecked_known: bool = False,
) -> list[Path]:
    """Write the chosen sheets into the folder ``out``: one PDF of all, their list, and a PDF for each.

    For the command line, whose user owns the database. Raises NotFound for an unknown facility, Invalid where the
    choice leaves none, an unchecked language was not acknowledged, or the folder cannot be written.
    """
    with store.read() as books:
        pack = pack_of(books, facility_named(books, facility_ref), options, choice)
    if unchecked_known:
        known = {floor.floor.id: replace(floor, unseen=()) for floor in pack.floors}
        lines = tuple(replace(line, floor=known[line.floor.floor.id]) for line in pack.lines)
        pack = replace(pack, floors=tuple(known.values()), lines=lines)
    try:
        out.mkdir(parents=True, exist_ok=True)
        files = [(f"{pack.name}.pdf", pack_pdf(pack, options)), *_files(pack, options, lambda _: None)]
        for name, made in files:
            write_whole(out / name, made, lasting=False)
    except OSError as error:
        raise Invalid(f"The folder {out} cannot be written: {error.strerror}. Choose another folder.") from error
    return [out / name for name, _ in files]


def _files(pack: Pack, options: SignOptions, progress: Progress) -> Iterator[tuple[str, bytes]]:
    yield "000-list-and-maps.pdf", pack_front(pack, options)
    yield "000-list.csv", pack_csv(pack)
    for line in pack.lines:
        yield f"{line.stem}.pdf", sheet_pdf(line.floor, line.sheet, options)
        progress(line.step)


def _lines(chosen: Sequence[WallSheet], floors: Mapping[str, FloorSigns], options: SignOptions) -> Iterator[PackLine]:
    for step, sheet in enumerate(chosen, 1):
        floor = floors[sheet.floor.id]
        yield PackLine(
            step=step,
            floor=floor,
            sheet=sheet.sheet,
            kind=sheet.kind,
            door=sheet.door,
            place=sheet.place,
            department=sheet.department,
            stem=f"{step:03}-{file_name(floor, sheet.sheet)}",
            pages=sheet_pages(floor, sheet.sheet, options),
        )


def _is_chosen(sheet: WallSheet, choice: PackChoice, before: Mapping[SheetKey, str] | None) -> bool:
    return (
        (not choice.floors or sheet.floor.id in choice.floors or sheet.floor.name in choice.floors)
        and (not choice.departments or sheet.department in choice.departments)
        and (not choice.kinds or sheet.kind in choice.kinds)
        and (before is None or before.get(sheet.key) != sheet.facts)
        and (not choice.needed or sheet.state.is_to_print)
    )


def _facts_before(
    books: Books, facility: Facility, signs: FacilitySigns, since: int | None
) -> Mapping[SheetKey, str] | None:
    """What each sheet said in that revision of its floor; in an older floor that had none yet, nothing."""
    if since is None:
        return None
    found: dict[SheetKey, str] = {}
    for floor in signs.floors:
        number = min(since, floor.designation.number)
        if number >= 1:
            then = designated_signs(books, facility, floor.floor.id, number, WALL_OPTIONS)
            found |= {(floor.floor.id, sheet): facts for sheet, facts in sheet_facts(then).items()}
    return found


def _nothing(signs: FacilitySigns, choice: PackChoice) -> str:
    if not signs.floors:
        return (
            f"No floor of {signs.facility.name} is designated, so there is nothing to print. "
            "Open its plans, finish a floor and designate it."
        )
    if choice.since is not None or choice.needed:
        return (
            "No sheet that you chose has to be printed: what hangs says what it should. Choose all sheets to see them."
        )
    return "No sheet is of the floors, departments and kinds that you chose. Choose more of them."


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
