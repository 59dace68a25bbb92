"""Every page of the sample clinic that is addressed by a facility or a floor alone, or by nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.journeys.conftest import SAMPLE_FLOOR
from tests.web.routes import ROUTES

CLINIC = "5a3c0f1e7b2d4986a1c5e0d9f4b7a210"
_NO_PAGE = re.compile(r"\.(js|pdf|png|svg|csv|json|webmanifest|jpg)$|export|/organization$|/back$|/out$|passkey")
_NOT_SIGNED_IN = ("/signin", "/pair", "/health", "/metrics")


def pages() -> Iterator[str]:
    """Their paths, in the order of the routes."""
    for route in ROUTES:
        method, _, path = route.partition(" ")
        if method == "GET" and not _NO_PAGE.search(path):
            path = path.replace("<facility_id>", CLINIC).replace("<floor_id>", SAMPLE_FLOOR)
            if "<" not in path and not path.startswith(_NOT_SIGNED_IN):
                yield path
