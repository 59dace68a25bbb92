import pytest
from lxml import etree

from zonemap.drawing.colours import ZONES
from zonemap.drawing.swatch import swatch
from zonemap.model.zone import ZoneClass


@pytest.mark.parametrize("zone_class", list(ZoneClass))
def test_a_swatch_has_the_fill_and_hatch_of_its_class_and_is_as_large_as_asked(zone_class):
    root = etree.fromstring(swatch(zone_class, 12, 6).encode())
    strokes = {each.get("stroke") for each in root.iter() if each.get("d")}

    assert (root.get("width"), root.get("height")) == ("12mm", "6mm")
    assert ZONES[zone_class].fill in {each.get("fill") for each in root.iter()}
    assert strokes == ({ZONES[zone_class].hatch} if ZONES[zone_class].hatch else set())
