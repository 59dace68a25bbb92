"""The sample clinic: an invented building, described in feet. ``draw_sample.py`` draws it and writes it down.

x runs east and y north from the south-west corner of the outer walls' centre lines. Rooms meet on the centre lines of
their walls, corner to corner. Everybody and everything here is invented; the numbers 555-01xx belong to no one.
"""

from __future__ import annotations

FACILITY = {
    "id": "5a3c0f1e7b2d4986a1c5e0d9f4b7a210",
    "name": "Juniper Street Community Health Center",
    "street": "2180 Juniper Street",
    "suite": "Suite 100",
    "city": "Alder Bay",
    "state": "CA",
    "postcode": "90000",
    "site_kind": "clinic",
}
FLOOR = {"id": "c2e6b8a04f1d4a53938e7d60f5a1b9c4", "name": "First floor", "level": 0}
PICTURE_ID = "9d4e2b71c6a84f0fb3d85a7e1c0f6243"
DESIGNATION_ID = "e17f5c3a9b60482d8fc4a2d1b5e09736"
CONTACTS = (
    ("responder", "Marisol Vega", "555-0142", "Mon to Fri, 8 am to 6 pm"),
    ("responder", "Tom Okafor", "555-0143", "Evenings and Saturday"),
    ("administrator_on_call", "Ruth Lindqvist", "555-0117", "Day and night"),
    ("counsel", "Bracken and Lowe, attorneys", "555-0190", "Day and night"),
    ("privacy_officer", "Anil Mehta", "555-0125", "Mon to Fri, 9 am to 5 pm"),
    ("charge_nurse", "Grace Tolentino", "555-0131", "While the clinic is open"),
    ("security", "Front door post", "555-0110", "Mon to Sat, 7 am to 8 pm"),
    ("compliance_officer", "Dolores Hart", "555-0128", "Mon to Fri, 9 am to 5 pm"),
)

O, P, R, Y = "public", "private", "records", "outdoor_private"  # noqa: E741


def box(left: float, low: float, right: float, high: float) -> list[tuple[float, float]]:
    """A rectangle's corners."""
    return [(left, low), (right, low), (right, high), (left, high)]


WAITING = [(17, 0), (27, 0), (27, 7), (36, 7), (36, 0), (45, 0), (45, 10), (38, 10), (38, 21), (17, 21)]
CLINICAL = [(0, 32), (27, 32), (27, 21), (33, 21), (33, 32), (87, 32), (87, 39), (0, 39)]
STAFF = [(0, 50), (27, 50), (27, 39), (33, 39), (33, 50), (65, 50), (65, 56), (0, 56)]
# number, name, class, outline, where its tag stands
ROOMS = (
    ("100", "Vestibule", O, box(27, 0, 36, 7), (31.5, 2.0)),
    ("101", "Waiting", O, WAITING, (27.5, 13.6)),
    ("102", "Check-in", O, box(38, 10, 45, 21), (41.2, 18.4)),
    ("103", "Corridor", O, box(0, 8, 17, 14), (12.9, 11.1)),
    ("104", "Restroom", O, box(0, 14, 8.5, 21), (4.9, 16.7)),
    ("105", "Restroom", O, box(8.5, 14, 17, 21), (12.6, 16.7)),
    ("106", "Janitor", P, box(0, 0, 7, 8), (4.4, 4.6)),
    ("107", "Counseling", P, box(7, 0, 17, 8), (12.4, 5.9)),
    ("108", "Reception", P, box(45, 10, 60, 21), (53.6, 13.0)),
    ("109", "Pharmacy", P, box(45, 0, 60, 10), (53.5, 5.2)),
    ("110", "Hall", P, box(60, 0, 66, 32), (63, 26.5)),
    ("111", "Administration", P, box(66, 0, 87, 11), (73.2, 8.4)),
    ("112", "Records", R, box(66, 11, 77, 21), (71.4, 13.5)),
    ("113", "Server", R, box(77, 11, 87, 21), (83.8, 14.3)),
    ("120", "Clinical corridor", P, CLINICAL, (56, 35.5)),
    ("121", "Exam 1", P, box(0, 21, 9, 32), (4.1, 29.5)),
    ("122", "Exam 2", P, box(9, 21, 18, 32), (13.9, 29.5)),
    ("123", "Exam 3", P, box(18, 21, 27, 32), (22.1, 29.5)),
    ("124", "Exam 4", P, box(33, 21, 42, 32), (37.9, 29.5)),
    ("125", "Exam 5", P, box(42, 21, 51, 32), (46.1, 29.5)),
    ("126", "Exam 6", P, box(51, 21, 60, 32), (55.9, 29.5)),
    ("127", "Laboratory", P, box(66, 21, 81, 32), (74.8, 26.4)),
    ("128", "Patient restroom", P, box(81, 21, 87, 32), (83.9, 26.9)),
    ("129", "Exam 7", P, box(0, 39, 9, 50), (4.1, 41.7)),
    ("130", "Exam 8", P, box(9, 39, 18, 50), (13.9, 41.7)),
    ("131", "Exam 9", P, box(18, 39, 27, 50), (22.1, 41.7)),
    ("132", "Nurse station", P, box(33, 39, 47, 50), (40, 42.3)),
    ("133", "Telehealth", P, box(47, 39, 56, 50), (51.9, 43.3)),
    ("134", "Clean supply", P, box(56, 39, 65, 50), (60.5, 44.8)),
    ("135", "Soiled utility", P, box(65, 39, 73, 50), (69, 44.8)),
    ("136", "Electrical", P, box(73, 39, 87, 50), (80, 44.2)),
    ("140", "Staff corridor", P, STAFF, (47, 53)),
    ("141", "Staff lounge", P, box(0, 56, 18, 66), (6.2, 61.2)),
    ("142", "Staff restroom", P, box(18, 56, 25, 66), (21.6, 61.2)),
    ("143", "Provider workroom", P, box(25, 56, 47, 66), (36.3, 59.7)),
    ("144", "Storage", P, box(47, 56, 65, 66), (56, 61)),
    ("145", "Staff yard", Y, box(65, 50, 87, 66), (77.2, 57.2)),
)

# rooms (None: outdoors), the wall ("x" stands north to south, "y" west to east) and where it is, the door's middle
# along it, its width; leaves: 0 an opening, 1, or 2; the hinge's end ("+" north or east); the side it swings to
DOORS = (
    ("100", None, "y", 0, 31.5, 6, 2, "", "-"),
    ("101", "100", "y", 7, 31.5, 6, 2, "", "-"),
    ("101", "103", "x", 17, 11, 5, 0, "", ""),
    ("101", "102", "x", 38, 15.5, 9, 0, "", ""),
    ("101", "102", "y", 10, 41.5, 6, 0, "", ""),
    ("103", "104", "y", 14, 6.4, 3, 1, "+", "+"),
    ("103", "105", "y", 14, 10.6, 3, 1, "-", "+"),
    ("103", "106", "y", 8, 4.6, 3, 1, "+", "+"),
    ("103", "107", "y", 8, 9.3, 3, 1, "-", "-"),
    ("102", "108", "x", 45, 19, 3, 1, "+", "+"),
    ("101", "120", "y", 21, 30, 4, 1, "-", "+"),
    ("108", "110", "x", 60, 15.2, 3, 1, "+", "-"),
    ("109", "110", "x", 60, 4.6, 3, 1, "+", "-"),
    ("110", "111", "x", 66, 8.6, 3, 1, "+", "+"),
    ("110", "112", "x", 66, 13.4, 3, 1, "-", "+"),
    ("112", "113", "x", 77, 13.4, 3, 1, "-", "+"),
    ("110", "120", "y", 32, 63, 5, 0, "", ""),
    ("120", "121", "y", 32, 6.8, 3, 1, "+", "-"),
    ("120", "122", "y", 32, 11.2, 3, 1, "-", "-"),
    ("120", "123", "y", 32, 24.8, 3, 1, "+", "-"),
    ("120", "124", "y", 32, 35.2, 3, 1, "-", "-"),
    ("120", "125", "y", 32, 48.8, 3, 1, "+", "-"),
    ("120", "126", "y", 32, 53.2, 3, 1, "-", "-"),
    ("120", "127", "y", 32, 69, 3.5, 1, "-", "-"),
    ("120", "128", "y", 32, 84.6, 3, 1, "+", "-"),
    ("120", "129", "y", 39, 6.8, 3, 1, "+", "+"),
    ("120", "130", "y", 39, 11.2, 3, 1, "-", "+"),
    ("120", "131", "y", 39, 24.8, 3, 1, "+", "+"),
    ("120", "140", "y", 39, 30, 5, 2, "", "+"),
    ("120", "132", "y", 39, 40, 9, 0, "", ""),
    ("120", "133", "y", 39, 53.9, 3, 1, "+", "+"),
    ("120", "134", "y", 39, 58.2, 3.5, 1, "-", "+"),
    ("120", "135", "y", 39, 67.2, 3.5, 1, "-", "+"),
    ("136", "145", "y", 50, 81, 6, 2, "", "+"),
    ("140", "141", "y", 56, 14.8, 3, 1, "+", "+"),
    ("140", "142", "y", 56, 20.4, 3, 1, "-", "+"),
    ("140", "143", "y", 56, 28, 3, 1, "-", "+"),
    ("140", "144", "y", 56, 50, 4, 1, "-", "+"),
    ("140", "145", "x", 65, 53, 3.5, 1, "-", "+"),
    ("145", None, "x", 87, 57.4, 4, 1, "+", "+"),
)

# edges without a wall: the wall's line as above, and from where to where along it
OPEN = (("x", 38, 10, 21), ("y", 10, 38, 45))
# counters with a window over them, in a wall
WICKETS = (("x", 45, 11.4, 16.8), ("x", 45, 3.4, 7.0), ("x", 81, 24.4, 26))
# windows in outer walls: as above
WINDOWS = (
    ("y", 0, 9, 15),
    ("y", 0, 18.2, 25.8),
    ("y", 0, 37.2, 43.8),
    ("y", 0, 48, 57),
    ("y", 0, 68, 75),
    ("y", 0, 78, 85),
    ("x", 0, 9.4, 12.6),
    ("x", 0, 23, 28.5),
    ("x", 0, 33.6, 37.4),
    ("x", 0, 43.5, 48),
    ("x", 0, 58.5, 63.5),
    ("x", 87, 3, 8),
    ("x", 87, 33.6, 37.4),
    ("y", 66, 2, 8),
    ("y", 66, 9.5, 15.5),
    ("y", 66, 27.5, 34.5),
    ("y", 66, 37, 44),
    ("y", 66, 51, 56),
)
COLUMNS = (("1", 0), ("2", 17), ("3", 33), ("4", 45), ("5", 66), ("6", 87))
ROWS = (("A", 66), ("B", 50), ("C", 39), ("D", 21), ("E", 0))
