"""The colours stay far apart for every eye, and the words and hatches on them can be read."""

import itertools
import math
import re
from pathlib import Path

import pytest

from zonemap.drawing.colours import DOOR, EDGE, FOCUS, PLATE_INK, WALL, ZONES
from zonemap.model.zone import ZoneClass

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1, 1.08883)


def tokens(name):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", (CSS / name).read_text(encoding="utf-8")))


def zones(name):
    found = tokens(name)
    return {
        kind: (
            found[f"z-{zone.name}"],
            found[f"z-{zone.name}-ink"],
            None if zone.hatch is None else found[f"z-{zone.name}-hatch"],
        )
        for kind, zone in ZONES.items()
    }


def linear(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix, vector):
    return [sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix]


def luminance(colour):
    return times(XYZ, linear(colour))[1]


def contrast(first, second):
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb):
    scaled = [part / white for part, white in zip(times(XYZ, rgb), WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(colour, eye):
    rgb = linear(colour)
    if eye == "grey":
        return [luminance(colour)] * 3
    return [min(1, max(0, part)) for part in times(EYES[eye], rgb)]


def ciede2000(first, second):
    (l1, a1, b1), (l2, a2, b2) = first, second
    mean = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    grow = 1.5 - 0.5 * math.sqrt(mean**7 / (mean**7 + 25**7))
    c1, c2 = math.hypot(a1 * grow, b1), math.hypot(a2 * grow, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1 * grow)) % 360, math.degrees(math.atan2(b2, a2 * grow)) % 360
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    middle = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360

    def cos(degrees):
        return math.cos(math.radians(degrees))

    t = 1 - 0.17 * cos(middle - 30) + 0.24 * cos(2 * middle) + 0.32 * cos(3 * middle + 6) - 0.2 * cos(4 * middle - 63)
    sl = 1 + 0.015 * (light - 50) ** 2 / math.sqrt(20 + (light - 50) ** 2)
    sc, sh = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    around = math.exp(-(((middle - 275) / 25) ** 2))
    rotation = -2 * math.sqrt(chroma**7 / (chroma**7 + 25**7)) * math.sin(math.radians(60 * around))
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, hue / sh
    return math.sqrt(dl**2 + dc**2 + dh**2 + rotation * dc * dh)


@pytest.mark.parametrize(
    ("first", "second", "distance"),
    [  # from the test data of Sharma, Wu and Dalal 2005
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_distance_used_here_is_ciede2000(first, second, distance):
    assert ciede2000(first, second) == pytest.approx(distance, abs=1e-4)


def test_the_colours_for_paper_are_the_light_tokens():
    light = tokens("tokens.css")

    assert {kind: (zone.fill, zone.ink, zone.hatch) for kind, zone in ZONES.items()} == zones("tokens.css")
    assert light["plan-wall"] == WALL
    assert light["plan-edge"] == EDGE
    assert light["plan-door"] == DOOR
    assert light["plan-plate-ink"] == PLATE_INK
    assert light["focus"] == FOCUS


def test_every_class_has_colours_and_public_has_no_hatch():
    assert set(ZONES) == set(ZoneClass)
    assert [kind for kind, zone in ZONES.items() if zone.hatch is None] == [ZoneClass.PUBLIC]


@pytest.mark.parametrize("sheet", ["tokens.css", "tokens-dark.css"])
@pytest.mark.parametrize(
    ("eye", "least"), [("normal", 10), ("protan", 10), ("deutan", 10), ("tritan", 10), ("grey", 6)]
)
def test_any_two_fills_are_far_apart_to_every_eye(sheet, eye, least):
    fills = [lab(seen(fill, eye)) for fill, _, _ in zones(sheet).values()]

    assert min(ciede2000(*pair) for pair in itertools.combinations(fills, 2)) >= least


@pytest.mark.parametrize("sheet", ["tokens.css", "tokens-dark.css"])
@pytest.mark.parametrize("kind", ZoneClass)
def test_words_and_hatch_can_be_read_on_every_fill(sheet, kind):
    fill, ink, hatch = zones(sheet)[kind]

    assert contrast(ink, fill) >= 4.5
    assert hatch is None or contrast(hatch, fill) >= 3.0


def test_public_is_the_lightest_fill_in_both_themes():
    for sheet in ("tokens.css", "tokens-dark.css"):
        fills = {kind: luminance(fill) for kind, (fill, _, _) in zones(sheet).items()}
        assert max(fills, key=fills.__getitem__) is ZoneClass.PUBLIC
