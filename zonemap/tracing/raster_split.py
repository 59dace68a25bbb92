"""Rooms that only a thin line divides or closes: split by every line first, then joined again where it is furniture.

The arc of a door, a table and a counter cut a room up too; such a piece is small, or much of its border is thin. A
glazed partition or the end of a stair leaves pieces that are walls nearly all round.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from zonemap.tracing.ink import Ink
from zonemap.tracing.ink_shapes import Labels, Mask, closed, components, renumbered

LEAST_PIECE = 1.2  # m2: a smaller piece belongs to its neighbour
THIN_SHARE = 0.3  # of a piece's border: with more of it thin, it is furniture or a part of its neighbour
LINE = 4  # pixels: the farthest that a piece grows into the lines round it
MOST_PIECES = 60_000
OUTDOORS = 1  # the label of what the page's margin reaches


@dataclass(frozen=True, slots=True)
class Places:
    """Labelled places: 0 is wall, 1 outdoors, the others may be rooms; a box round each, and how many pixels it has.

    ``parted``: whether something lies between any two places, so that pixels side by side have one label.
    """

    labels: Labels
    boxes: Labels  # left, top, right, bottom
    areas: npt.NDArray[np.float64]  # those of walls and outdoors say nothing
    parted: bool


def split_and_joined(ink: Ink, barrier: Mask, lines: Mask, thin_share: float = THIN_SHARE) -> Places:
    """The places between walls. ``barrier``: closed walls; ``thin_share``: how much of a room's border may be thin."""
    free = 1 - barrier
    fence = barrier | (closed(lines, 3, 3) & free)
    count, labels, stats = components(np.pad(1 - fence, 1, constant_values=1), 4)
    if count > MOST_PIECES:  # dots all over: no line can be trusted to divide
        count, labels, stats = components(np.pad(free, 1, constant_values=1), 4)
    labels, stats = outdoors_first(labels, stats)
    labels, gained = grown_into(labels[1:-1, 1:-1], free, count)
    area = (stats[:, cv2.CC_STAT_AREA] + gained).astype(np.float64)
    shared, wall = borders(labels, barrier, count)
    target = joined(area * ink.metres**2, shared, wall, thin_share)
    areas = np.asarray(np.bincount(target, weights=area, minlength=count), dtype=np.float64)
    return Places(renumbered(labels, target), boxes_of(target, stats, labels.shape), areas, parted=False)


def between(barrier: Mask) -> Places:
    """The places between walls, with no regard to thin lines."""
    _, labels, stats = components(np.pad(1 - barrier, 1, constant_values=1), 4)
    labels, stats = outdoors_first(labels, stats)
    inner = np.ascontiguousarray(labels[1:-1, 1:-1])
    boxes = boxes_of(np.arange(len(stats), dtype=np.int32), stats, inner.shape)
    return Places(inner, boxes, stats[:, cv2.CC_STAT_AREA].astype(np.float64), parted=True)


def boxes_of(target: Labels, stats: Labels, shape: tuple[int, ...]) -> Labels:
    """The boxes of joined pieces: left, top, right, bottom for each label."""
    left, top = stats[:, 0] - 1 - LINE, stats[:, 1] - 1 - LINE
    right, bottom = left + stats[:, 2] + 2 * LINE, top + stats[:, 3] + 2 * LINE
    boxes = np.stack([left, top, right, bottom], axis=1)
    for axis, least in ((0, np.minimum), (1, np.minimum), (2, np.maximum), (3, np.maximum)):
        least.at(boxes[:, axis], target, boxes[:, axis].copy())
    limits = np.array([shape[1], shape[0], shape[1], shape[0]])
    return np.asarray(np.clip(boxes, 0, limits), dtype=np.int32)


def outdoors_first(labels: Labels, stats: Labels) -> tuple[Labels, Labels]:
    """Labels and their table with that of the left top corner exchanged for ``OUTDOORS``."""
    corner = int(labels[0, 0])
    if corner == OUTDOORS:
        return labels, stats
    order = np.arange(int(labels.max()) + 1, dtype=np.int32)
    order[corner], order[OUTDOORS] = OUTDOORS, corner
    return renumbered(labels, order), stats[order]


def grown_into(labels: Labels, free: Mask, count: int) -> tuple[Labels, npt.NDArray[np.int64]]:
    """Each label grown into the lines beside it, so that pieces on both sides of a line touch; and what each gains."""
    grown = labels.astype(np.uint16)
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    gained = np.zeros(count, dtype=np.int64)
    for _ in range(LINE):
        empty = np.flatnonzero((grown == 0) & (free > 0))
        if not empty.size:
            break
        taken = cv2.dilate(grown, cross).ravel()[empty]
        grown.ravel()[empty] = taken
        gained += np.bincount(taken, minlength=count)
    return np.asarray(grown, dtype=np.int32), gained


def borders(labels: Labels, barrier: Mask, count: int) -> tuple[dict[int, dict[int, int]], npt.NDArray[np.int64]]:
    """How many pixels of border each pair of touching pieces shares, and how many each piece has along walls."""
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    wall = np.zeros(count, dtype=np.int64)
    for one, other, one_wall, other_wall in (
        (labels[:, :-1], labels[:, 1:], barrier[:, :-1], barrier[:, 1:]),
        (labels[:-1], labels[1:], barrier[:-1], barrier[1:]),
    ):
        touching = (one != other) & (one > 0) & (other > 0)
        pairs = np.sort(np.stack([one[touching], other[touching]]).astype(np.int64), axis=0)
        codes, lengths = np.unique(pairs[0] * count + pairs[1], return_counts=True)
        for code, length in zip(codes.tolist(), lengths.tolist(), strict=True):
            first, second = divmod(code, count)
            shared[first][second] = shared[second][first] = shared[first].get(second, 0) + length
        wall += np.bincount(one[(one > 0) & (other_wall > 0)], minlength=count)
        wall += np.bincount(other[(other > 0) & (one_wall > 0)], minlength=count)
    return shared, wall


def joined(
    area: npt.NDArray[np.float64],
    shared: dict[int, dict[int, int]],
    wall: npt.NDArray[np.int64],
    thin_share: float,
) -> Labels:
    """For each piece the label of the one that it has become a part of; the smallest are joined first."""
    areas, walls = area.tolist(), wall.tolist()
    target = list(range(len(areas)))
    waiting = sorted((piece for piece in shared if piece != OUTDOORS), key=lambda piece: areas[piece])
    while waiting:
        later: list[int] = []
        for piece in waiting:
            beside = shared.get(piece)
            if target[piece] != piece or not beside:
                continue
            thin = sum(beside.values())
            if areas[piece] >= LEAST_PIECE and thin <= thin_share * (thin + walls[piece]):
                continue
            to = max(beside, key=lambda label: beside[label])
            absorb(piece, to, shared)
            target[piece] = to
            areas[to] += areas[piece]
            walls[to] += walls[piece]
            if to != OUTDOORS:
                later.append(to)
        waiting = sorted(set(later), key=lambda piece: areas[piece])
    for piece in range(len(target)):
        end = piece
        while target[end] != end:
            end = target[end]
        target[piece] = end
    return np.array(target, dtype=np.int32)


def absorb(piece: int, to: int, shared: dict[int, dict[int, int]]) -> None:
    """Hand the borders of a piece over to the one that takes it up."""
    for other, length in shared.pop(piece).items():
        shared[other].pop(piece, None)
        if other != to:
            shared[to][other] = shared[other][to] = shared[to].get(other, 0) + length
