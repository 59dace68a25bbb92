"""The lines of text on a photo of a paper, by RapidOCR with the models that it brings along. Only for the child.

Nothing is kept and nothing is downloaded. What was read becomes suggestions elsewhere; here nothing is concluded.
"""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from zonemap.errors import Invalid
from zonemap.intake import ocr
from zonemap.intake.frames import packed
from zonemap.intake.raster import read_photo
from zonemap.model.reading import CROP_HEIGHT, CROP_WIDTH_MOST, LINES_MOST, TEXT_MOST

Grey = NDArray[np.uint8]
_SIDE = 1800  # pixels of the longer side: small print is still read, and a phone's photo in seconds
_SURE = 0.5


def read_paper(data: bytes) -> bytes:
    """The framed answer: for each line its words and place, then its crop. Raises Invalid or TooLarge."""
    if not ocr.is_installed():
        raise Invalid("Reading help is not installed on this server.")
    with Image.open(BytesIO(read_photo(data, _SIDE))) as image:
        grey = np.asarray(image.convert("L"), dtype=np.uint8)
    grey = _enlarged(grey)
    found = _engine()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=True)
    lines: list[dict[str, Any]] = []
    crops: list[bytes] = []
    boxes = np.zeros((0, 4, 2), np.float32) if found.boxes is None else np.asarray(found.boxes, dtype=np.float32)
    for box, corners, words, sure in zip(boxes, _level(boxes), found.txts or (), found.scores or (), strict=False):
        crop = _crop(grey, box)
        if float(sure) < _SURE or not str(words).strip() or crop is None or len(lines) >= LINES_MOST:
            continue
        left = corners[:, 0].min()
        height = (math.dist(corners[0], corners[3]) + math.dist(corners[1], corners[2])) / 2
        middle = float(corners[:, 1].mean())
        lines.append(
            {
                "text": str(words).strip()[:TEXT_MOST],
                "left": float(left) / grey.shape[0],
                "top": (middle - height / 2) / grey.shape[0],
                "width": math.dist(corners[0], corners[1]) / grey.shape[0],
                "height": height / grey.shape[0],
                "certainty": float(sure),
                "crop": [crop.shape[1], crop.shape[0]],
            }
        )
        crops.append(crop.tobytes())
    return packed({"lines": lines}, crops)


def _level(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """The boxes as they would lie on a photo that was held straight: turned back by the slant of most lines."""
    if not len(boxes):
        return boxes
    along = boxes[:, 1] - boxes[:, 0]
    wide = along[np.hypot(*along.T) >= np.median(np.hypot(*along.T))]
    slant = float(np.median(np.arctan2(wide[:, 1], wide[:, 0])))
    cos, sin = math.cos(slant), math.sin(slant)
    return np.asarray(boxes @ np.array([[cos, -sin], [sin, cos]], dtype=np.float32), dtype=np.float32)


def _engine() -> Any:
    return ocr.engine({"Rec.rec_img_shape": [3, 48, 320], "Global.max_side_len": 2400, "Det.limit_side_len": 736})


def _enlarged(grey: Grey) -> Grey:
    """A small picture made larger: the reader was made for letters of some size."""
    scale = 1300 / max(grey.shape)
    if scale <= 1:
        return grey
    how = cv2.INTER_CUBIC
    return np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=how), dtype=np.uint8)


def _crop(grey: Grey, corners: NDArray[np.float32]) -> Grey | None:
    """What lies in the box, straightened, at one height."""
    flat = ocr.cropped(grey, corners)
    if min(flat.shape) < 4:
        return None
    width = min(CROP_WIDTH_MOST, max(4, round(flat.shape[1] * CROP_HEIGHT / flat.shape[0])))
    return np.asarray(cv2.resize(flat, (width, CROP_HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.uint8)
