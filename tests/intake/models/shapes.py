"""Small models made on the spot: two rooms with a door between them, and a corridor along both."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

Ring = list[list[float]]
DEGREE = 111_319.49079327358  # metres of a degree at the equator

# Metres: an office and a store room side by side, and a corridor above both.
OFFICE: Ring = [[0, 0], [4, 0], [4, 3], [0, 3]]
STORE: Ring = [[4, 0], [6, 0], [6, 3], [4, 3]]
CORRIDOR: Ring = [[0, 3], [6, 3], [6, 5], [0, 5]]


def degrees(ring: Ring) -> Ring:
    """Metres as degrees beside (0, 0), where a degree is as long both ways, nearly."""
    return [[x / DEGREE, y / (DEGREE * 0.99832)] for x, y in ring]


def polygon(ring: Ring, *holes: Ring) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*one, one[0]] for one in (ring, *holes)]}


def feature(id_: str, geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": properties}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", **members, "features": list(features)}


def json_bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def zipped(files: Mapping[str, Any]) -> bytes:
    """An archive of files, by name: bytes as they are, anything else as JSON."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else json_bytes(content))
    return out.getvalue()
