"""Questions about a sheet that is kept here, and what was traced on it, between parent and child."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zonemap.intake.frames import Header, answer_from, packed
from zonemap.model.draft import DraftRoom, TraceOptions
from zonemap.model.draft_document import (
    door_draft_document,
    doors_from,
    room_draft_document,
    rooms_from,
    text_document,
    texts_from,
    warnings_from,
)
from zonemap.model.plan import Point
from zonemap.model.traced import Traced


def options_document(options: TraceOptions) -> dict[str, Any]:
    """How rooms are to be found, as JSON values."""
    return {
        "metres_per_unit": options.metres_per_unit,
        "crop": None if options.crop is None else list(options.crop),
        "darkness": options.darkness,
        "deskew": options.deskew,
        "layers": None if options.layers is None else sorted(options.layers),
    }


def options_from(value: Mapping[str, Any]) -> TraceOptions:
    """The options back. They come from the parent, which is believed."""
    crop, layers = value["crop"], value["layers"]
    return TraceOptions(
        metres_per_unit=value["metres_per_unit"],
        crop=None if crop is None else tuple(crop),
        darkness=value["darkness"],
        deskew=value["deskew"],
        layers=None if layers is None else frozenset(layers),
    )


def packed_traced(traced: Traced) -> bytes:
    """What was traced, for the parent."""
    return packed(
        {
            "rooms": [room_draft_document(room) for room in traced.rooms],
            "faces": [room_draft_document(room) for room in traced.faces],
            "doors": [door_draft_document(door) for door in traced.doors],
            "texts": [text_document(text) for text in traced.texts],
            "warnings": list(traced.warnings),
        }
    )


def traced_from(data: bytes) -> Traced:
    """What the child traced. Raises its refusal (Invalid, TooLarge), or ValueError where it makes no sense."""
    return answer_from(data, _traced)


def packed_rooms(rooms: tuple[DraftRoom, ...]) -> bytes:
    """Rooms alone, for parent or child."""
    return packed({"rooms": [room_draft_document(room) for room in rooms]})


def drafts_from(data: bytes) -> tuple[DraftRoom, ...]:
    """Rooms that the child handed back. Raises as ``traced_from`` does."""
    return answer_from(data, lambda header, _: rooms_from(header["rooms"]))


def question(
    options: TraceOptions, *, point: Point | None = None, rooms: tuple[DraftRoom, ...] = (), texts: bool = True
) -> dict[str, Any]:
    """What the child needs to know beside the sheet itself."""
    return {
        "options": options_document(options),
        "point": None if point is None else list(point),
        "rooms": [room_draft_document(room) for room in rooms],
        "texts": texts,
    }


def _traced(header: Header, _: list[bytes]) -> Traced:
    rooms = rooms_from(header["rooms"])
    return Traced(
        rooms=rooms,
        faces=rooms_from(header["faces"]),
        doors=doors_from(header["doors"], rooms),
        texts=texts_from(header["texts"]),
        warnings=warnings_from(header["warnings"]),
    )
