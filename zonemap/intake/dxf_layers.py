"""The layers of a DXF drawing: which are shown, and what colour something has. Only for the child."""

from __future__ import annotations

from ezdxf import colors
from ezdxf.document import Drawing
from ezdxf.entities.dxfgfx import DXFGraphic

_BY_BLOCK, _BY_LAYER, _PAPER = 0, 256, 7


class Layers:
    """What the layer table says, by names without regard to capitals."""

    def __init__(self, document: Drawing) -> None:
        self._hidden: set[str] = set()
        self._frozen: set[str] = {"defpoints"}  # never printed
        self._colours: dict[str, int] = {}
        for layer in document.layers:
            name = layer.dxf.name.lower()
            if layer.is_off():
                self._hidden.add(name)
            if layer.is_frozen():
                self._frozen.add(name)
            self._colours[name] = _colour(abs(layer.dxf.get("color", _PAPER)), layer.dxf.get("true_color"))

    def shows(self, name: str, *, insert: bool = False) -> bool:
        """Whether the layer is drawn. Of a block on a layer that is only off, the parts on other layers are drawn."""
        lower = name.lower()
        return lower not in self._frozen and (insert or lower not in self._hidden)

    def colour(self, entity: DXFGraphic, layer: str, of_block: int) -> int:
        """0xRRGGBB of an entity that counts as on ``layer``, in a block of colour ``of_block``."""
        index = entity.dxf.get("color", _BY_LAYER)
        true = entity.dxf.get("true_color")
        if true is None and index == _BY_LAYER:
            return self._colours.get(layer.lower(), 0)
        return of_block if true is None and index == _BY_BLOCK else _colour(index, true)


def _colour(index: int, true: int | None) -> int:
    """0xRRGGBB; white and "7" are the paper's opposite, black."""
    if true is not None:
        return int(true) & 0xFFFFFF
    if index == _PAPER or not 0 < index < _BY_LAYER:
        return 0
    return _packed(colors.aci2rgb(index))


def _packed(rgb: tuple[int, int, int]) -> int:
    red, green, blue = rgb
    return 0 if red == green == blue == 255 else red << 16 | green << 8 | blue
