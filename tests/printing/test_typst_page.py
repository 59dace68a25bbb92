"""The one door to Typst: the same bytes, any name, no letter without a glyph."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from threading import Thread

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from zonemap.drawing.marks import shut_door
from zonemap.errors import Invalid
from zonemap.printing import typst_page

FOOT = [["Door 7: 1D24 Records", "Designation 3 of Nov 2, 2026"], ["Larkspur Clinic", "First floor"]]
WORDS = {
    "language": "en",
    "direction": "ltr",
    "headline": "PRIVATE AREA",
    "sentence": "Patients and authorized staff only.",
    "second": "No entry without permission.",
    "officers": "",
    "hours": "",
}


def sign(**more):
    page = {"kind": "sign", "title": "Door 7", "width": 215.9, "height": 279.4, "margin": 10}
    return page | {"headline_mm": 29, "sentence_mm": 16, "words": [WORDS], "citation": "", "foot": FOOT} | more


def schedule(name, **more):
    row = {"number": "7", "to": name, "from": name, "class": "P Private", "sheet": name}
    page = {
        "kind": "schedule",
        "title": f"Schedule, {name}",
        "heading": name,
        "place": name,
        "signs": [row],
        "notices": [row],
        "places": [row],
    }
    return page | {"width": 215.9, "height": 279.4, "margin": 10, "foot": [[name, name], [name, name]]} | more


def book(*sheets, title="Signs"):
    """A book and its pictures."""
    return {"title": title, "author": "Larkspur Clinic", "sheets": list(sheets)}, {"shut-door": shut_door()}


def words_of(pdf: bytes, page: int = 0) -> str:
    with_pages = PdfDocument(pdf)
    try:
        return with_pages[page].get_textpage().get_text_bounded()
    finally:
        with_pages.close()


def test_the_same_sheet_gives_the_same_bytes_in_this_process_and_in_another():
    program = (
        "import sys, hashlib; sys.path.insert(0, '.');"
        "from tests.printing.test_typst_page import book, sign; from zonemap.printing import typst_page;"
        "print(hashlib.sha256(typst_page.pdf(*book(sign()))).hexdigest())"
    )
    elsewhere = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    first, second = typst_page.pdf(*book(sign())), typst_page.pdf(*book(sign()))

    assert first == second
    assert elsewhere.stdout.strip() == hashlib.sha256(first).hexdigest()
    assert typst_page.svg(*book(sign())) == typst_page.svg(*book(sign()))


def test_a_control_character_is_taken_out_and_a_break_becomes_a_space():
    assert typst_page.printable("Exam\x00\x1b 4\n\u202eroom\ud800\ue000") == "Exam 4 room"


def test_letters_that_join_keep_their_joiners():
    assert typst_page.printable("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    "name", ["检查室", "診察室", "진료실", "منطقة خاصة", "कमरा", "חדר", "Кабинет", "ห้อง", "Phòng khám"]
)
def test_a_name_in_any_script_of_the_neighbourhood_comes_back_from_the_pdf(name):
    made = typst_page.pdf(*book(sign(foot=[[f"Door 7: {name}", ""], ["", ""]])))

    assert "\ufffd" not in words_of(made)
    assert set(name) - set(" ") <= set(words_of(made)) | set("\u0e49")


def test_a_letter_that_no_font_holds_is_replaced_and_the_rest_stands():
    text = words_of(typst_page.pdf(*book(sign(foot=[["Door 7: Exam \U00012000 four", ""], ["", ""]]))))

    assert "Exam" in text
    assert "four" in text


def test_a_mistake_in_a_sheet_is_one_of_our_errors():
    with pytest.raises(Invalid, match="could not be set"):
        typst_page.pdf(*book(sign(headline_mm="tall")))
    with pytest.raises(Invalid, match="could not be set"):
        typst_page.svg(*book(sign(headline_mm="tall")))


def test_two_threads_get_each_their_own_sheet():
    made: dict[str, bytes] = {}

    def make(number: str) -> None:
        made[number] = typst_page.pdf(*book(sign(foot=[[f"Door {number}", ""], ["", ""]])))

    threads = [Thread(target=make, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert all(f"Door {number}" in words_of(made[number]) for number in made)
    assert len(made) == 8


def test_a_png_has_the_pixels_asked_for():
    (picture,) = typst_page.png(*book(sign()), ppi=20)

    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == round(8.5 * 20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1, max_size=120))
@example("W" * 400)
@example("Extraordinarily long department of comprehensive outpatient coordination " * 6)
@example("a\u0941\u0301 \U0001f3fb\u200d")
@example('"\\#]$*_`<label>@ref')
def test_any_name_is_set_on_one_page_and_nothing_leaves_it(name):
    made = typst_page.pdf(*book(sign(foot=[[name, name], [name, name]]), schedule(name), title=f"Signs, {name}"))

    document = PdfDocument(made)
    try:
        assert len(document) == 2
        for page in document:
            width, height = page.get_size()
            for each in page.get_objects(max_depth=4):
                left, bottom, right, top = each.get_bounds()
                assert left > -0.5
                assert bottom > -0.5
                assert right < width + 0.5
                assert top < height + 0.5
    finally:
        document.close()
