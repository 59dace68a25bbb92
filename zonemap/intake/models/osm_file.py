"""An OSM XML file as nodes, ways and relations. Read by expat, event by event, within caps; no entity is declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from zonemap.errors import Invalid, TooLarge
from zonemap.intake.models.values import POSITIONS_MOST, Position, words

_ELEMENTS_MOST = 300_000
_DEPTH_MOST = 12  # osm, way, nd: three will do
_DAMAGED = "This OpenStreetMap file is damaged. Download or export it again as .osm (XML), and upload that."
_ENTITIES = "This file declares entities, which OpenStreetMap files never do. Export it again, and upload that."


@dataclass(slots=True)
class Node:
    """A place, and what is there."""

    place: Position
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Way:
    """The ids of its nodes in order."""

    nodes: list[str] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Relation:
    """The ids of the ways that belong to it, with their roles."""

    ways: list[tuple[str, str]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class OsmFile:
    """Everything in the file, by id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)


def opened(data: bytes) -> OsmFile:
    """The file's elements; those that an editor has marked as deleted are left out. Raises Invalid or TooLarge."""
    taker = _Taker()
    try:
        taker.parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Invalid(_DAMAGED) from error
    return taker.file


class _Taker:
    """Takes expat's events."""

    def __init__(self) -> None:
        self.file = OsmFile()
        self.depth = self.seen = 0
        self.open: Node | Way | Relation | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _entity(self, *_: object) -> None:
        raise Invalid(_ENTITIES)

    def _start(self, name: str, said: Mapping[str, str]) -> None:
        self.depth += 1
        self.seen += 1
        if self.seen > _ELEMENTS_MOST + POSITIONS_MOST or self.depth > _DEPTH_MOST:
            raise TooLarge("This OpenStreetMap file holds too much. Download only the building, and upload that.")
        if name in ("node", "way", "relation"):
            self.open = self._element(name, said)
        elif self.open is not None:
            self._inside(self.open, name, said)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if name in ("node", "way", "relation"):
            self.open = None

    def _element(self, name: str, said: Mapping[str, str]) -> Node | Way | Relation | None:
        id_ = words(said.get("id"))[:32]
        if not id_ or said.get("action") == "delete" or said.get("visible") == "false":
            return None
        if name == "way":
            return self.file.ways.setdefault(id_, Way())
        if name == "relation":
            return self.file.relations.setdefault(id_, Relation())
        try:
            longitude, latitude = float(said.get("lon", "")), float(said.get("lat", ""))
        except ValueError:
            return None
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            return None
        return self.file.nodes.setdefault(id_, Node((longitude, latitude)))

    def _inside(self, element: Node | Way | Relation, name: str, said: Mapping[str, str]) -> None:
        if name == "tag":
            element.tags[words(said.get("k"))] = words(said.get("v"))
        elif name == "nd" and isinstance(element, Way):
            element.nodes.append(said.get("ref", ""))
        elif name == "member" and isinstance(element, Relation) and said.get("type") == "way":
            element.ways.append((said.get("ref", ""), said.get("role", "")))
