// The marks around what is selected: its outline, corners to drag, middles of edges, the handle that moves it.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { polygonOf } from "./layers.js";
import { edgesOf, shapeOf } from "./outline.js";
import { box, distance, inBox } from "./rings.js";
import { gripStyle, handleStyle, middleStyle, refusalStyle, selectionStyles } from "./styles.js";

const APART_PX = 9; // corners nearer to one another share one mark until one comes closer: a round wall has hundreds
const ROOM_FROM_PX = 44; // a room that is smaller on the screen has no marks: they would cover it
const MIDDLE_FROM_PX = 34; // a shorter edge has no mark in its middle
const THINS_FROM = 100; // corners: a room with more has marks only where they are seen
const EVERYWHERE = [-Infinity, -Infinity, Infinity, Infinity];
const OUTLINES_MOST = 400; // of many selected rooms

export class Grips {
  #moved = new Map(); // where selected rooms are at this moment of a drag
  #corners = []; // those that have a mark: {at, index}

  constructor({ map, layers, selection, tools, saver }) {
    Object.assign(this, { map, layers, selection, tools, saver });
    this.source = new VectorSource();
    map.addLayer(new VectorLayer({ source: this.source, zIndex: 8, className: "ed-lines", updateWhileInteracting: true }));
    selection.addEventListener("change", () => this.draw());
    tools.addEventListener("change", () => this.draw());
    saver.addEventListener("refused", () => this.draw());
    map.getView().on("change:resolution", () => this.draw());
    map.on("moveend", () => this.#thins() && this.draw());
  }

  /** Draw the marks; ``moved`` is a Map of room id to shape for those that are being dragged. */
  draw(moved = new Map()) {
    this.#moved = moved;
    this.source.clear(true);
    this.#corners = [];
    const { colours } = this.layers;
    const { room, rooms, door, corner } = this.selection;
    if (door) this.#add(new LineString(door.jambs), selectionStyles(colours));
    for (const each of rooms.slice(-OUTLINES_MOST)) this.#add(polygonOf(this.#shape(each)), selectionStyles(colours));
    this.#drawRefusal();
    if (room && this.#canShape(room)) {
      this.#corners = this.#markedCorners(room);
      for (const place of this.#middles(room)) this.#add(new Point(place.at), middleStyle(colours));
      for (const { at, index } of this.#corners) this.#add(new Point(at), gripStyle(colours, index === corner));
    }
    const handle = this.handle;
    if (handle) this.#add(new Point(handle), handleStyle(colours));
  }

  /** A cross where the server found what it cannot keep. */
  #drawRefusal() {
    const place = this.saver.refusalOf(this.selection.key)?.place;
    if (place) this.#add(new Point(place), refusalStyle(this.layers.colours));
  }

  /** What a pointer at this place would take hold of: {grip: "corner" | "middle" | "handle", index}, or null. */
  at(point, reach) {
    const { room } = this.selection;
    const near = (places) => places.map((place) => ({ ...place, away: distance(place.at, point) })).filter(({ away }) => away <= reach).sort((one, two) => one.away - two.away)[0];
    const corner = near(this.#corners);
    if (corner) return { grip: "corner", index: corner.index };
    const handle = this.handle;
    if (handle && distance(handle, point) <= reach * 1.4) return { grip: "handle" };
    const middle = room && this.#canShape(room) ? near(this.#middles(room)) : null;
    return middle ? { grip: "middle", index: middle.index } : null;
  }

  /** Where the handle stands that moves what is selected: under the name of the room taken last. Null where none is. */
  get handle() {
    const last = this.selection.rooms.at(-1);
    if (!last || !this.#canShape(last)) return null;
    const [x, y] = polygonOf(this.#shape(last)).getInteriorPoint().getCoordinates();
    return [x, y - 26 * this.layers.resolution];
  }

  #shape(room) {
    return this.#moved.get(room.id) ?? shapeOf(room);
  }

  #canShape(room) {
    if (!this.tools.canShape) return false;
    const [left, low, right, high] = box(this.#shape(room)[0]);
    return Math.max(right - left, high - low) >= ROOM_FROM_PX * this.layers.resolution;
  }

  /** Whether the marks depend on what part of the room is seen. */
  #thins() {
    return Boolean(this.selection.room) && shapeOf(this.selection.room).flat().length > THINS_FROM;
  }

  /** The corners in sight, one for each small patch of the screen, the chosen one always. */
  #markedCorners(room) {
    const size = APART_PX * this.layers.resolution;
    const seen = this.#thins() ? this.map.getView().calculateExtent(this.map.getSize()) : EVERYWHERE;
    const taken = new Map();
    this.#shape(room).flat().forEach((at, index) => {
      const patch = `${Math.floor(at[0] / size)} ${Math.floor(at[1] / size)}`;
      const chosen = index === this.selection.corner;
      if (chosen || (inBox(at, seen) && !taken.has(patch))) taken.set(patch, { at, index });
    });
    return [...taken.values()];
  }

  #middles(room) {
    const least = MIDDLE_FROM_PX * this.layers.resolution;
    return edgesOf(this.#shape(room))
      .map(([a, b], index) => ({ index, at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], long: distance(a, b) }))
      .filter(({ long }) => long > least);
  }

  #add(geometry, style) {
    const feature = new Feature(geometry);
    feature.setStyle(style);
    this.source.addFeature(feature);
  }
}
