"""Needs the extra for IFC, as whoever reads models does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.models.shapes import CORRIDOR, OFFICE, STORE, Ring
from zonemap.errors import Invalid, TooLarge
from zonemap.intake import guard
from zonemap.intake.kinds import Kind
from zonemap.intake.models import read_model
from zonemap.intake.process import MEGABYTE
from zonemap.intake.sheet import Floors
from zonemap.model.draft import DraftFloor
from zonemap.model.zone import ZoneClass
from zonemap.settings import MODELS_MOST_MB

ifcopenshell = pytest.importorskip("ifcopenshell", reason="the extra zonemap[ifc] is not installed")


class House:
    """A model in the making, in millimetres, as ifcopenshell would write it."""

    def __init__(self, schema: str = "IFC4") -> None:
        self.file = ifcopenshell.file(schema=schema)
        make, self.count = self.file.create_entity, 0
        self.owner = self._owner() if schema == "IFC2X3" else None
        self.point = make("IfcCartesianPoint", (0.0, 0.0, 0.0))
        axes = make("IfcAxis2Placement3D", self.point)
        self.context = make("IfcGeometricRepresentationContext", None, "Model", 3, 1e-5, axes)
        units = make("IfcUnitAssignment", (make("IfcSIUnit", None, "LENGTHUNIT", "MILLI", "METRE"),))
        self.place = make("IfcLocalPlacement", None, axes)
        project = self.root("IfcProject", Name="P", RepresentationContexts=(self.context,), UnitsInContext=units)
        self.building = self.root("IfcBuilding", Name="Main", CompositionType="ELEMENT")
        self.within("IfcRelAggregates", RelatingObject=project, RelatedObjects=(self.building,))

    def _owner(self) -> Any:
        make = self.file.create_entity
        who = make("IfcPersonAndOrganization", make("IfcPerson"), make("IfcOrganization", None, "O"))
        program = make("IfcApplication", make("IfcOrganization", None, "O"), "1", "A", "a")
        return make("IfcOwnerHistory", who, program, None, "ADDED", None, None, None, 0)

    def root(self, kind: str, **said: Any) -> Any:
        self.count += 1
        owned = {} if self.owner is None else {"OwnerHistory": self.owner}
        return self.file.create_entity(kind, GlobalId=ifcopenshell.guid.new(), **owned, **said)

    def within(self, kind: str, **said: Any) -> None:
        self.root(kind, **said)

    def storey(self, name: str) -> Any:
        storey = self.root("IfcBuildingStorey", Name=name, ObjectPlacement=self.place, CompositionType="ELEMENT")
        self.within("IfcRelAggregates", RelatingObject=self.building, RelatedObjects=(storey,))
        return storey

    def solid(self, ring: Ring, low: float, high: float) -> dict[str, Any]:
        """Placement and shape of a prism over a ring in metres."""
        make = self.file.create_entity
        points = [make("IfcCartesianPoint", (x * 1000.0, y * 1000.0)) for x, y in (*ring, ring[0])]
        profile = make("IfcArbitraryClosedProfileDef", "AREA", None, make("IfcPolyline", points))
        start = make("IfcAxis2Placement3D", make("IfcCartesianPoint", (0.0, 0.0, low * 1000.0)))
        up = make("IfcDirection", (0.0, 0.0, 1.0))
        prism = make("IfcExtrudedAreaSolid", profile, start, up, (high - low) * 1000.0)
        shape = make("IfcShapeRepresentation", self.context, "Body", "SweptSolid", (prism,))
        body = make("IfcProductDefinitionShape", None, None, (shape,))
        return {"ObjectPlacement": self.place, "Representation": body}

    def space(self, storey: Any, ring: Ring, low: float, **said: Any) -> Any:
        space = self.root("IfcSpace", CompositionType="ELEMENT", **self.solid(ring, low, low + 2.5), **said)
        self.within("IfcRelAggregates", RelatingObject=storey, RelatedObjects=(space,))
        return space

    def wall(self, storey: Any, ring: Ring, low: float) -> Any:
        wall = self.root("IfcWall", **self.solid(ring, low, low + 2.5))
        self.within("IfcRelContainedInSpatialStructure", RelatingStructure=storey, RelatedElements=(wall,))
        return wall

    def door(self, storey: Any, wall: Any, ring: Ring, low: float) -> Any:
        hole = self.root("IfcOpeningElement", **self.solid(ring, low, low + 2))
        door = self.root("IfcDoor", Name="D12", **self.solid(ring, low, low + 2))
        self.within("IfcRelVoidsElement", RelatingBuildingElement=wall, RelatedOpeningElement=hole)
        self.within("IfcRelFillsElement", RelatingOpeningElement=hole, RelatedBuildingElement=door)
        self.within("IfcRelContainedInSpatialStructure", RelatingStructure=storey, RelatedElements=(door,))
        return door

    def bounds(self, door: Any, *spaces: Any) -> None:
        for space in spaces:
            self.within(
                "IfcRelSpaceBoundary",
                RelatingSpace=space,
                RelatedBuildingElement=door,
                PhysicalOrVirtualBoundary="PHYSICAL",
                InternalOrExternalBoundary="INTERNAL",
            )

    def says(self, element: Any, **values: Any) -> None:
        """Give an element a set of properties."""
        make = self.file.create_entity
        singles = [
            make("IfcPropertySingleValue", name.replace("_", " "), None, make(kind, value))
            for name, (kind, value) in values.items()
        ]
        known = self.root("IfcPropertySet", Name="Pset", HasProperties=singles)
        self.within("IfcRelDefinesByProperties", RelatedObjects=(element,), RelatingPropertyDefinition=known)

    def read(self) -> tuple[DraftFloor, ...]:
        return read_model(self.file.to_string().encode(), Kind.IFC)


def moved(ring: Ring, x: float, y: float) -> Ring:
    return [[a + x, b + y] for a, b in ring]


@pytest.mark.parametrize("schema", ["IFC2X3", "IFC4"])
def test_spaces_become_rooms_and_a_door_finds_both(schema: str) -> None:
    house = House(schema)
    ground = house.storey("Ground")
    office = house.space(ground, OFFICE, 0, Name="101", LongName="Office")
    corridor = house.space(ground, moved(CORRIDOR, 0, 0.2), 0, Name="C1", LongName="Corridor")
    wall = house.wall(ground, [[0, 3], [6, 3], [6, 3.2], [0, 3.2]], 0)
    stated = house.door(ground, wall, [[1, 2.9], [2, 2.9], [2, 3.3], [1, 3.3]], 0)
    house.bounds(stated, office, corridor)
    house.door(ground, wall, [[3, 3], [3.9, 3], [3.9, 3.2], [3, 3.2]], 0)
    house.says(
        office,
        Department=("IfcLabel", "Clinic"),
        Category_Code=("IfcLabel", "13-11 11 31"),
        Category_Description=("IfcLabel", "Office"),
        PubliclyAccessible=("IfcBoolean", False),
    )

    house.says(corridor, PubliclyAccessible=("IfcBoolean", True))

    (floor,) = house.read()

    first, second = floor.rooms
    assert (first.id, first.number, first.name, first.department) == ("101", "101", "Office", "Clinic")
    assert (first.category, first.zone_class) == ("13-11 11 31: Office", ZoneClass.PRIVATE)
    assert (set(first.ring), second.zone_class) == ({(0, 0), (4, 0), (4, 3), (0, 3)}, ZoneClass.UNDECIDED)
    assert [(door.jambs, set(door.rooms), door.mark) for door in floor.doors] == [
        (((1, 3.1), (2, 3.1)), {"101", "C1"}, "D12"),  # in the middle of its wall, though its opening is thicker
        (((3, 3.1), (3.9, 3.1)), {"101", "C1"}, "D12"),
    ]
    assert len(floor.walls) == 3  # cut by its two doors


def test_public_access_that_nobody_filled_in_says_nothing() -> None:
    house = House()
    house.says(house.space(house.storey("G"), OFFICE, 0, Name="1"), PubliclyAccessible=("IfcBoolean", False))

    assert house.read()[0].rooms[0].zone_class is ZoneClass.UNDECIDED


def test_storeys_come_in_order_without_those_that_are_empty_or_only_roof() -> None:
    house = House()
    house.space(house.storey("Attic"), OFFICE, 6, Name="R1", LongName="Roof")
    house.space(house.storey("Upper"), OFFICE, 3, Name="201")
    house.storey("Nothing")
    house.space(house.storey("Cellar"), STORE, -3, Name="001")
    house.space(house.storey("Ground"), STORE, 0.1, Name="101")

    floors = house.read()

    assert [(floor.name, floor.level) for floor in floors] == [("Cellar", -1), ("Ground", 0), ("Upper", 1)]
    assert floors[-1].warnings == ("Left out, because nothing but a roof is on it: Attic.",)


def test_a_space_without_a_shape_is_told_and_a_model_without_spaces_refused() -> None:
    house = House()
    ground = house.storey("Ground")
    bare = house.root("IfcSpace", Name="102", LongName="Closet", CompositionType="ELEMENT")
    house.within("IfcRelAggregates", RelatingObject=ground, RelatedObjects=(bare,))
    house.space(ground, OFFICE, 0, Name="101")

    (floor,) = house.read()

    assert [room.number for room in floor.rooms] == ["101"]
    assert floor.warnings == ("In the model without an outline, and left out: 102 Closet.",)
    with pytest.raises(Invalid, match="no rooms"):
        House().read()


@pytest.mark.parametrize("data", [b"ISO-10303-21;\nHEADER;\nIFC", b"ISO-10303-21;IFC" + bytes(range(256)) * 40])
def test_what_only_begins_like_a_model_gets_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid, match="Export it again"):
        read_model(data, Kind.IFC)


def test_a_model_may_be_larger_than_a_plan_and_one_that_is_too_large_is_told_how_to_become_smaller() -> None:
    house = House("IFC4")
    house.space(house.storey("Ground"), OFFICE, 0, Name="101", LongName="Office")
    head, data = house.file.to_string().encode().split(b"DATA;", 1)
    padding = b"/*" + b" " * (30 * MEGABYTE) + b"*/"

    read = guard.read(head + b"DATA;" + padding + data)

    assert isinstance(read, Floors)
    assert guard.LIMITS.model_bytes == MODELS_MOST_MB * MEGABYTE
    with pytest.raises(TooLarge, match=r"has 61\.0 MB; the most is 60 MB\. Export one building with its rooms"):
        guard.read(head.ljust(61 * MEGABYTE))
