"""Photos of practice papers: rendered, and bent as a hand-held phone bends them."""

from __future__ import annotations

from io import BytesIO

import resvg_py
from PIL import Image, ImageFilter

from zonemap.drawing.practice_paper import practice_paper
from zonemap.intake.svg import _FAMILY, _fonts
from zonemap.model.practice import DrawnPaper


def picture(drawn: DrawnPaper, *, turned: float = 0.0, blur: float = 0.0, width: int = 900) -> bytes:
    """The paper as a JPEG on a grey table, turned by degrees and blurred by pixels."""
    svg = practice_paper(drawn, title="A paper").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=_fonts(),
        font_family=_FAMILY,
        serif_family=_FAMILY,
        sans_serif_family=_FAMILY,
    )
    paper = Image.open(BytesIO(bytes(png))).convert("RGB")
    table = Image.new("RGB", (paper.width + 120, paper.height + 120), "#b9b2a6")
    table.paste(paper, (60, 60))
    bent = table.rotate(turned, resample=Image.Resampling.BICUBIC, fillcolor="#b9b2a6", expand=True)
    out = BytesIO()
    bent.filter(ImageFilter.GaussianBlur(blur)).save(out, "JPEG", quality=80)
    return out.getvalue()
