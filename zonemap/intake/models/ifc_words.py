"""What an IFC model says of a space: number, name, category, department, and whether the public may come in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from zonemap.intake.models.values import words
from zonemap.model.draft import DraftRoom
from zonemap.model.zone import ZoneClass

Space = Any  # an ifcopenshell entity
_DEPARTMENT = ("Department", "DepartmentName", "Department Name", "OccupancyZoneName")
_CODE, _TITLE = ("Category Code", "OmniClass Number"), ("Category Description", "OmniClass Title")
_CATEGORY = ("OmniClass Table 13 Category", "OmniClass", "Category", "Room Function", "SpaceType")
_PUBLIC = "PubliclyAccessible"  # of Pset_SpaceCommon
_OF_SYSTEMS = ("temperat", "hvac", "ventil", "fire", "smoke", "brand", "light", "heat")  # zones that are no department
_NOT_SPACES = frozenset({"GFA", "BERTH"})  # PredefinedType: areas for counting, moorings


def draft_of(space: Space, *, tells_public: bool) -> DraftRoom:
    """A room without its outline. ``tells_public``: whether the model means what it says of public access."""
    said = properties_of(space)
    number, name = words(space.Name), words(space.LongName)
    if not name and number and not any(char.isdigit() for char in number):
        number, name = "", number
    closed = tells_public and said.get(_PUBLIC) is False
    return DraftRoom(
        id=number or words(space.GlobalId) or "space",
        ring=(),
        number=number,
        name=name,
        department=_first(said, _DEPARTMENT) or next(_zones(space), ""),
        category=next(_classes(space), "") or _category(said),
        zone_class=ZoneClass.PRIVATE if closed else ZoneClass.UNDECIDED,
    )


def tells_public(spaces: Iterable[Space]) -> bool:
    """Whether somebody filled in public access: programs write "no" for every space where nobody did."""
    return any(properties_of(space).get(_PUBLIC) is True for space in spaces)


def is_counted(space: Space) -> bool:
    """Whether a space is a room or a part of the open air that somebody can be in."""
    kind = getattr(space, "PredefinedType", None)
    whole_of_others = any(
        part.is_a("IfcSpace") for relation in space.IsDecomposedBy or () for part in relation.RelatedObjects
    )
    return kind not in _NOT_SPACES and not whole_of_others


def properties_of(element: Any) -> Mapping[str, Any]:
    """The element's single values by their names; the first set that has one wins."""
    found: dict[str, Any] = {}
    for relation in element.IsDefinedBy or ():
        if not relation.is_a("IfcRelDefinesByProperties"):
            continue
        definition = relation.RelatingPropertyDefinition
        if definition is None or not definition.is_a("IfcPropertySet"):
            continue
        for one in definition.HasProperties or ():
            if one.is_a("IfcPropertySingleValue") and one.NominalValue is not None:
                found.setdefault(one.Name, one.NominalValue.wrappedValue)
    return found


def _first(said: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for text in (words(said.get(key)) for key in keys) if text), "")


def _category(said: Mapping[str, Any]) -> str:
    """A code and a title, "13-51 24: Living Spaces", from the properties of programs that have no classification."""
    code, title = _first(said, _CODE), _first(said, _TITLE)
    if code and title and code not in title:
        return f"{code}: {title}"
    return _first(said, _CATEGORY) or title or code


def _classes(space: Space) -> Iterator[str]:
    """What the space is classified as; OmniClass before others."""
    found = []
    for relation in getattr(space, "HasAssociations", None) or ():
        if not relation.is_a("IfcRelAssociatesClassification"):
            continue
        reference = relation.RelatingClassification
        code = words(getattr(reference, "Identification", None) or getattr(reference, "ItemReference", None))
        title = words(getattr(reference, "Name", None))
        system = words(getattr(getattr(reference, "ReferencedSource", None), "Name", None))
        text = title if not code or code in title else f"{code}: {title}" if title else code
        if text:
            found.append(("omniclass" not in system.lower(), text))
    yield from (text for _, text in sorted(found, key=lambda each: each[0]))


def _zones(space: Space) -> Iterator[str]:
    """The zones that the space belongs to: departments in models that have no property for them."""
    for relation in space.HasAssignments or ():
        group = getattr(relation, "RelatingGroup", None)
        if group is not None and group.is_a("IfcZone") and words(group.Name):
            name = words(getattr(group, "LongName", None)) or words(group.Name)
            if not any(word in name.lower() for word in _OF_SYSTEMS):
                yield name
