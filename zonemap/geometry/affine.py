"""From one plane to another: an affine (a, b, c, d, e, f) means x' = a x + b y + c and y' = d x + e y + f."""

from __future__ import annotations

from zonemap.model.linework import Affine
from zonemap.model.plan import Point

Box = tuple[float, float, float, float]  # least x, least y, most x, most y


def moved(point: Point, affine: Affine) -> Point:
    """The point in the other plane."""
    a, b, c, d, e, f = affine
    x, y = point
    return a * x + b * y + c, d * x + e * y + f


def after(first: Affine, then: Affine) -> Affine:
    """One affine after another."""
    a, b, c, d, e, f = first
    g, h, _, k, m, _ = then
    across, up = moved((c, f), then)
    return g * a + h * d, g * b + h * e, across, k * a + m * d, k * b + m * e, up


def inverse(affine: Affine) -> Affine:
    """The way back. Raises ZeroDivisionError where an affine leads onto a line."""
    a, b, c, d, e, f = affine
    whole = a * e - b * d
    p, q, r, s = e / whole, -b / whole, -d / whole, a / whole
    return p, q, -(p * c + q * f), r, s, -(r * c + s * f)


def moved_box(box: Box, affine: Affine) -> Box:
    """The upright box around a box in the other plane."""
    xs, ys = zip(*(moved((x, y), affine) for x in box[::2] for y in box[1::2]), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
