"""What fuzzing has found, each as a small file or value that is made here: it is read, or refused with a sentence."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest
from pyrage.x25519 import Identity
from werkzeug.datastructures import MultiDict

from hostile import seeds
from hostile.seeds import DEGREE, OFFICE, collection, feature, imdf_files, polygon, zipped
from zonemap.errors import Invalid, TooLarge, ZonemapError
from zonemap.intake import guard
from zonemap.intake.dxf import read_linework as read_dxf_lines
from zonemap.intake.jobs import sheet_or_pages
from zonemap.intake.lists.workbook import read_workbook
from zonemap.intake.sheet import Floors, Pages
from zonemap.intake.sheet_frames import packed_result, result_from
from zonemap.intake.svg_lines import read_linework
from zonemap.model.change import change_from
from zonemap.model.floor_document import floor_from
from zonemap.rules.pack import packs
from zonemap.settings import settings_from
from zonemap.storage.backup_rows import sound
from zonemap.storage.sealed import unseal
from zonemap.web.desk_form import carried, sent
from zonemap.work.desk_turns import turned

TOO_LONG = 10**400  # a whole number that no float holds; JSON may have one


def floors(data: bytes) -> Floors:
    """What comes out of a model, by way of what the child hands to the parent."""
    found = result_from(packed_result(sheet_or_pages(data, None)))
    assert isinstance(found, Floors)
    return found


# --- the desk ----------------------------------------------------------------------------------------------------


def test_going_back_from_a_paper_takes_along_whatever_a_form_said_of_it() -> None:
    pack = next(iter(packs().values()))
    found = sent(MultiDict([("further", "1"), ("paper2-signer_label", "none"), ("do", "back")]))

    answers = turned(pack, found.answers, found.deed, found.about)

    assert (answers.further, answers.given) == (0, {})
    assert sent(MultiDict(list(carried(answers)))).answers.given == answers.given


# --- models ------------------------------------------------------------------------------------------------------


def test_a_building_of_relations_alone_is_read() -> None:
    (floor, *_) = floors(seeds.osms()[1]).floors
    assert [room.number for room in floor.draft.rooms] == ["101"]


def test_rooms_whose_nodes_are_missing_get_a_sentence() -> None:
    data = seeds.osms()[1].replace(b"lon=", b"east=")
    with pytest.raises(Invalid, match="their nodes are missing"):
        sheet_or_pages(data, None)


@pytest.mark.parametrize("level", ["1e999", "nan", "-inf"])
def test_a_floor_without_a_finite_number_is_a_floor_of_that_name(level: str) -> None:
    (floor,) = floors(seeds.as_json(collection(feature("a", polygon(OFFICE), number="1", level=level)))).floors
    assert floor.draft.name == level


@pytest.mark.parametrize("kind", ["geojson", "imdf"])
def test_a_model_whose_only_room_has_no_area_gets_a_sentence(kind: str) -> None:
    line = [[0, 0], [4 / DEGREE, 0], [2 / DEGREE, 0]]
    room = feature("a", polygon(line), number="1", level_id="l0", name={"en": "1"})
    files = {**imdf_files(), "unit.geojson": collection(room)}
    with pytest.raises(Invalid, match="no room in this file"):
        sheet_or_pages(zipped(files) if kind == "imdf" else seeds.as_json(collection(room)), None)


def test_an_export_of_floors_without_a_plan_gets_a_sentence() -> None:
    own = json.loads(seeds.geojsons()[2])
    own["floors"][0]["floor"]["picture"] = None
    with pytest.raises(Invalid, match="has a plan and a scale"):
        sheet_or_pages(seeds.as_json(own), None)


def test_a_building_of_too_many_floors_is_told_how_many_there_may_be() -> None:
    rooms = [feature(str(level), polygon(OFFICE), number="1", level=level) for level in range(201)]
    with pytest.raises(TooLarge, match="201 floors; the most is 200"):
        sheet_or_pages(seeds.as_json(collection(*rooms)), None)


TWICE = b"#23=IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,#16);\n#22="  # a number that two things have


@pytest.mark.parametrize(("inside", "other"), [(b"#22=", TWICE), (b"#10,(#22)", b"#17,(#22)"), (b"(#19)", b"(#22)")])
def test_a_building_model_whose_numbers_lead_elsewhere_gets_a_sentence(inside: bytes, other: bytes) -> None:
    pytest.importorskip("ifcopenshell", reason="the extra zonemap[ifc] is not installed")
    with pytest.raises(Invalid, match=r"could not be read|no room"):
        guard.read(seeds.ifcs()[0].replace(inside, other))


def test_two_openings_of_one_id_are_two_doors() -> None:
    files = imdf_files()
    files["opening.geojson"]["features"] *= 2
    (floor,) = floors(zipped(files)).floors
    assert len({door.id for door in floor.draft.doors}) == 2


def test_doors_whose_ids_look_like_those_that_are_given_are_told_apart() -> None:
    jambs = {"type": "LineString", "coordinates": [[1, 3], [2, 3]]}
    doors = [feature(id_, jambs, kind="door") for id_ in ("d", "d", "d~2")]
    room = feature("a", polygon(OFFICE), number="1")
    (floor,) = floors(seeds.as_json(collection(room, *doors, units="m"))).floors
    assert len({door.id for door in floor.draft.doors}) == 3


# --- drawings and lists ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "M0 0A1e-308 5 0 0 1 9 9",
        "M0 0A5 6 nan 1 0 9 9L1e308 1e308A1e308 1 0 1 0 -1e308 5",
        "M0 0C1e308 0 0 1e300 9 9",
        "M5 5H9V8H:0Z",
    ],
)
def test_a_path_beyond_all_numbers_costs_its_own_line_only(path: str) -> None:
    wall = '<path d="M10 10H390V290" stroke="black" fill="none"/>'
    data = seeds.svg(f'{wall}<g transform="scale(1e-6)"><path d="{path}" stroke="black" fill="none"/></g>')
    assert ((10.0, 10.0), (390.0, 10.0), (390.0, 290.0)) in {stroke.points for stroke in read_linework(data).strokes}


def test_a_curve_beyond_all_plans_costs_no_time_and_itself_alone() -> None:
    far = "0 ELLIPSE|100 AcDbEntity|8 0|100 AcDbEllipse|10 0|20 0|11 1e300|21 0|40 0.5|41 0|42 3"
    linework = read_dxf_lines(seeds.dxf(seeds.LINE, far, before=seeds.HEADER))
    assert [stroke.layer for stroke in linework.strokes] == ["A-WALL"]


def test_a_hatch_whose_edges_stand_where_none_should_gets_a_sentence() -> None:
    hatch = "0 HATCH|100 AcDbEntity|8 0|100 AcDbHatch|10 0|20 0|30 0|2 SOLID|70 1|91 256|10 0|20 0|92 1|93 3"
    with pytest.raises(Invalid, match="damaged"):
        read_dxf_lines(seeds.dxf(seeds.LINE, hatch, before=seeds.HEADER))


def test_a_drawing_that_resvg_gives_up_on_gets_a_sentence() -> None:
    data = seeds.svg('<polygon points="0,-2147483648 5,5 0,9"/>', size='width="200mm" height="150mm"')
    with pytest.raises(Invalid, match="could not be drawn"):
        sheet_or_pages(data, None)


@pytest.mark.parametrize("size", ['width="1e-308mm" height="1e-308mm"', 'viewBox="0 0 1e-300 5e-324"'])
def test_a_drawing_of_hardly_any_size_gets_a_sentence(size: str) -> None:
    with pytest.raises(Invalid, match="does not say how large"):
        sheet_or_pages(seeds.svg("", size=size), None)


def test_a_page_of_no_size_among_others_is_shown_without_a_picture(tmp_path: Path) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(seeds.pdf(pages=2))) as document:
        document.pages[1].obj.CropBox = pikepdf.Array([10, 10, 150, 150])
        document.pages[1].obj.MediaBox = pikepdf.Array([0, 0, 220, 4])
        document.save(tmp_path / "two.pdf")
    found = result_from(packed_result(sheet_or_pages((tmp_path / "two.pdf").read_bytes(), None)))
    assert isinstance(found, Pages)
    assert [page.thumbnail is None for page in found.pages] == [False, True]


def test_a_workbook_whose_xml_breaks_off_gets_a_sentence() -> None:
    import zipfile

    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seeds.xlsxs()[0])) as whole, zipfile.ZipFile(broken, "w") as out:
        for name in whole.namelist():
            out.writestr(name, whole.read(name)[: 500 if name == "xl/workbook.xml" else None])
    with pytest.raises(Invalid, match="save it again"):
        read_workbook(broken.getvalue())


# --- values of the editor ------------------------------------------------------------------------------------------


def floor_with(**changes: Any) -> dict[str, Any]:
    return {**seeds.small_floor(), **changes}


@pytest.mark.parametrize(
    "change",
    [
        {"put": "room", "value": {"id": "a", "ring": [[TOO_LONG, 0], [1, 0], [1, 1]]}},
        {"put": "door", "value": {"id": "a", "jambs": [[0, TOO_LONG], [1, 1]], "rooms": ["b", None]}},
        {"put": "spot", "value": {"at": [0, TOO_LONG]}},
        {
            "put": "room",
            "value": {
                "id": "a",
                "ring": [[0, 0], [1, 0], [1, 1]],
                "hours": [{"days": [float("inf")], "start": 0, "end": 1, "what": "public"}],
            },
        },
    ],
)
def test_a_change_with_numbers_that_are_none_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        change_from(json.loads(json.dumps(change)))


@pytest.mark.parametrize(
    "floor",
    [
        floor_with(level=float("inf")),
        floor_with(north=TOO_LONG),
        floor_with(scale={"metres_per_pixel": TOO_LONG}),
        floor_with(picture={"id": "p", "width_px": float("inf"), "height_px": 1}),
    ],
)
def test_a_floor_with_numbers_that_are_none_is_refused(floor: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        floor_from(json.loads(json.dumps(floor)))


@pytest.mark.parametrize("way", ["draft", "trace", "trace/at", "trace/labels"])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"version": 1, "darkness": 1' + b"0" * 400 + b', "changes": [{"put": "spot", "value": {"at": [0, 1'
        + b"0" * 400
        + b']}}], "point": [1, NaN], "rooms": [{"id": "a", "ring": [[Infinity, 1' + b"0" * 400 + b"]]}]}",
    ],
)  # fmt: skip
def test_what_no_editor_sends_gets_a_sentence_and_no_error_page(sign_in, stored_floor, way: str, body: bytes) -> None:
    page = sign_in("manager")
    sent = {"X-CSRF-Token": page.token, "Content-Type": "application/json"}
    answer = page.client.post(f"/floors/{stored_floor.id}/{way}", data=body, headers=sent)
    assert answer.status_code == 400, answer.text
    assert answer.get_json()["error"].endswith(".")


# --- settings and backups ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given", [{"PORT": "²"}, {"PORT": "9" * 5000}, {"DATA": "~nobody-at-all/x"}, {"BACKUP_FOLDER": "~\0"}]
)
def test_a_setting_that_is_none_names_its_variable(given: dict[str, str]) -> None:
    ((name, text),) = given.items()
    with pytest.raises(Invalid, match=f"ZONEMAP_{name} must be"):
        settings_from({f"ZONEMAP_{name}": text})


def sealed(folder: Path, mode: str = "w", **pieces: bytes | tarfile.TarInfo) -> tuple[Path, Identity]:
    """A backup of these pieces: bytes, or what a tar may say instead of any."""
    identity, out = Identity.generate(), io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as box:  # type: ignore[call-overload]
        for name, piece in pieces.items():
            info = piece if isinstance(piece, tarfile.TarInfo) else tarfile.TarInfo()
            info.name = {"manifest": "manifest.json", "database": "zonemap.db"}[name]
            info.size = info.size or (len(piece) if isinstance(piece, bytes) else 0)
            box.addfile(info, io.BytesIO(piece) if isinstance(piece, bytes) else None)
    file = folder / "made.zonemap.age"
    file.write_bytes(pyrage.encrypt(out.getvalue(), [identity.to_public()]))
    return file, identity


def manifest(**more: Any) -> bytes:
    said = {
        "made_at": "2026-01-01",
        "version": "1",
        "revision": "r0001",
        "rows": 1,
        "size": 0,
        "digest": "",
        "format": 1,
    }
    return json.dumps({**said, **more}).encode()


def holes() -> tarfile.TarInfo:
    """A database of a petabyte of nothing, in a few bytes."""
    info = tarfile.TarInfo()
    said = {"major": "0", "minor": "1", "map": "0,0", "size": "1" + "0" * 15}
    info.pax_headers = {f"GNU.sparse.{name}": value for name, value in said.items()}
    return info


@pytest.mark.parametrize(
    "pieces",
    [
        {"manifest": b"[1]", "database": b""},
        {"manifest": b"[" * 90_000, "database": b""},
        {"manifest": manifest(revision=7), "database": b""},
        {"manifest": manifest(made_at=None), "database": b""},
        {"manifest": manifest(more="x" * 200_000), "database": b""},
        {"manifest": manifest(), "database": holes()},
        {"manifest": manifest()},
    ],
)
def test_whatever_was_sealed_for_a_key_a_backup_that_is_none_gets_a_sentence(
    tmp_path: Path, pieces: dict[str, Any]
) -> None:
    file, identity = sealed(tmp_path, **pieces)
    (tmp_path / "out").mkdir()
    with pytest.raises(Invalid, match="damaged"):
        unseal(file, [identity], tmp_path / "out")
    assert sum(each.stat().st_size for each in (tmp_path / "out").iterdir()) < 1000


def test_a_backup_that_would_unpack_to_more_is_not_unpacked(tmp_path: Path) -> None:
    file, identity = sealed(tmp_path, "w:gz", manifest=manifest(), database=bytes(50_000_000))
    assert file.stat().st_size < 100_000
    (tmp_path / "out").mkdir()
    with pytest.raises(ZonemapError, match="damaged"):
        unseal(file, [identity], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_database_that_is_none_is_not_whole(tmp_path: Path) -> None:
    (tmp_path / "zonemap.db").write_bytes(b"This is no database. " * 200)
    assert sound(tmp_path) is False
