// The marks around what is selected: its outline, corners to drag, middles of edges, the handle that moves it.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { polygonOf } from "./layers.js";
import { box, distance, edge, nearestCorner } from "./rings.js";
import { gripStyle, handleStyle, middleStyle, refusalStyle, selectionStyles } from "./styles.js";

const CORNERS_MOST = 200;
const ROOM_FROM_PX = 44; // a room that is smaller on the screen has no marks: they would cover it
const MIDDLE_FROM_PX = 34; // a shorter edge has no mark in its middle

export class Grips {
  #ring = null; // where the selected room is at this moment of a drag

  constructor({ map, layers, selection, tools, saver }) {
    Object.assign(this, { map, layers, selection, tools, saver });
    this.source = new VectorSource();
    map.addLayer(new VectorLayer({ source: this.source, zIndex: 8, className: "ed-lines", updateWhileInteracting: true }));
    selection.addEventListener("change", () => this.draw());
    tools.addEventListener("change", () => this.draw());
    saver.addEventListener("refused", () => this.draw());
    map.getView().on("change:resolution", () => this.draw());
  }

  draw(ring = this.selection.room?.ring) {
    this.#ring = ring;
    this.source.clear(true);
    const { room, door } = this.selection;
    if (door) this.#add(new LineString(door.jambs), selectionStyles(this.layers.colours));
    if (!room) return;
    this.#add(polygonOf(ring), selectionStyles(this.layers.colours));
    this.#drawRefusal();
    if (!this.#canShape(ring)) return;
    for (const place of this.#middles()) this.#add(new Point(place.at), middleStyle(this.layers.colours));
    ring.forEach((corner, index) => this.#add(new Point(corner), gripStyle(this.layers.colours, index === this.selection.corner)));
    this.#add(new Point(this.handle), handleStyle(this.layers.colours));
  }

  /** A cross where the server found what it cannot keep. */
  #drawRefusal() {
    const place = this.saver.refusalOf(this.selection.key)?.place;
    if (place) this.#add(new Point(place), refusalStyle(this.layers.colours));
  }

  /** What a pointer at this place would take hold of: {grip: "corner" | "middle" | "handle", index}, or null. */
  at(point, reach) {
    const ring = this.selection.room?.ring;
    if (!ring || !this.#canShape(ring)) return null;
    const corner = nearestCorner(ring, point);
    if (corner.away <= reach) return { grip: "corner", index: corner.index };
    if (distance(this.handle, point) <= reach * 1.4) return { grip: "handle" };
    const middle = this.#middles().find((place) => distance(place.at, point) <= reach);
    return middle ? { grip: "middle", index: middle.index } : null;
  }

  /** Where the handle stands: under the room's name. */
  get handle() {
    const [x, y] = polygonOf(this.#ring).getInteriorPoint().getCoordinates();
    return [x, y - 26 * this.layers.resolution];
  }

  #canShape(ring) {
    if (!this.tools.canShape || ring.length > CORNERS_MOST) return false;
    const [left, low, right, high] = box(ring);
    return Math.max(right - left, high - low) >= ROOM_FROM_PX * this.layers.resolution;
  }

  #middles() {
    const least = MIDDLE_FROM_PX * this.layers.resolution;
    return this.#ring
      .map((_, index) => ({ index, segment: edge(this.#ring, index) }))
      .filter(({ segment }) => distance(...segment) > least)
      .map(({ index, segment: [a, b] }) => ({ index, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] }));
  }

  #add(geometry, style) {
    const feature = new Feature(geometry);
    feature.setStyle(style);
    this.source.addFeature(feature);
  }
}
