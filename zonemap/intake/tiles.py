"""How a picture is cut into tiles: the arithmetic that the child, the pages and the editor share.

A tile has the key ``(z, x, y)`` and the address ``/pictures/<picture id>/<z>/<x>/<y>.png``.

- z = 0 is the whole picture in one tile; z = ``deepest(width_px, height_px)`` is full resolution.
- A pixel at z covers exactly ``2 ** (deepest - z)`` full pixels each way, whatever the size of the picture.
- x counts columns from the left, y counts rows **from the top**; tile (z, 0, 0) begins at the top left corner.
- Every tile is 512 x 512: what lies beyond the right and lower edge is **filled with white**, because OpenLayers
  stretches a smaller tile to the full size. So give the layer the picture's extent, which cuts the white off.

In OpenLayers, with the picture laid out in pixels and y up (``extent = [0, 0, width_px, height_px]``)::

    const deepest = Math.max(0, Math.ceil(Math.log2(Math.max(width_px, height_px) / 512)));
    const resolutions = Array.from({length: deepest + 1}, (_, z) => 2 ** (deepest - z));
    new TileLayer({extent, source: new TileImage({
        tileGrid: new TileGrid({extent, origin: [0, height_px], resolutions, tileSize: 512}),
        tileUrlFunction: ([z, x, y]) => `/pictures/${id}/${z}/${x}/${y}.png`,
    })});

In metres, multiply extent, origin and resolutions by ``metres_per_pixel``. OpenLayers counts y down from the origin
as we do, so nothing is turned over.
"""

from __future__ import annotations

from collections.abc import Iterator

from zonemap.intake.sheet import TileKey

TILE_PX = 512


def deepest(width_px: int, height_px: int) -> int:
    """The z of full resolution."""
    return max(0, (max(width_px, height_px) - 1) // TILE_PX).bit_length()


def level_size(width_px: int, height_px: int, z: int) -> tuple[int, int]:
    """Width and height of the picture at z, in pixels; what is left over at an edge counts as a whole pixel."""
    step: int = 2 ** (deepest(width_px, height_px) - z)
    return -(-width_px // step), -(-height_px // step)


def tile_keys(width_px: int, height_px: int) -> Iterator[TileKey]:
    """All tiles of a picture, from the coarsest."""
    for z in range(deepest(width_px, height_px) + 1):
        width, height = level_size(width_px, height_px, z)
        for y in range(-(-height // TILE_PX)):
            for x in range(-(-width // TILE_PX)):
                yield z, x, y
