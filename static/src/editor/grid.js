// A grid over the sheet: 1 m apart, or 5 or 10 m where that would be too dense. Drawn for what is seen only.
import Feature from "ol/Feature.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { gridLineStyle } from "./styles.js";

const STEPS = [1, 5, 10, 50]; // metres
const NEAR_PX = 14;

export function gridLayer(map, layers) {
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: 2, className: "ed-lines", visible: false, style: () => gridLineStyle(layers.colours) });
  const draw = () => {
    source.clear();
    if (!layer.getVisible() || !map.getSize()) return;
    const [wide, tall] = map.getSize();
    const [left, low, right, high] = map.getView().calculateExtent([2 * wide, 2 * tall]); // more than is seen, for panning
    const step = STEPS.find((each) => each / layers.resolution >= NEAR_PX) ?? STEPS.at(-1);
    const lines = [];
    for (let x = Math.ceil(left / step) * step; x <= right; x += step) lines.push([[x, low], [x, high]]);
    for (let y = Math.ceil(low / step) * step; y <= high; y += step) lines.push([[left, y], [right, y]]);
    source.addFeature(new Feature(new MultiLineString(lines)));
  };
  map.on("moveend", draw);
  layer.on("change:visible", draw);
  map.addLayer(layer);
  return layer;
}
