"""The papers that are confused most, side by side, and the name of every paper drawn: ``wording/papers.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Row:
    """What stands at one mark of two papers. Mark 0: what follows."""

    mark: int
    where: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers side by side; ``left`` and ``right`` name their drawings."""

    title: str
    left: str
    left_name: str
    right: str
    right_name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """All words of the page that tells papers apart."""

    title: str
    lead: str
    drawn: str
    gallery: str
    gallery_lead: str
    legend: tuple[tuple[int, str], ...]
    pairs: tuple[Pair, ...]
    papers: tuple[tuple[str, str], ...]  # the name of the drawing, and of the paper


@cache
def papers() -> Papers:
    """The words, as the file orders them."""
    given = tomllib.loads((files("zonemap.rules") / "wording" / "papers.toml").read_text("utf-8"))
    texts = {key: given[key] for key in ("title", "lead", "drawn", "gallery", "gallery_lead")}
    return Papers(
        **texts,
        legend=tuple((each["mark"], each["words"]) for each in given["legend"]),
        pairs=tuple(Pair(**{**each, "rows": tuple(Row(**row) for row in each["rows"])}) for each in given["pair"]),
        papers=tuple((each["face"], each["name"]) for each in given["paper"]),
    )
