"""What a reader of pictures saw on a photo of a paper: lines, where they are, and what they look like."""

from __future__ import annotations

from dataclasses import dataclass

CROP_HEIGHT, CROP_WIDTH_MOST = 36, 720  # pixels
LINES_MOST = 90
TEXT_MOST = 200  # letters of a line


@dataclass(frozen=True, slots=True)
class Crop:
    """The piece of the photo that was read, in grey, row by row."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of text. Places and sizes are parts of the photo's height, so that they mean the same on every photo."""

    text: str
    left: float
    top: float
    width: float
    height: float
    certainty: float
    crop: Crop

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a paper seems to say to one question. ``value`` is empty where only the words are worth showing.

    It is never an answer: a person looks at the crop, and says whether that is what they see.
    """

    key: str
    value: str
    words: str
    crops: tuple[Crop, ...]
