"""Room numbers and names read from a scan, by RapidOCR with the models that it brings along. Only for the child.

An extra (``pip install zonemap[ocr]``). Nothing is ever downloaded: the models are named by their files, and the
child has no network. What was read is a proposal; a person looks it over.
"""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from zonemap.errors import Invalid
from zonemap.intake.ocr_numbers import corrected
from zonemap.intake.ocr_tiles import Tile, letter_height, parted, tiles_of, upright_lines
from zonemap.model.linework import Text
from zonemap.model.plan import Point

Grey = NDArray[np.uint8]
Corners = NDArray[np.float32]  # 4 x 2: top left, top right, bottom right, bottom left of what is read

_LETTER_PX = 13.0  # height of letters that is read best
_SCALE = (0.4, 2.5)
_SURE = 0.6  # the least certainty of the reading, 0 to 1
_TALL = 1.5  # a box so much higher than wide holds a text that stands upright
_WALL = 3.5  # heights of letters: a longer upright line is a wall, and parts what stands on its two sides
_CAPITALS = 0.66  # of the height of a box: the reader's boxes leave a margin

_MISSING = (
    "To read room numbers from scans, install the reader on the server: pip install 'zonemap[ocr]', "
    "or make ocr in a copy of the source. The rooms can be named by hand meanwhile, or from a list of rooms."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A line that was read, and where: its corners in pixels of the picture."""

    words: str
    corners: Corners
    certainty: float
    upright: bool


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_texts(grey: Grey, metres_per_pixel: float | None = None) -> tuple[Text, ...]:  # noqa: ARG001 - not needed
    """The lines of text on a grey picture, in pixels, y down. Raises Invalid where the extra is not installed."""
    if not is_installed():
        raise Invalid(_MISSING)
    scale = min(max(_LETTER_PX / letter_height(grey), _SCALE[0]), _SCALE[1])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    picture = grey
    if abs(scale - 1) >= 0.1:
        picture = np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)
    scale = picture.shape[1] / grey.shape[1]
    reader = engine()
    found = [read for tile in tiles_of(picture) for read in _read_tile(reader, picture, tile)]
    return tuple(corrected([_text(read, scale) for read in found]))


def engine(otherwise: Mapping[str, Any] | None = None) -> Any:
    """The reader, on one thread: the child may start no other. ``otherwise``: settings other than for plans."""
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    chosen = {"Det": "*det*.onnx", "Rec": "*rec*.onnx", "Cls": "*cls*.onnx"}
    paths = {f"{part}.model_path": str(next(iter(sorted(models.glob(name))), "")) for part, name in chosen.items()}
    if not all(paths.values()):
        raise Invalid(_MISSING)
    threads = ("intra_op_num_threads", "inter_op_num_threads")
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": 100_000,
            "Global.text_score": 0.0,
            "Det.limit_side_len": 32,
            "Det.use_dilation": False,
            "Rec.rec_img_shape": [3, 48, 96],
            **{f"EngineConfig.onnxruntime.{name}": 1 for name in threads},
            **paths,
            **(otherwise or {}),
        }
    )


def _read_tile(engine: Any, picture: Grey, tile: Tile) -> Iterator[_Read]:
    """What is written in a tile and has its middle in the tile's own part."""
    piece = np.ascontiguousarray(picture[tile.top : tile.bottom, tile.left : tile.right])
    found = engine(cv2.cvtColor(piece, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return
    walls = upright_lines(piece, round(_WALL * _LETTER_PX))
    for box in parted(np.asarray(found.boxes, dtype=np.float32), walls):
        if not tile.owns(*box.mean(axis=0)):
            continue
        read = _read_box(engine, piece, box)
        if read is not None:
            words, certainty, upright = read
            yield _Read(words, box + np.array([tile.left, tile.top], dtype=np.float32), certainty, upright)


def _read_box(engine: Any, piece: Grey, box: Corners) -> tuple[str, float, bool] | None:
    """Words, certainty, and whether the text stands upright. Upright text is read both ways."""
    crop = cropped(piece, box)
    if min(crop.shape) < 4:
        return None
    tall = crop.shape[0] > _TALL * crop.shape[1]
    ways = [cv2.rotate(crop, cv2.ROTATE_90_CLOCKWISE), cv2.rotate(crop, cv2.ROTATE_90_COUNTERCLOCKWISE)]
    best = max((_recognised(engine, way) for way in (ways if tall else [crop])), key=lambda read: read[1])
    words = best[0].strip()
    return (words, best[1], tall) if words and best[1] >= _SURE else None


def _recognised(engine: Any, crop: Any) -> tuple[str, float]:
    found = engine(cv2.cvtColor(crop, cv2.COLOR_GRAY2BGR), use_det=False, use_cls=False, use_rec=True)
    if not found.txts:
        return "", 0.0
    return str(found.txts[0]), float(found.scores[0])


def cropped(piece: Grey, box: Corners) -> Grey:
    """What lies in the box, straightened."""
    width = max(1, round(max(math.dist(box[0], box[1]), math.dist(box[3], box[2]))))
    height = max(1, round(max(math.dist(box[0], box[3]), math.dist(box[1], box[2]))))
    to = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(box, to)
    flat = cv2.warpPerspective(piece, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.asarray(flat, dtype=np.uint8)


def _text(read: _Read, scale: float) -> Text:
    """In pixels of the picture as it was given."""
    top_left, top_right, bottom_right, bottom_left = (
        (float(x) / scale, float(y) / scale) for x, y in read.corners.tolist()
    )
    along, across = math.dist(top_left, top_right), math.dist(top_left, bottom_left)
    place: Point = (
        (top_left[0] + bottom_right[0]) / 2,
        (top_left[1] + bottom_right[1]) / 2,
    )
    angle = math.degrees(math.atan2(top_right[1] - top_left[1], top_right[0] - top_left[0]))
    if read.upright:
        along, across, angle = across, along, angle - 90
    return Text(read.words, place, across * _CAPITALS, along, round(angle % 360, 2))
