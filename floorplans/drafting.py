"""A drawing board: walls, doors, windows, furniture and lettering, in feet on a sheet of millimetres at 1:96."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape

SHEET = (431.8, 279.4)  # millimetres: Tabloid, lying
FOOT = 304.8 / 96  # millimetres of sheet, at 1/8 in = 1 ft
ORIGIN = (52.0, 247.5)  # where the building's corner lies on the sheet, y down
OUTER, INNER = 1.0, 5 / 12  # feet: how thick walls are
PENS = {"wall": 0.3, "mid": 0.25, "fine": 0.13, "hair": 0.09, "heavy": 0.5, "border": 0.7}

ORDER = ("C-SITE", "A-FLOR-PATT", "A-FLOR-FIXT", "A-FURN", "A-WALL", "A-GLAZ", "A-DOOR", "A-GRID", "A-ANNO-DIMS")

Point = tuple[float, float]


def sheet(x: float, y: float) -> Point:
    """A place in feet as millimetres on the sheet."""
    return round(ORIGIN[0] + x * FOOT, 3), round(ORIGIN[1] - y * FOOT, 3)


class Board:
    """Collects what is drawn, a layer at a time; named as architects name their layers."""

    def __init__(self) -> None:
        self.layers: dict[str, list[str]] = defaultdict(list)

    def path(self, layer: str, data: str, pen: str = "fine", fill: str = "none", dash: str = "") -> None:
        """Path data in sheet millimetres."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.layers[layer].append(f'<path d="{data}" fill="{fill}" stroke="#000" stroke-width="{PENS[pen]}"{dashed}/>')

    def solid(self, layer: str, data: str, fill: str = "#000") -> None:
        """A filled shape without a line, even-odd."""
        self.layers[layer].append(f'<path d="{data}" fill="{fill}" fill-rule="evenodd" stroke="none"/>')

    def words(self, layer: str, x: float, y: float, text: str, size: float, **style: object) -> None:
        """A line of words: capitals ``size`` * 0.71 mm high, its baseline at ``y``; x and y in sheet millimetres."""
        anchor, turn = style.get("anchor", "middle"), style.get("turn")
        weight = f' font-weight="{style["weight"]}"' if "weight" in style else ""
        turned = f' transform="rotate({turn} {x:.2f} {y:.2f})"' if turn else ""
        place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size}" text-anchor="{anchor}"'
        self.layers[layer].append(f"<text {place}{weight}{turned}>{escape(text)}</text>")

    def svg(self) -> str:
        """The whole sheet."""
        width, height = SHEET
        names = [*(name for name in ORDER if name in self.layers), *sorted(set(self.layers) - set(ORDER))]
        groups = "\n".join(f'<g id="{name}">\n' + "\n".join(self.layers[name]) + "\n</g>" for name in names)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" '
            f'viewBox="0 0 {width} {height}" font-family="Noto Sans, Helvetica, Arial, sans-serif" '
            f'stroke-linecap="round" stroke-linejoin="round">\n<rect width="{width}" height="{height}" fill="#fff"/>\n'
            f"{groups}\n</svg>\n"
        )


def line(points: Iterable[Point], *, closed: bool = False) -> str:
    """Path data through points in feet."""
    return "M" + "L".join("{:.3f} {:.3f}".format(*sheet(*point)) for point in points) + ("Z" if closed else "")


def arc(radius: float, start: Point, end: Point, *, clockwise: bool) -> str:
    """Path data of a quarter circle, in feet; clockwise as seen on the sheet."""
    (sx, sy), (ex, ey) = sheet(*start), sheet(*end)
    far = radius * FOOT
    return f"M{sx:.3f} {sy:.3f}A{far:.3f} {far:.3f} 0 0 {int(clockwise)} {ex:.3f} {ey:.3f}"


@dataclass(frozen=True)
class Frame:
    """A place at a wall: u runs along it to the right of somebody who stands with their back to it, v away from it."""

    board: Board
    x: float
    y: float
    facing: str  # n, e, s or w
    layer: str = "A-FURN"

    def at(self, u: float, v: float) -> Point:
        """A place in the frame, in the building's feet."""
        du, dv = {"n": ((1, 0), (0, 1)), "s": ((-1, 0), (0, -1)), "e": ((0, -1), (1, 0)), "w": ((0, 1), (-1, 0))}[
            self.facing
        ]
        return self.x + du[0] * u + dv[0] * v, self.y + du[1] * u + dv[1] * v

    def box(self, left: float, near: float, right: float, far: float, pen: str = "fine", **style: str) -> None:
        """A rectangle from u, v to u, v."""
        corners = [self.at(left, near), self.at(right, near), self.at(right, far), self.at(left, far)]
        self.board.path(self.layer, line(corners, closed=True), pen, **style)

    def line(self, *points: Point, pen: str = "fine", dash: str = "") -> None:
        """Straight lines through u, v points."""
        self.board.path(self.layer, line([self.at(*point) for point in points]), pen, dash=dash)

    def oval(self, u: float, v: float, along: float, away: float, pen: str = "fine", **style: str) -> None:
        """An ellipse about u, v with these half axes."""
        x, y = sheet(*self.at(u, v))
        rx, ry = (along, away) if self.facing in "ns" else (away, along)
        rx, ry = rx * FOOT, ry * FOOT
        data = f"M{x - rx:.3f} {y:.3f}a{rx:.3f} {ry:.3f} 0 1 0 {2 * rx:.3f} 0a{rx:.3f} {ry:.3f} 0 1 0 {-2 * rx:.3f} 0Z"
        self.board.path(self.layer, data, pen, **style)

    def round_box(self, left: float, near: float, right: float, far: float, radius: float, pen: str = "fine") -> None:
        """A rectangle with rounded corners."""
        (ax, ay), (bx, by) = sheet(*self.at(left, near)), sheet(*self.at(right, far))
        (left, right), (top, low), r = sorted((ax, bx)), sorted((ay, by)), radius * FOOT
        data = (
            f"M{left + r:.3f} {top:.3f}H{right - r:.3f}a{r:.3f} {r:.3f} 0 0 1 {r:.3f} {r:.3f}V{low - r:.3f}"
            f"a{r:.3f} {r:.3f} 0 0 1 {-r:.3f} {r:.3f}H{left + r:.3f}a{r:.3f} {r:.3f} 0 0 1 {-r:.3f} {-r:.3f}"
            f"V{top + r:.3f}a{r:.3f} {r:.3f} 0 0 1 {r:.3f} {-r:.3f}Z"
        )
        self.board.path(self.layer, data, pen, fill="#fff")

    def word(self, u: float, v: float, text: str, size: float = 1.25) -> None:
        """A small word about u, v, always upright."""
        x, y = sheet(*self.at(u, v))
        self.board.words("A-ANNO-NOTE", x, y + size * 0.36, text, size)

    def moved(self, u: float, v: float, facing: str | None = None) -> Frame:
        """Another frame at u, v of this one."""
        x, y = self.at(u, v)
        return Frame(self.board, x, y, facing or self.facing, self.layer)


Symbol = Callable[..., None]


def toilet(f: Frame) -> None:
    """A tank and a bowl, 2.4 ft deep."""
    f.round_box(-0.8, 0.05, 0.8, 0.75, 0.12)
    f.oval(0, 1.5, 0.6, 0.85, fill="#fff")
    f.oval(0, 1.55, 0.42, 0.62, "hair")


def basin(f: Frame, wide: float = 1.7) -> None:
    """A wall-hung washbasin."""
    f.round_box(-wide / 2, 0, wide / 2, 1.5, 0.25)
    f.oval(0, 0.82, wide / 2 - 0.32, 0.45)
    f.line((-0.12, 0.2), (0.12, 0.2))


def grab_bars(f: Frame, left: float, right: float) -> None:
    """A bar along the wall."""
    f.line((left, 0), (left, 0.2), (right, 0.2), (right, 0), pen="fine")


def turning_circle(f: Frame) -> None:
    """Five feet, for a wheelchair."""
    f.oval(0, 0, 2.5, 2.5, "hair", dash="0.8 0.6")


def counter(f: Frame, left: float, right: float, deep: float = 2.0, *, upper: bool = True, doors: float = 1.5) -> None:
    """A base cabinet, its doors as ticks, wall cabinets above it dashed."""
    f.box(left, 0, right, deep, fill="#fff")
    f.line((left, deep - 0.14), (right, deep - 0.14), pen="hair")
    if upper:
        f.line((left, 1.05), (right, 1.05), pen="hair", dash="0.7 0.5")
    count = max(1, round((right - left) / doors))
    for step in range(1, count):
        place = left + (right - left) * step / count
        f.line((place, deep - 0.14), (place, deep), pen="hair")


def sink(f: Frame, u: float, v: float = 1.05, wide: float = 1.5, deep: float = 1.1) -> None:
    """A sink in a counter."""
    f.round_box(u - wide / 2, v - deep / 2, u + wide / 2, v + deep / 2, 0.18)
    f.oval(u, v, 0.12, 0.12, "hair")
    f.line((u, v - deep / 2 - 0.22), (u, v - deep / 2 + 0.25), pen="fine")


def couch(f: Frame) -> None:
    """An examination couch, 2.3 x 6 ft, its head at the wall."""
    f.round_box(-1.15, 0.35, 1.15, 6.3, 0.3, "fine")
    f.line((-1.15, 2.1), (1.15, 2.1), pen="hair")
    f.round_box(-0.8, 0.6, 0.8, 1.6, 0.25, "hair")
    f.box(-0.7, 6.3, 0.7, 6.75, "hair")


def stool(f: Frame) -> None:
    """A round stool on castors."""
    f.oval(0, 0, 0.62, 0.62, fill="#fff")
    f.oval(0, 0, 0.4, 0.4, "hair")


def chair(f: Frame, wide: float = 1.7) -> None:
    """A chair, its back at the wall."""
    half = wide / 2
    f.round_box(-half, 0.1, half, 1.75, 0.2)
    f.line((-half + 0.1, 0.4), (half - 0.1, 0.4), pen="fine")


def chairs(f: Frame, count: int, wide: float = 1.9) -> None:
    """Chairs in a row, arm to arm, from u = 0."""
    for step in range(count):
        chair(f.moved(wide * (step + 0.5), 0), wide - 0.12)


def office_chair(f: Frame) -> None:
    """A desk chair that faces the wall."""
    f.round_box(-0.75, -0.6, 0.75, 0.75, 0.3)
    f.line((-0.8, 0.95), (-0.4, 1.1), (0.4, 1.1), (0.8, 0.95), pen="fine")
    f.line((-0.95, -0.3), (-0.95, 0.4))
    f.line((0.95, -0.3), (0.95, 0.4))


def desk(f: Frame, wide: float = 5.0, deep: float = 2.5) -> None:
    """A desk at the wall with a screen, a keyboard and a chair."""
    f.box(-wide / 2, 0, wide / 2, deep, fill="#fff")
    f.box(-0.9, 0.45, 0.9, 0.65, "fine")
    f.box(-0.25, 0.3, 0.25, 0.45, "hair")
    f.box(-0.75, 1.3, 0.75, 1.75, "hair")
    office_chair(f.moved(0, deep + 0.75))


def shelves(f: Frame, left: float, right: float, deep: float = 1.25, unit: float = 3.0) -> None:
    """Shelving units, each with its diagonal."""
    count = max(1, round((right - left) / unit))
    for step in range(count):
        a, b = (left + (right - left) * part / count for part in (step, step + 1))
        f.box(a, 0, b, deep, fill="#fff")
        f.line((a, 0), (b, deep), pen="hair")


def rack(f: Frame) -> None:
    """A server rack."""
    f.box(-1, 0, 1, 3.2, fill="#fff")
    f.line((-1, 0), (1, 3.2), pen="hair")
    f.line((1, 0), (-1, 3.2), pen="hair")


def fridge(f: Frame, word: str = "REF") -> None:
    """A refrigerator."""
    f.box(-1.35, 0.1, 1.35, 2.5, fill="#fff")
    f.line((-1.35, 2.3), (1.35, 2.3), pen="hair")
    f.word(0, 1.2, word)


def table(f: Frame, radius: float = 1.9, seats: int = 4) -> None:
    """A round table with chairs about it."""
    for seat in range(seats):
        turn = 2 * math.pi * seat / seats + math.pi / 4
        f.oval(math.cos(turn) * (radius + 0.45), math.sin(turn) * (radius + 0.45), 0.78, 0.78, fill="#fff")
    f.oval(0, 0, radius, radius, fill="#fff")


def sofa(f: Frame, wide: float = 6.5) -> None:
    """A sofa, its back at the wall."""
    f.round_box(-wide / 2, 0.15, wide / 2, 2.9, 0.3)
    f.line((-wide / 2 + 0.6, 2.9), (-wide / 2 + 0.6, 0.95), (wide / 2 - 0.6, 0.95), (wide / 2 - 0.6, 2.9))
    for part in (1 / 3, 2 / 3):
        place = -wide / 2 + 0.6 + (wide - 1.2) * part
        f.line((place, 0.95), (place, 2.9), pen="hair")


def plant(f: Frame, radius: float = 0.9) -> None:
    """A plant in a pot, seen from above."""
    f.oval(0, 0, radius * 0.45, radius * 0.45, "hair")
    for leaf in range(9):
        turn = 2 * math.pi * leaf / 9
        tip = math.cos(turn) * radius, math.sin(turn) * radius
        side = math.cos(turn + 0.5) * radius * 0.6, math.sin(turn + 0.5) * radius * 0.6
        f.line((0, 0), side, tip, pen="hair")


def mop_sink(f: Frame) -> None:
    """A floor sink."""
    f.box(0, 0, 2.2, 2.2, fill="#fff")
    f.box(0.2, 0.2, 2.0, 2.0, "hair")
    f.oval(1.1, 1.1, 0.22, 0.22)


def water_heater(f: Frame) -> None:
    """A tank."""
    f.oval(0, 1.2, 1.1, 1.1, fill="#fff")
    f.word(0, 1.2, "WH")


def panel(f: Frame, wide: float = 1.8) -> None:
    """An electrical panel on the wall."""
    f.box(-wide / 2, 0, wide / 2, 0.45, "mid", fill="#fff")
    f.line((-wide / 2, 0), (wide / 2, 0.45), pen="fine")
    f.box(-wide / 2 - 0.4, 0.5, wide / 2 + 0.4, 3.0, "hair", dash="0.7 0.5")


def shrub(board: Board, x: float, y: float, radius: float) -> None:
    """A shrub beside the walk: a wavy ring."""
    points = []
    for step in range(48):
        turn = 2 * math.pi * step / 48
        far = radius * (1 + 0.09 * math.sin(turn * 7))
        points.append((x + far * math.cos(turn), y + far * math.sin(turn)))
    board.path("C-SITE", line(points, closed=True), "hair")
    board.path("C-SITE", line([(x - 0.2, y), (x + 0.2, y)]) + line([(x, y - 0.2), (x, y + 0.2)]), "hair")
