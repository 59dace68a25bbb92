from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.room_list import join, normal, read, told
from zonemap.model.draft import DraftRoom
from zonemap.model.listed import ListedRoom

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    book, out = openpyxl.Workbook(), BytesIO()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def room(id_: str, number: str = "", wide: float = 4, high: float = 3) -> DraftRoom:
    return DraftRoom(id_, ((0, 0), (wide, 0), (wide, high), (0, high)), number=number)


# --- CSV -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Number,Name,Department,Function\n101,Exam room,Family medicine,13-51 11\n",
        "Room No.;Room Name;Dept.;OmniClass\r\n101;Exam room;Family medicine;13-51 11\r\n",
        "Raumnummer\tBezeichnung\tAbteilung\tNutzung\n101\tExam room\tFamily medicine\t13-51 11\n",
        'Rooms,,,\n,,,\nROOM #,DESCRIPTION,Département,Category\n"101","Exam room","Family medicine","13-51 11"\n',
        "sep=|\nspace_number|long name|zone|type\n101|Exam room|Family medicine|13-51 11\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_is_read_however_its_columns_are_called_and_cut(text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == (
        ListedRoom("101", "Exam room", department="Family medicine", category="13-51 11"),
    )


def test_what_windows_writes_in_the_west_is_read() -> None:
    (row,) = read("Nr;Name\n1;Büro – Süd\n".encode("cp1252"))

    assert row.name == "Büro – Süd"


@pytest.mark.parametrize(
    ("heading", "value", "area"),
    [("Area", "12.5 m²", 12.5), ("Fläche m2", "1.234,5", 1234.5), ("NSF", "1,000", 92.903), ("Area", "?", None)],
)
def test_areas_are_read_in_their_units(heading: str, value: str, area: float | None) -> None:
    (row,) = read(f"Number;{heading}\n1;{value}\n".encode())

    assert row.area == area


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"a,b\n1,2\n", Invalid, "number, name, department and function"),
        (b"number,name\n,\n", Invalid, "no room in this list"),
        (b"number,name\n" + b"1,a\n" * 50_001, TooLarge, "50,000 rows"),
        (b"number,name\n" + b'1,"' + b"x" * 200_000 + b'"\n', Invalid, "as CSV"),
        (b"%PDF-1.7", Invalid, "no list of rooms"),
    ],
)
def test_a_list_that_is_none_gets_a_sentence(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read(data)


# --- workbooks -------------------------------------------------------------------------------------------------------


def test_the_first_sheet_with_a_header_is_read() -> None:
    data = workbook(
        {"Cover": [["Our clinic"]], "Rooms": [["Room", "Name"], [101, "Exam"], [None, None], ["102.0", "Lab"]]}
    )

    assert [(row.number, row.name) for row in read(data)] == [("101", "Exam"), ("102.0", "Lab")]


def test_a_cobie_workbook_gives_departments_doors_and_boxes_in_metres() -> None:
    data = workbook(
        {
            "Floor": [["Name"], ["Ground"]],
            "Space": [
                ["Name", "Category", "FloorName", "Description", "NetArea"],
                ["101", "13-51 11: Exam", "Ground", "EXAM", 12.0],
                ["Site", "n/a", "Site", "Site", "n/a"],
            ],
            "Zone": [
                ["Name", "Category", "SpaceNames"],
                ["Smoke 1", "Fire Alarm Zone", "101"],
                ["Clinic", "Occupancy Zone", "101, 102"],
            ],
            "Component": [["Name", "TypeName", "Space"], ["Door 7", "Door Type A", "101, C1"], ["Sink", "Sink", "101"]],
            "Coordinate": [
                ["Category", "SheetName", "RowName", "CoordinateXAxis", "CoordinateYAxis"],
                ["box-lowerleft", "Space", "101", 1000, 1000],
                ["box-upperright", "Space", "101", 5000, 4000],
            ],
        }
    )

    assert read(data) == (
        ListedRoom("101", "EXAM", "Clinic", "13-51 11: Exam", "Ground", area=12.0, size=(4.0, 3.0), doors=("Door 7",)),
    )


def bomb() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", bytes(151_000_000))
    return out.getvalue()


def meddled(change: Callable[[bytes], bytes]) -> bytes:
    """A workbook whose sheet is not what a program would write."""
    good, out = workbook({"Rooms": [["Number", "Name"], ["1", "a"], ["2", "b"]]}), BytesIO()
    with ZipFile(BytesIO(good)) as old, ZipFile(out, "w") as new:
        for entry in old.namelist():
            text = old.read(entry)
            new.writestr(entry, change(text) if entry == "xl/worksheets/sheet1.xml" else text)
    return out.getvalue()


def entities() -> bytes:
    return meddled(lambda sheet: b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + sheet)


def far(place: bytes) -> bytes:
    return meddled(lambda sheet: sheet.replace(b'r="B3"', place))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (bomb(), TooLarge, "150 MB"),
        (entities(), Invalid, "could not be read"),
        (far(b'r="XFD1048576"'), TooLarge, "far away from the list, at XFD1048576 or before it. Delete"),
        (far(b"r = 'xfd999999999999999999999'"), TooLarge, "far away from the list"),
        (b"PK\3\4 xl/workbook.xml", Invalid, "could not be read"),
        (workbook({"Rooms": [["a", "b"], [1, 2]]}), Invalid, "number, name, department and function"),
    ],
    ids=["a bomb", "entities", "a stray cell", "a place that no sheet has", "no archive", "no header"],
)
def test_a_hostile_workbook_gets_a_sentence(data: bytes, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        read(data)


# --- joined to a floor -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["1A01", "1a01", "Rm. 1-A01", "room 1A-01", " 1A 01 "])
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    assert normal(number) == "1a01"


def test_rows_find_their_rooms_by_number_and_leave_what_they_do_not_know() -> None:
    rows = (ListedRoom("Rm 101", "Exam", "Clinic"), ListedRoom("0102", category="13-51"), ListedRoom("109"))
    rooms = [room("a", "101"), room("b", "102"), room("c", "103")]

    joined = join(rooms, rows)

    assert [(match.room_id, match.listed) for match in joined.matched] == [("a", rows[0]), ("b", rows[1])]
    assert (joined.unmatched_rooms, joined.unmatched_listed) == (("c",), (rows[2],))
    named = told(DraftRoom("a", (), number="101", name="Old", category="x"), rows[0])
    assert (named.number, named.name, named.department, named.category) == ("101", "Exam", "Clinic", "x")


def test_a_list_of_several_floors_is_joined_by_the_floor_that_fits() -> None:
    rows = (
        ListedRoom("101", "Exam", floor="First"),
        ListedRoom("102", "Lab", floor="First"),
        ListedRoom("101", "Store", floor="Annex"),
    )

    by_numbers = join([room("a", "101"), room("b", "102")], rows)
    by_name = join([room("a", "101"), room("b", "102")], rows, "annex")

    assert [match.listed.name for match in by_numbers.matched] == ["Exam", "Lab"]
    assert by_numbers.elsewhere == 1
    assert [match.listed.name for match in by_name.matched] == ["Store"]


def test_a_number_that_two_rows_have_is_joined_to_neither() -> None:
    joined = join([room("a", "101")], (ListedRoom("101", "Exam"), ListedRoom("101", "Store")))

    assert (joined.matched, joined.unmatched_rooms) == ((), ("a",))


def test_rooms_without_a_number_get_a_suggestion_by_size_only_where_nothing_else_comes_near() -> None:
    rows = (
        ListedRoom("101", area=12.1, size=(4.05, 3.0)),
        ListedRoom("102", area=30.0),
        ListedRoom("103", area=32.0),
    )

    joined = join([room("turned", wide=3, high=4), room("either", wide=10, high=3)], rows)

    assert [(match.room_id, match.listed.number, match.sure) for match in joined.suggested] == [
        ("turned", "101", False)
    ]
    assert joined.unmatched_rooms == ("turned", "either")  # a suggestion is not a match until somebody accepts it
