"""What stands in the rooms. Places are feet along the wall that a thing stands at."""

from __future__ import annotations

import drafting as d
import juniper as clinic
import shapely
from drafting import INNER, OUTER, Board, Frame
from shell import footprint, outside


class Rooms:
    """Finds the faces of a room's walls."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.boxes = {number: shapely.Polygon(ring).bounds for number, _, _, ring, _ in clinic.ROOMS}
        self.outline = footprint().exterior

    def on(self, number: str, side: str, along: float, layer: str = "A-FLOR-FIXT") -> Frame:
        """A frame at the face of the wall on that side of the room, looking into it."""
        left, low, right, high = self.boxes[number]
        x, y = {"s": (along, low), "n": (along, high), "w": (left, along), "e": (right, along)}[side]
        half = (OUTER if self.outline.distance(shapely.Point(x, y)) < 0.01 else INNER) / 2
        facing = {"s": "n", "n": "s", "w": "e", "e": "w"}[side]
        dx, dy = {"n": (0, 1), "s": (0, -1), "e": (1, 0), "w": (-1, 0)}[facing]
        return Frame(self.board, x + dx * half, y + dy * half, facing, layer)

    def furn(self, number: str, side: str, along: float) -> Frame:
        """The same for loose furniture."""
        return self.on(number, side, along, "A-FURN")

    def free(self, x: float, y: float, facing: str = "n") -> Frame:
        """A frame in the middle of the floor."""
        return Frame(self.board, x, y, facing, "A-FURN")


def fit_out(board: Board) -> None:
    """Furnish the clinic."""
    rooms = Rooms(board)
    outside(board)
    _front(rooms)
    _restrooms(rooms)
    _reception(rooms)
    _offices(rooms)
    for number, door_wall, door_side in (
        ("121", "n", "e"),
        ("122", "n", "w"),
        ("123", "n", "e"),
        ("124", "n", "w"),
        ("125", "n", "e"),
        ("126", "n", "w"),
        ("129", "s", "e"),
        ("130", "s", "w"),
        ("131", "s", "e"),
    ):
        _exam(rooms, number, door_wall, door_side)
    _laboratory(rooms)
    _clinical(rooms)
    _staff(rooms)
    _yard(rooms)


def _front(r: Rooms) -> None:
    """The waiting room's chairs, a table for children, plants; the mat of the vestibule."""
    d.chairs(r.furn("101", "w", 7.9), 3)
    d.chairs(r.furn("101", "w", 18.6), 2)
    d.chairs(r.furn("101", "s", 20.4), 3)
    d.chairs(r.furn("101", "n", 27.2), 4)
    d.chairs(r.furn("101", "s", 37.4), 3)
    d.chairs(r.free(21.2, 10.6, "n"), 5)
    d.chairs(r.free(30.7, 10.5, "s"), 5)
    d.table(r.free(40.4, 5.9), 1.3, 4)
    d.plant(r.free(18.3, 19.8))
    d.plant(r.free(43.9, 1.3), 0.7)
    d.plant(r.free(36.9, 20.0), 0.8)
    mat = Frame(r.board, 31.5, 3.6, "n", "A-FLOR-PATT")
    for step in range(11):
        mat.line((-3.2, -1.9 + step * 0.2), (3.2, -1.9 + step * 0.2), pen="hair")
    fountain = r.on("103", "n", 8.5)
    for u in (-0.75, 0.75):
        fountain.round_box(u - 0.6, 0, u + 0.6, 1.3, 0.2)
        fountain.oval(u, 0.7, 0.3, 0.3)


def _restrooms(r: Rooms) -> None:
    d.toilet(r.on("104", "w", 19.0))
    d.basin(r.on("104", "w", 15.9))
    d.grab_bars(r.on("104", "n", 2.6), -1.6, 1.9)
    d.turning_circle(r.free(5.4, 18.0))
    d.toilet(r.on("105", "e", 19.0))
    d.basin(r.on("105", "e", 15.9))
    d.grab_bars(r.on("105", "n", 14.4), -1.9, 1.6)
    d.turning_circle(r.free(11.6, 18.0))
    d.toilet(r.on("128", "e", 23.2))
    d.basin(r.on("128", "w", 29.8))
    d.grab_bars(r.on("128", "s", 84.6), -1.8, 1.6)
    d.toilet(r.on("142", "e", 64.1))
    d.basin(r.on("142", "e", 58.0))
    d.grab_bars(r.on("142", "n", 22.6), -1.9, 1.6)
    d.turning_circle(r.free(21.2, 62.9))


def _reception(r: Rooms) -> None:
    """Two places behind the counter, printers and files along the back wall; the pharmacy's aisles."""
    for y in (12.9, 15.5):
        seat = r.free(48.1, y, "w")
        d.office_chair(seat)
    r.furn("108", "w", 14.1).box(-2.7, 0, 2.7, 2.0, fill="none")
    d.counter(r.on("108", "n", 53.5), -5.8, 4.4)
    r.on("108", "n", 50.6).box(-0.9, 0.3, 0.9, 1.7, "hair")
    r.on("108", "n", 54.6).box(-0.9, 0.3, 0.9, 1.7, "hair")

    d.shelves(r.furn("108", "s", 56.0), -3.4, 3.4)
    d.counter(r.on("109", "w", 5.2), -1.9, 2.2, 1.9, upper=False)
    d.shelves(r.furn("109", "s", 52.5), -4.7, 6.6, 1.3)
    d.shelves(r.furn("109", "n", 53.2), -5.2, 5.2, 1.3)
    d.fridge(r.on("109", "n", 46.8))
    d.office_chair(r.free(48.4, 5.2, "w"))


def _offices(r: Rooms) -> None:
    d.desk(r.furn("107", "s", 12.0), 5, 2.4)
    d.chair(r.furn("107", "e", 5.6))
    d.chair(r.furn("107", "e", 3.6))
    d.mop_sink(r.on("106", "s", 1.0))
    d.shelves(r.furn("106", "w", 5.6), -1.8, 1.8, 1.2, 1.8)
    d.water_heater(r.on("106", "s", 5.4))
    for x in (69.6, 75.4, 81.2):
        d.desk(r.furn("111", "s", x), 5, 2.4)
    d.counter(r.on("111", "n", 81.0), -5.4, 3.0, 1.6, upper=False)

    d.shelves(r.furn("112", "n", 71.5), -5.1, 5.1, 1.3)
    d.shelves(r.free(71.9, 17.0, "n"), -3.2, 3.2, 1.2)
    d.shelves(r.free(71.9, 17.0, "s"), -3.2, 3.2, 1.2)

    for x in (80.2, 82.3, 84.4):
        d.rack(r.free(x, 16.0, "n"))
    d.counter(r.on("113", "s", 83.6), -2.4, 2.6, 1.5, upper=False)


def _exam(r: Rooms, number: str, door_wall: str, door_side: str) -> None:
    """A couch at the wall across from the door, a counter with a sink on the door's side, a stool, two chairs."""
    left, low, right, high = r.boxes[number]
    far = "s" if door_wall == "n" else "n"
    couch_x, counter_side = (left + 2.7, "e") if door_side == "e" else (right - 2.7, "w")
    d.couch(r.on(number, far, couch_x))
    end = low + 3.0 if far == "s" else high - 3.0
    cabinet = r.on(number, counter_side, end)
    d.counter(cabinet, -2.6, 2.6, 1.75)
    d.sink(cabinet, 0.9, 0.95, 1.3, 0.95)
    toward = 1 if far == "s" else -1
    d.stool(r.free((left + right) / 2 + (0.7 if door_side == "e" else -0.7), end + toward * 1.4))
    seat_side = "w" if door_side == "e" else "e"
    d.chair(r.furn(number, seat_side, (high - 1.3) if door_wall == "n" else (low + 1.3)))


def _laboratory(r: Rooms) -> None:
    """Benches on three walls, an island; the pass-through to the restroom."""
    d.counter(r.on("127", "s", 73.3), -7.0, 7.4, 2.3)
    d.sink(r.on("127", "s", 70.2), 0, 1.2, 1.8, 1.2)
    d.counter(r.on("127", "w", 25.6), -2.3, 2.0, 2.1)
    d.counter(r.on("127", "n", 76.0), -4.6, 4.7, 2.1)
    for x in (73.4, 76.2):
        r.on("127", "s", x).box(-0.8, 0.4, 0.8, 1.8, "hair")
    r.on("127", "s", 79.0).oval(0, 1.1, 0.7, 0.7, "hair")
    d.fridge(r.on("127", "e", 28.0), "REF")
    for x in (72.0, 75.0, 78.2):
        d.stool(r.free(x, 24.6))


def _clinical(r: Rooms) -> None:
    """Nurse station, telehealth, supplies, soiled utility, electrical."""
    nurse = r.free(40, 39.7, "n")
    nurse.box(-4.2, 0.0, 4.2, 2.0, fill="#fff")
    nurse.line((-4.2, 0.7), (4.2, 0.7), pen="hair")
    d.counter(r.on("132", "n", 40), -6.7, 6.7, 2.0)
    d.sink(r.on("132", "n", 44.6), 0, 1.0)
    for x in (36.4, 39.6):
        r.on("132", "n", x).box(-0.9, 0.45, 0.9, 0.65)
        d.office_chair(r.free(x, 46.9, "n"))
    d.counter(r.on("132", "e", 44.4), -2.6, 2.6, 1.6, upper=False)
    d.desk(r.furn("133", "n", 51.5), 5, 2.4)
    r.on("133", "s", 50.2).box(-1.8, 0, 1.8, 0.3, fill="#fff")
    d.chair(r.furn("133", "w", 43.0))
    d.shelves(r.furn("134", "n", 60.5), -4.2, 4.2, 1.5)
    d.shelves(r.furn("134", "e", 43.6), -4.2, 4.6, 1.5)
    d.shelves(r.furn("134", "w", 46.2), -2.2, 2.0, 1.3)
    d.counter(r.on("135", "n", 69.0), -3.7, 3.7, 2.0)
    d.sink(r.on("135", "n", 67.4), 0, 1.0, 1.7, 1.2)
    flush = r.on("135", "e", 46.2)
    flush.round_box(-0.9, 0, 0.9, 1.9, 0.2)
    flush.oval(0, 0.95, 0.55, 0.55)
    for y in (41.2, 43.4):
        r.furn("135", "e", y).oval(0, 1.0, 0.85, 0.85, fill="#fff")
    for y in (41.5, 44.0, 46.5):
        d.panel(r.on("136", "e", y))
    d.panel(r.on("136", "w", 46.0), 2.4)
    unit = r.free(78.0, 40.2)
    unit.box(-2.4, 0, 2.4, 2.6, fill="#fff")
    unit.line((-2.4, 0), (2.4, 2.6), pen="hair")
    unit.line((2.4, 0), (-2.4, 2.6), pen="hair")


def _staff(r: Rooms) -> None:
    d.counter(r.on("141", "n", 9.0), -5.3, 7.6)
    d.sink(r.on("141", "n", 12.2), 0, 1.0, 1.7, 1.1)
    d.fridge(r.on("141", "n", 15.9))

    d.table(r.free(11.4, 60.5), 1.4, 4)
    d.sofa(r.furn("141", "w", 60.2))
    d.chairs(r.furn("141", "s", 3.8), 3)
    for x in (28.4, 33.6, 38.8, 44.0):
        d.desk(r.furn("143", "n", x), 5, 2.3)
    d.counter(r.on("143", "s", 39.5), -5.0, 6.9, 1.6, upper=False)
    d.shelves(r.furn("144", "n", 56.0), -8.5, 8.3, 1.6)
    d.shelves(r.furn("144", "e", 60.6), -3.8, 3.6, 1.6)

    lockers = r.furn("140", "n", 8.0)
    for step in range(9):
        lockers.box(-5.4 + step * 1.0, 0, -4.4 + step * 1.0, 1.1, "fine", fill="#fff")


def _yard(r: Rooms) -> None:
    """A table under a tree, a bicycle stand, bins behind a screen."""
    d.table(r.free(79.5, 61.6), 1.7, 5)
    d.shrub(r.board, 84.3, 63.4, 1.8)
    d.shrub(r.board, 67.4, 63.8, 1.2)
    for step in range(5):
        x = 67.0 + step * 1.2
        r.free(x, 59.8).line((0, 0), (0, 2.4), pen="fine")
