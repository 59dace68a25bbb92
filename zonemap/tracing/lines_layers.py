"""Layers told by their names, in the languages that plans come in: which hold walls, panes, columns, doors, stairs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from zonemap.model.linework import Linework


class Kind(StrEnum):
    """What a layer holds."""

    WALL = "wall"
    PANE = "pane"
    DOOR = "door"
    STAIR = "stair"
    OTHER = "other"


# Stems that may stand anywhere in a name, and short words that must stand alone between signs or digits.
_STEMS = {
    Kind.WALL: "wall wand wänd waend mauer pared muro tabique cloison murs parete paret tramezz stěn stena стен стін"
    " ścian scian sciana vegg vägg vaegg væg seinä seina duvar pilar pilastr column stütz stuetz poteau колон 壁 墙 柱"
    " vaeg partition",
    Kind.PANE: "glaz glass window fenst fenet fenêt fenetr ventan vidri vidro finestr vetr janela okno okna окн вікн"
    " fönster foenster ikkuna vindu vindue raam pencere curtain vitr storefront 窓 窗"
    " opening öffnung oeffnung ouvertur abertur apertur",
    Kind.DOOR: "door tuer tür puert porte porta drzwi dveř dver двер dörr doerr deur kapı 門 门 ドア",
    Kind.STAIR: "stair trepp escal scala stufe schod лестн trapp merdiven 階段 楼梯",
}
_WORDS = {
    Kind.WALL: "mur col cols clmn wal walls wnd",
    Kind.PANE: "glas win wins wdw wndw verre",
    Kind.DOOR: "dr drs dor ovi ovet kapi",
    Kind.STAIR: "strs str steps step",
}
# Words of layers that are about walls or panes and are none: patterns, texts, heights, what lies above or below.
_NOT = (
    "patt hatch htch schraff schraf hachur text txt iden anno note dim dims dimension mass bemass cota cote tag tags"
    " symb name label ceil ceiling clng roof dach footing footer foot stem found retain head header elev base furn"
    " fnsh finish paint grid axis achs demo schedule sched case casework cabinet hidden hidd"
)
# Words that only sound like doors. What a bound drawing is called stands before the last $ and says nothing.
_NO_DOORS = re.compile(r"(?:in|out)doors?|türk|tuerk|portab\w*|portal|reporte\w*")
_SIGNS = re.compile(r"[^\w]+|_|\d+")


def kind_of(name: str) -> Kind:
    """What a layer of that name holds."""
    low = name.casefold()
    words = [word for word in _SIGNS.split(low) if word]
    if any(word in _NOT_WORDS or word.rstrip("s") in _NOT_WORDS for word in words):
        return Kind.OTHER
    for kind in (Kind.PANE, Kind.DOOR, Kind.STAIR, Kind.WALL):
        if any(stem in low for stem in _STEM_LISTS[kind]) or not _WORD_SETS[kind].isdisjoint(words):
            return kind
    return Kind.OTHER


def names_door(name: str) -> bool:
    """Whether a layer or a block of that name is a door, with or without glass; not a label or a list of doors."""
    low = _NO_DOORS.sub(" ", name.casefold().rpartition("$")[2])
    words = [word for word in _SIGNS.split(low) if word]
    if any(word in _NOT_WORDS or word.rstrip("s") in _NOT_WORDS for word in words):
        return False
    return any(stem in low for stem in _STEM_LISTS[Kind.DOOR]) or not _WORD_SETS[Kind.DOOR].isdisjoint(words)


_STEM_LISTS = {kind: tuple(stems.split()) for kind, stems in _STEMS.items()}
_WORD_SETS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
_NOT_WORDS = frozenset(_NOT.split())


def of_kinds(linework: Linework, kinds: Iterable[Kind]) -> frozenset[str]:
    """The layers of those kinds."""
    wanted = frozenset(kinds)
    return frozenset(name for name in linework.layers if kind_of(name) in wanted)
