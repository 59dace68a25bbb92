"""Makes the picture of printed sheets in the guide to signs: ``python tools/sheet_pictures.py``.

Three sheets of the sample clinic beside each other, as they come out of the printer: a door's sign, the notice at the
entrance, and the staff map.
"""

from __future__ import annotations

import io
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from zonemap.model.sign import SignOptions
from zonemap.settings import settings_from
from zonemap.storage.store import Store
from zonemap.work.sample import load_sample
from zonemap.work.signs import print_facility

ROOT = Path(__file__).resolve().parents[1]
GUIDE = ROOT / "docs" / "guide"
SHEETS = ("first-floor-door-011", "first-floor-entrance-001", "first-floor-map")
HIGH, GAP, GROUND = 720, 24, (232, 230, 224)


def sheets(folder: Path) -> list[Image.Image]:
    """The sheets of the sample clinic as pictures."""
    settings = settings_from({"ZONEMAP_DATA": str(folder / "data")})
    store = Store.open(settings)
    facility = load_sample(store, settings.floorplans, now=datetime(2026, 11, 24, tzinfo=UTC))
    options = SignOptions(languages=("en", "es", "vi"))
    made = print_facility(
        store, facility, folder / "signs", options=options, unchecked_known=True, formats=("png",), dpi=110
    )
    store.close()
    found = [next(path for path in made if path.name.startswith(name)) for name in SHEETS]
    return [Image.open(io.BytesIO(path.read_bytes())).convert("RGB") for path in found]


def beside(pictures: list[Image.Image]) -> Image.Image:
    """All of them in one row on a grey ground, equally high."""
    small = [each.resize((round(each.width * HIGH / each.height), HIGH), Image.Resampling.LANCZOS) for each in pictures]
    row = Image.new("RGB", (sum(each.width + GAP for each in small) + GAP, HIGH + 2 * GAP), GROUND)
    left = GAP
    for each in small:
        row.paste(each, (left, GAP))
        left += each.width + GAP
    return row


def main() -> None:
    """Write docs/guide/sheets.png."""
    with tempfile.TemporaryDirectory() as folder:
        row = beside(sheets(Path(folder)))
    row.quantize(255, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(GUIDE / "sheets.png", optimize=True)
    print("docs/guide/sheets.png")


if __name__ == "__main__":
    main()
