"""The command line, run as people and programs run it: another process, its output, its exit status."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import COMMAND, Run
from tests.journeys.server import share_tables
from zonemap.model.facility import Facility
from zonemap.model.plan import Floor
from zonemap.model.visit import VisitRule
from zonemap.settings import Settings
from zonemap.storage.store import Store

COMMANDS = ("serve", "assess", "print", "check", "doctor", "export", "import", "trace", "rules", "version")
COMMANDS += ("jobs", "export-desk", "purge", "binder", "backup-key", "backup", "restore", "encrypt")


# --- what can be typed -------------------------------------------------------------------------------------------


def test_help_lists_every_command(run: Run) -> None:
    said = run("--help").stdout

    assert all(re.search(rf"^ +{name}\s", said, re.MULTILINE) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run: Run, name: str) -> None:
    assert run(name, "--help").stdout.startswith(f"usage: zonemap {name}")


def test_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"zonemap \d+\.\d+\.\d+\n", run("version").stdout)


@pytest.mark.parametrize("arguments", [(), ("draw",), ("print", "Larkspur Clinic"), ("serve", "--port", "70000")])
def test_what_cannot_be_understood_ends_with_2_and_a_word_of_why(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 2
    assert "usage: zonemap" in done.stderr
    assert done.stdout == ""


def test_an_unknown_setting_stops_every_command_that_opens_the_data(
    environment: Mapping[str, str], tmp_path: Path
) -> None:
    wrong = {**environment, "ZONEMAP_PROT": "8001"}

    done = subprocess.run(
        [*COMMAND, "export", "x", "--out", "x"], env=wrong, cwd=tmp_path, capture_output=True, text=True
    )

    assert done.returncode == 2
    assert done.stderr.startswith("ZONEMAP_PROT is not a setting of zonemap.")


def test_the_desk_is_written_as_files_under_a_strict_policy(
    run: Run, designated: Facility, settings: Settings, tmp_path: Path
) -> None:
    share_tables(settings.data)

    done = run("export-desk", "Larkspur Clinic", "--out", "desk")

    assert done.returncode == 0, done.stderr
    assert {tmp_path / line for line in done.stdout.splitlines()} == {
        path for path in (tmp_path / "desk").rglob("*") if path.is_file()
    }
    page = (tmp_path / "desk" / "index.html").read_text()
    assert "default-src &#39;none&#39;" in page
    assert "unsafe" not in page
    assert designated.address in (tmp_path / "desk" / "desk-data.js").read_text()
    assert "Ana Ruiz" not in (tmp_path / "desk" / "desk-data.js").read_text()


# --- print and export --------------------------------------------------------------------------------------------


def test_print_writes_every_sheet_and_names_the_files(run: Run, designated: Facility, tmp_path: Path) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs", "--lang", "en")

    assert done.returncode == 0, done.stderr
    named = {tmp_path / line for line in done.stdout.splitlines()}
    assert named == set((tmp_path / "signs").iterdir())
    assert {path.suffix for path in named} == {".pdf", ".svg"}


def test_print_sets_signs_the_way_that_is_asked_for(run: Run, designated: Facility, tmp_path: Path) -> None:
    way = ("--orientation", "landscape", "--per-sheet", "2", "--read-from", "40", "--format", "png", "--dpi", "72")
    done = run("print", "Larkspur Clinic", "--out", "signs", "--lang", "en", *way)

    assert done.returncode == 0, done.stderr
    assert "To be read from 40 ft" in done.stderr
    sign = next(path for path in sorted((tmp_path / "signs").iterdir()) if "door" in path.name)
    with Image.open(sign) as picture:  # two signs that lie, one above the other, on an upright sheet
        assert picture.size == (612, 792)
        assert [round(each) for each in picture.info["dpi"]] == [72, 72]


def test_print_makes_a_poster_of_several_pages(run: Run, designated: Facility, tmp_path: Path) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs", "--lang", "en", "--poster", "2", "--format", "svg")

    assert done.returncode == 0, done.stderr
    doors = [path for path in (tmp_path / "signs").iterdir() if "door" in path.name]
    assert len(doors) == 4 * len({path.name.partition("-designation")[0] for path in doors})


def test_print_without_a_designation_says_what_to_do(run: Run, stored_floor: Floor, tmp_path: Path) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs")

    assert done.returncode == 2
    assert "designate it" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "signs").exists()


@pytest.mark.parametrize("arguments", [("--paper", "napkin"), ("--lang", "en,tlh")])
def test_print_refuses_a_paper_or_language_that_we_do_not_have(
    run: Run, designated: Facility, arguments: tuple[str, str]
) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs", *arguments)

    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_print_writes_what_is_chosen_in_the_order_of_the_walk_with_its_list(
    run: Run, designated: Facility, tmp_path: Path
) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs", "--lang", "en", "--kind", "notice", "--changed-since", "0")

    assert done.returncode == 0, done.stderr
    names = [Path(line).name for line in done.stdout.splitlines()]
    assert re.fullmatch(r"signs-[0-9a-f]{8}\.pdf", names[0])
    assert names[1:3] == ["000-list-and-maps.pdf", "000-list.csv"]
    assert [name[:4] for name in names[3:]] == [f"{step:03}-" for step in range(1, len(names) - 2)]
    assert all("entrance" in name for name in names[3:])


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--kind", "danger"), "Choose from"),
        (("--changed-since", "1"), "has to be printed"),
        (("--kind", "notice", "--format", "png"), "written as PDF"),
        (("--orientation", "slanted"), "portrait or landscape"),
        (("--poster", "2", "--per-sheet", "2"), "one sign on a sheet"),
        (("--lang", "en", "--format", "gif"), "pdf"),
        (("--lang", "en", "--format", "png", "--dpi", "9"), "dots"),
    ],
)
def test_print_says_why_nothing_is_printed(
    run: Run, designated: Facility, arguments: tuple[str, str], word: str
) -> None:
    done = run("print", "Larkspur Clinic", "--out", "signs", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert word in done.stderr


def test_export_writes_rooms_and_doors_of_each_floor(run: Run, stored_floor: Floor, tmp_path: Path) -> None:
    done = run("export", "Larkspur Clinic", "--out", "clinic.json")

    assert done.stdout == "clinic.json\n", done.stderr
    (floor,) = json.loads((tmp_path / "clinic.json").read_text(encoding="utf-8"))["floors"]
    kinds = [feature["properties"]["kind"] for feature in floor["features"]]
    assert kinds == ["room"] * 3 + ["door"] * 3


@pytest.mark.parametrize("reference", ["larkspur clinic", "fac0" * 8])
def test_a_facility_goes_by_its_name_in_any_case_or_by_its_id(
    run: Run, stored_facility: Facility, reference: str
) -> None:
    assert run("export", reference, "--out", "clinic.json").returncode == 0


def test_check_tells_what_is_left_as_json_lines_and_by_its_status(run: Run, stored_floor: Floor) -> None:
    done = run("check", "Larkspur Clinic")
    lacks = [json.loads(line) for line in done.stdout.splitlines()]

    assert done.returncode == 1
    assert {lack["floor"]["id"] for lack in lacks} == {stored_floor.id}
    assert all({"kind", "level", "place", "message", "why", "fix", "source"} <= lack.keys() for lack in lacks)


def test_doctor_proves_the_record_and_names_what_was_meddled_with(run: Run, designated: Facility, store: Store) -> None:
    whole = run("doctor")
    assert whole.returncode == 0
    assert "the record is whole, 1 entry, head 1:" in whole.stdout
    with store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER designation_no_UPDATE")
        connection.exec_driver_sql("UPDATE designation SET document = '{}'")
    meddled = run("doctor", designated.name)

    assert meddled.returncode == 1
    assert "Designation 1 is not what entry 1 recorded." in meddled.stdout


def test_purge_says_for_each_facility_what_it_took_away(run: Run, stored_facility: Facility, store: Store) -> None:
    kept = run("purge")
    with store.begin() as books:
        books.visits.set_rule(VisitRule(stored_facility.id, 12, "letter of counsel", "Ana"))
    held = run("purge", stored_facility.name)

    assert "kept for good" in kept.stdout
    assert "a legal hold is on (letter of counsel)" in held.stdout


@pytest.mark.parametrize("command", ["print", "export"])
def test_a_facility_that_is_not_there_is_told_in_one_sentence(run: Run, store: Store, command: str) -> None:
    done = run(command, "Nowhere", "--out", "out")

    assert (done.returncode, done.stdout) == (2, "")
    assert "Nowhere" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_two_facilities_of_one_name_are_not_guessed_between(run: Run, store: Store, stored_facility: Facility) -> None:
    from dataclasses import replace

    with store.begin() as books:
        books.facilities.add(replace(stored_facility, id="b" * 32))

    done = run("export", "Larkspur Clinic", "--out", "clinic.json")

    assert done.returncode == 2
    assert "2 facilities" in done.stderr
