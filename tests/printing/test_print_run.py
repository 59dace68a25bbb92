"""A print run: parts set in other processes, joined into one tagged PDF, piece by piece."""

from __future__ import annotations

import io
from itertools import count

import pdfua
import pikepdf
import pytest

from tests.printing.test_typst_page import book, schedule, sign, words_of
from zonemap.drawing.marks import shut_door
from zonemap.errors import Invalid
from zonemap.printing import typst_page
from zonemap.printing.print_run import FIRST_PART, print_run

SHEETS = FIRST_PART + 4


def sheets(number: int = SHEETS):
    """Door signs with a name that holds what a PDF writes itself, and a table in each part."""
    for door in range(number):
        foot = [[f"Door {door}: 100 % (of 1 0 R)", ""], ["", ""]]
        yield sign(title=f"Door {door}", foot=foot), {"shut-door": shut_door()}
        if door in (3, number - 1):
            yield schedule(f"Room {door}"), {}


@pytest.fixture(scope="module")
def made() -> bytes:
    return b"".join(print_run("Signs", "Larkspur Clinic", sheets(), workers=2))


def test_a_run_gives_the_same_bytes_with_one_worker_as_with_two(made):
    assert b"".join(print_run("Signs", "Larkspur Clinic", sheets(), workers=1)) == made


def test_every_sheet_is_there_in_order_with_its_bookmark(made):
    with pikepdf.open(io.BytesIO(made)) as document, document.open_outline() as outline:
        titles = [str(each.title) for each in outline.root]

        assert not document.check_pdf_syntax()
        assert len(document.pages) == len(titles) == SHEETS + 2
    wanted = [f"Door {door}" for door in range(SHEETS)]
    assert [title for title in titles if not title.startswith("Schedule")] == wanted
    assert "Door 17: 100 % (of 1 0 R)" in words_of(made, 18)


def test_the_joined_tags_are_one_tree_and_a_checker_finds_nothing(made, tmp_path):
    path = tmp_path / "run.pdf"
    path.write_bytes(made)
    with pikepdf.open(path) as document:
        keys = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
        names = pikepdf.NameTree(document.Root.StructTreeRoot.IDTree)

        assert len(document.Root.StructTreeRoot.K) == 1
        assert all(int(page.obj.StructParents) in keys for page in document.pages)
        assert all(bytes(element.ID).decode() == name for name, element in names.items())
        assert len(names) == 26  # the header cells of two schedules
    assert not list(pdfua.validate(str(path)).findings)


def test_a_run_of_one_part_reads_like_the_book_that_is_set_at_once():
    once = typst_page.pdf(*book(sign(), title="Signs"))
    run = b"".join(print_run("Signs", "Larkspur Clinic", [(sign(), {"shut-door": shut_door()})], workers=1))

    assert words_of(run) == words_of(once)
    with pikepdf.open(io.BytesIO(run)) as ours, pikepdf.open(io.BytesIO(once)) as theirs:
        assert ours.docinfo["/Title"] == theirs.docinfo["/Title"] == "Signs"
        assert ours.open_metadata().get("pdfuaid:part") == "1"


def test_a_closed_run_reads_no_further_sheets():
    asked = count()

    def endless():
        while True:
            next(asked)
            yield sign(), {"shut-door": shut_door()}

    run = print_run("Signs", "Larkspur Clinic", endless(), workers=1)
    next(run)
    run.close()

    assert next(asked) < 300


def test_a_cancelled_run_ends_and_tells_how_far_it_came():
    done: list[int] = []
    run = print_run(
        "Signs", "Larkspur Clinic", sheets(), on_progress=done.append, cancelled=lambda: bool(done), workers=1
    )

    assert len(list(run)) == 1
    assert done == [FIRST_PART]


def test_a_mistake_in_a_sheet_comes_back_from_the_worker_as_our_error():
    with pytest.raises(Invalid, match="could not be set"):
        list(print_run("Signs", "Larkspur Clinic", [(sign(headline_mm="tall"), {})], workers=1))
