"""Models of buildings, whose files know the rooms: IFC, IMDF, GeoJSON, OpenStreetMap indoors. Only for the child."""

from __future__ import annotations

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.kinds import Kind
from zonemap.model.draft import DraftFloor

FLOORS_MOST = 200
_NO_ROOMS = (
    "There is no room in this file that could be used. Export it again with its rooms "
    "(in Revit: with room boundaries), or upload a floor plan as PDF."
)
_NO_IFC = (
    "Reading building models (IFC) needs one more part that is not installed here. "
    "Ask whoever runs zonemap to type: make ifc. Or upload the floor plan as PDF or DXF."
)


def read_model(data: bytes, kind: Kind) -> tuple[DraftFloor, ...]:
    """The floors in a model, the lowest first, those without rooms left out; metres, y up, in the file's own place.

    Raises Invalid or TooLarge, saying what to do.
    """
    floors = tuple(floor for floor in _read(data, kind) if floor.rooms)
    if not floors:
        raise Invalid(_NO_ROOMS)
    if len(floors) > FLOORS_MOST:
        raise TooLarge(f"This file holds {len(floors):,} floors; the most is {FLOORS_MOST}. Export one building alone.")
    return floors


def _read(data: bytes, kind: Kind) -> tuple[DraftFloor, ...]:
    if kind is Kind.IFC:
        try:
            from zonemap.intake.models.ifc import read_ifc
        except ImportError as error:  # ifcopenshell is large, and not everybody has models
            raise Invalid(_NO_IFC) from error
        return read_ifc(data)
    if kind is Kind.IMDF:
        from zonemap.intake.models.imdf import read_imdf

        return read_imdf(data)
    if kind is Kind.OSM:
        from zonemap.intake.models.osm import read_osm

        return read_osm(data)
    if kind is Kind.GEOJSON:
        from zonemap.intake.models.geojson import read_geojson

        return read_geojson(data)
    raise Invalid("This file is no model of a building. Upload it as a floor plan instead.")
