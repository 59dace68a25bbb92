"""Every kind of page before a second checker of accessibility: what a screen reader would say of it.

outloud is no part of zonemap's own environment, because what it stands on is under the AGPL:
``pip install outloud`` in an environment whose programs are on the PATH. Without it these tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.geometry.floors import lobby_floor
from tests.printing.conftest import signs_of
from zonemap.model.sign import SignKind, SignOptions
from zonemap.printing.book import sheet_pdf
from zonemap.rules.signs import languages
from zonemap.work.sign_specimens import specimen

OUTLOUD = shutil.which("outloud")
WAYS = (
    {"paper": "badge"},
    {"paper": "tent"},
    {"paper": "half"},
    {"paper": "a3"},
    {"per_sheet": 4},
    {"poster": 2},
    {"orientation": "landscape"},
)
MAPS = ("map", "map.public", "map.responder", "map.public.words", "map.words", "map.public.at-d4", "schedule")

pytestmark = pytest.mark.skipif(OUTLOUD is None, reason="outloud is not on the PATH")


def errors(folder: Path) -> str:
    assert OUTLOUD
    command = [OUTLOUD, "-q", "--no-info", *map(str, sorted(folder.glob("*.pdf")))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "\n".join(line for line in done.stdout.splitlines() if " 0 error(s)" not in line and "error(s)" in line)


def on_wall(kind: SignKind, *codes: str) -> bytes:
    floor = replace(specimen(kind, ("en", *codes)), unseen=())
    sheets = [*(each.sheet for each in (*floor.signs, *floor.places)), *(each.door.id for each in floor.notices)]
    return sheet_pdf(floor, sheets[0], SignOptions(languages=("en", *codes)))


def test_a_sign_a_notice_and_a_map_in_words_have_no_error(tmp_path):
    (tmp_path / "sign.pdf").write_bytes(on_wall(SignKind.PRIVATE_OFFICERS, "es", "ar"))
    (tmp_path / "notice.pdf").write_bytes(on_wall(SignKind.NOTICE, "es", "ar"))
    (tmp_path / "words.pdf").write_bytes(sheet_pdf(signs_of(lobby_floor(0.2)), "map.public.words", SignOptions()))

    assert errors(tmp_path) == ""


@pytest.mark.long
def test_no_kind_language_paper_or_map_has_an_error(tmp_path):
    signs = signs_of(lobby_floor(0.2))
    for kind in SignKind:
        (tmp_path / f"kind-{kind}.pdf").write_bytes(on_wall(kind, "es", "zh-Hans"))
    for each in languages():
        for kind in (SignKind.PRIVATE_OFFICERS, SignKind.NOTICE):
            if each.code != "en":
                (tmp_path / f"language-{each.code}-{kind}.pdf").write_bytes(on_wall(kind, each.code))
    for number, way in enumerate(WAYS):
        (tmp_path / f"way-{number}.pdf").write_bytes(sheet_pdf(signs, "d1", SignOptions(**way)))
    for name in MAPS:
        (tmp_path / f"{name}.pdf").write_bytes(sheet_pdf(signs, name, SignOptions()))

    assert errors(tmp_path) == ""
