import numpy as np
import pytest

from zonemap.tracing.photograph import is_photograph


def plan(width: int = 1200, height: int = 900) -> np.ndarray:
    """White paper with a few rooms on it."""
    grey = np.full((height, width), 255, np.uint8)
    for x in range(100, width - 100, 250):
        grey[100 : height - 100, x : x + 8] = 0
    for y in range(100, height - 100, 200):
        grey[y : y + 8, 100 : width - 100] = 0
    return grey


def lit(grey: np.ndarray) -> np.ndarray:
    """The same on a table: light from one side, and the noise of a camera."""
    height, width = grey.shape
    light = np.linspace(0.45, 0.8, width)[None, :] * np.linspace(1.0, 0.8, height)[:, None]
    noise = np.random.default_rng(1).normal(0, 3, grey.shape)
    return np.clip(grey * light + noise, 0, 255).astype(np.uint8)


def test_a_photograph_is_told_from_a_scan() -> None:
    assert is_photograph(lit(plan()))
    noisy = np.clip(plan() - np.random.default_rng(2).normal(6, 4, (900, 1200)), 0, 255).astype(np.uint8)
    assert not is_photograph(noisy)


@pytest.mark.parametrize("fills", [(200, 150, 230, 90), (255, 170, 120, 210)])
def test_a_plan_with_coloured_rooms_is_no_photograph(fills: tuple[int, ...]) -> None:
    grey = plan()
    for index, fill in enumerate(fills):
        x = 108 + 250 * (index % 4)
        grey[108:700, x : x + 242] = np.minimum(grey[108:700, x : x + 242], fill)
    assert not is_photograph(grey)
