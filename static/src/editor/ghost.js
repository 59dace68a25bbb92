// What would be there if the pointer let go now: a dashed ring, an outline in the making, a door on its wall.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { polygonOf } from "./layers.js";
import { gripStyle, middleStyle, refusalStyle, selectionStyles, sketchStyles } from "./styles.js";

export class Ghost {
  constructor(map, layers) {
    this.layers = layers;
    this.source = new VectorSource();
    map.addLayer(new VectorLayer({ source: this.source, zIndex: 9, className: "ed-lines", updateWhileInteracting: true }));
  }

  clear() {
    this.source.clear(true);
  }

  showRing(ring, bad) {
    this.clear();
    this.#add(polygonOf([ring]), sketchStyles(this.layers.colours, bad));
  }

  /** The corners so far, and a line on to the pointer. */
  showOutline(corners, pointer) {
    this.clear();
    if (!pointer) return;
    const { colours } = this.layers;
    if (corners.length) this.#add(new LineString([...corners, pointer]), sketchStyles(colours, false));
    corners.forEach((corner, index) => this.#add(new Point(corner), gripStyle(colours, index === 0)));
    this.#add(new Point(pointer), middleStyle(colours));
  }

  /** Mark what could not be as it is being dragged; nothing where there is no problem. */
  refuse(problem, shapes) {
    this.clear();
    if (!problem) return;
    for (const id of problem.rooms) if (shapes.has(id)) this.#add(polygonOf(shapes.get(id)), sketchStyles(this.layers.colours, true));
    if (problem.place) this.#add(new Point(problem.place), refusalStyle(this.layers.colours));
  }

  /** A line in the making, and whether it can be made. */
  showLine(line, bad) {
    this.clear();
    if (line.length > 1) this.#add(new LineString(line), sketchStyles(this.layers.colours, bad));
    for (const place of line) this.#add(new Point(place), gripStyle(this.layers.colours, false));
  }

  /** A door as ``doorAt`` found it; nothing where there is none. */
  show({ jambs }) {
    this.clear();
    if (jambs) this.#add(new LineString(jambs), selectionStyles(this.layers.colours));
  }

  #add(geometry, style) {
    const feature = new Feature(geometry);
    feature.setStyle(style);
    this.source.addFeature(feature);
  }
}
