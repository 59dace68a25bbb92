"""The pure layers: geometry, drawing, rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from bench.measure import Row
from tests.geometry.floors import grid_floor
from zonemap.drawing.floor import floor_svg
from zonemap.geometry.boundary import boundary
from zonemap.geometry.thresholds import thresholds
from zonemap.model.floor_document import floor_document
from zonemap.model.paper import observations_from
from zonemap.rules.assess import assess
from zonemap.rules.pack import pack_by_id

ROOMS = 2_000
TODAY = date(2026, 11, 24)
I_200 = {
    "danger_now": "no",
    "entering_now": "no",
    "custody_escort": "no",
    "wants": ["enter_private"],
    "agency": "ice",
    "paper": "paper",
    "top_heading": "dhs",
    "form_number": "I-200",
    "title": "warrant_for_arrest_of_alien",
    "signer_label": "immigration_officer",
    "signed": "yes",
}


def rows() -> Iterator[Row]:
    """A large floor against writing it as JSON; an assessment against calling a function that does nothing."""
    floor = grid_floor(ROOMS)
    document = floor_document(floor)
    yield Row(f"map of {ROOMS:,} rooms", lambda: floor_svg(floor), *_written(document), rounds=5)
    yield Row(f"boundary of {ROOMS:,} rooms", lambda: boundary(floor), *_written(document))
    yield Row(f"thresholds of {ROOMS:,} rooms", lambda: thresholds(floor), *_written(document))
    pack, seen = pack_by_id("US-CA"), observations_from(I_200)
    yield Row("assessment", lambda: assess(pack, seen, today=TODAY), "an empty call", lambda: None, repeats=1_000)


def _written(document: object) -> tuple[str, object]:
    return "json.dumps of the same floor", lambda: json.dumps(document)
