"""How high the capitals of a sign's headline are on a paper, and which paper would carry higher ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from zonemap.drawing.marks import shut_door
from zonemap.model.sign import DoorSign, PlaceSign, SignKind, SignOptions
from zonemap.printing import typst_page
from zonemap.printing.imposition import LANDSCAPE, PORTRAIT, POSTERS, setting_of
from zonemap.printing.paper import BADGE, PAPERS, SENTENCE_MM, TENT, capitals_for
from zonemap.printing.sheets import SHUT_DOOR

_OTHER_WORDS = {"sentence": "Staff only.", "second": "", "officers": "", "hours": ""}  # they change no headline
_UPRIGHT_PAPERS = tuple(name for name in PAPERS if name not in (BADGE, TENT))


def headline_mm(sign: DoorSign | PlaceSign, options: SignOptions) -> float:
    """The height of the headline's capitals, in millimetres on the wall. Raises Invalid for an unknown paper."""
    setting = setting_of(options)
    paper = setting.paper
    words = sign.words[0]
    has_picture = sign.kind is not SignKind.EMERGENCY
    return setting.scale * _capitals(words.headline, has_picture, paper.width_mm, paper.height_mm, paper.margin_mm)


@lru_cache(maxsize=512)
def _capitals(headline: str, has_picture: bool, width_mm: float, height_mm: float, margin_mm: float) -> float:
    """On the sheet that a sign is set on: the headline and its picture alone tell."""
    size = {"width": width_mm, "height": height_mm, "margin": margin_mm}
    english = {"language": "en", "direction": "ltr", "headline": headline} | _OTHER_WORDS
    sizes = {"headline_mm": 29.0, "sentence_mm": SENTENCE_MM, "picture": SHUT_DOOR if has_picture else "", "foot": []}
    sheet = {"kind": "sign", "title": headline, "words": [english], "citation": ""} | size | sizes
    book, pictures = {"title": headline, "author": "", "sheets": [sheet]}, {SHUT_DOOR: shut_door()}
    return float(typst_page.asked(book, pictures, "<headline-mm>")[0])


def paper_for(sign: DoorSign | PlaceSign, options: SignOptions) -> SignOptions | None:
    """The first larger way to print the sign whose headline is read from so far: a paper, or a poster of several.

    None where not even a poster of 4 x 4 sheets does.
    """
    least = capitals_for(options.read_from_feet)
    return next((each for each in _larger(options) if headline_mm(sign, each) >= least - 0.5), None)


def _larger(options: SignOptions) -> Iterator[SignOptions]:
    whole = replace(options, per_sheet=1, poster=1)
    papers = sorted(_UPRIGHT_PAPERS, key=lambda name: PAPERS[name].width_mm * PAPERS[name].height_mm)
    other = LANDSCAPE if whole.orientation == PORTRAIT else PORTRAIT
    yield from (replace(whole, paper=name, orientation=way) for name in papers for way in (whole.orientation, other))
    sheet = whole.paper if whole.paper in _UPRIGHT_PAPERS else "letter"
    yield from (replace(whole, paper=sheet, poster=many) for many in POSTERS[1:])
