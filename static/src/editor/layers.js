// What is drawn: fills under the picture's lines, then outlines, the boundary and doors above, names and plates on top.
// What a large floor has thousands of is drawn once, as a picture twice as wide as what is seen, and moved: a frame of a
// pan costs the same on a floor of 2,000 rooms. Rooms that are being dragged live in a small layer of their own.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorImageLayer from "ol/layer/VectorImage.js";
import VectorSource from "ol/source/Vector.js";
import { onThemeChange, readColours } from "./colours.js";
import { shapeOf } from "./outline.js";
import { boundaryStyles, gapStyles, nameStyle, plateStyle, roomFill, roomOutline } from "./styles.js";

export function polygonOf(shape) {
  return new Polygon(shape.map((ring) => [...ring, ring[0]]));
}

export class Layers {
  constructor(map, plan, saver) {
    this.map = map;
    this.plan = plan;
    this.saver = saver;
    this.rooms = new VectorSource();
    this.doors = new VectorSource();
    this.edges = new VectorSource();
    this.live = new VectorSource();
    this.lifted = new Set(); // ids of rooms drawn in the live layer just now
    this.colours = readColours();
    this.names = true; // whether numbers and names are shown
    const { rooms, doors, edges, live } = this;
    this.fills = this.#picture(rooms, 1, "ed-fills", (feature) => this.#fill(feature));
    this.liveFills = this.#layer(live, 2, "ed-fills", (feature) => roomFill(feature.get("room"), this.colours));
    this.outlines = this.#picture(rooms, 3, "ed-lines", (feature) => this.#outline(feature));
    this.liveLines = this.#layer(live, 4, "ed-lines", (feature) => this.#liveLine(feature));
    this.boundary = this.#picture(edges, 5, "ed-lines", () => boundaryStyles(this.colours));
    this.gaps = this.#picture(doors, 6, "ed-lines", (feature) => gapStyles(feature.get("door"), this.colours));
    this.roomNames = this.#layer(rooms, 6, "ed-lines", (feature) => this.#name(feature), true);
    this.plates = this.#layer(doors, 6, "ed-lines", (feature, resolution) => this.#plate(feature, resolution), true);
    this.layers = [this.fills, this.liveFills, this.outlines, this.liveLines, this.boundary, this.gaps, this.roomNames, this.plates];
    for (const layer of this.layers) map.addLayer(layer);
    plan.addEventListener("load", () => this.#fillAll());
    plan.addEventListener("change", ({ detail }) => this.#update(detail));
    plan.addEventListener("numbers", ({ detail }) => this.#update(detail));
    saver.addEventListener("refused", () => this.redraw());
    saver.addEventListener("accepted", ({ detail }) => this.setBoundary(detail.boundary));
    onThemeChange(() => {
      this.colours = readColours();
      this.redraw();
    });
    this.#fillAll();
  }

  redraw() {
    for (const layer of this.layers) layer.changed();
  }

  /** The layers that are shown or hidden together: "fills", "boundary" or "doors". */
  of(name) {
    return { fills: [this.fills, this.liveFills], boundary: [this.boundary], doors: [this.gaps, this.plates] }[name];
  }

  showNames(shown) {
    this.names = shown;
    this.#changedRooms();
  }

  setBoundary(lines) {
    this.edges.clear();
    if (lines.length) this.edges.addFeature(new Feature(new MultiLineString(lines)));
  }

  /** Draw these rooms in the live layer from now on. */
  lift(ids) {
    this.lifted = new Set(ids);
    this.live.clear();
    this.live.addFeatures(ids.map((id) => this.#roomFeature(this.plan.room.get(id))));
    this.#changedRooms();
  }

  /** Where the lifted rooms are at this moment: a Map of id to shape. */
  moveLifted(shapes) {
    for (const [id, shape] of shapes) this.live.getFeatureById(id)?.setGeometry(polygonOf(shape));
  }

  putDown() {
    this.lifted = new Set();
    this.live.clear();
    this.#changedRooms();
  }

  get resolution() {
    return this.map.getView().getResolution();
  }

  /** Names are left out where they would not fit, and so they are at no resolution at all. */
  get #nameResolution() {
    return this.names ? this.resolution : Infinity;
  }

  #changedRooms() {
    for (const layer of [this.fills, this.outlines, this.roomNames]) layer.changed();
  }

  /** A layer that is drawn once and moved. */
  #picture(source, zIndex, className, style) {
    return new VectorImageLayer({ source, zIndex, className, style, imageRatio: 2 });
  }

  /** A layer that is drawn in each frame. ``declutter``: its words make way for one another. */
  #layer(source, zIndex, className, style, declutter = false) {
    return new VectorLayer({ source, zIndex, className, style, declutter });
  }

  #fill(feature) {
    return this.lifted.has(feature.getId()) ? null : roomFill(feature.get("room"), this.colours);
  }

  #outline(feature) {
    const { id } = feature.get("room");
    return this.lifted.has(id) ? null : roomOutline(this.colours, Boolean(this.saver.refusalOf(`room:${id}`)));
  }

  #name(feature) {
    const room = feature.get("room");
    return this.lifted.has(room.id) ? null : nameStyle(room, this.colours, this.#nameResolution);
  }

  #liveLine(feature) {
    const room = feature.get("room");
    return [roomOutline(this.colours, false), nameStyle(room, this.colours, this.#nameResolution)].filter(Boolean);
  }

  #plate(feature, resolution) {
    const door = feature.get("door");
    return plateStyle(door, door.rooms.map((id) => this.plan.room.get(id)), this.colours, resolution);
  }

  #roomFeature(room) {
    const feature = new Feature({ geometry: polygonOf(shapeOf(room)), room });
    feature.setId(room.id);
    return feature;
  }

  #doorFeature(door) {
    const feature = new Feature({ geometry: new LineString(door.jambs), door });
    feature.setId(door.id);
    return feature;
  }

  #fillAll() {
    this.rooms.clear(true);
    this.doors.clear(true);
    this.rooms.addFeatures(this.plan.rooms.map((room) => this.#roomFeature(room)));
    this.doors.addFeatures(this.plan.doors.map((door) => this.#doorFeature(door)));
  }

  #update(keys) {
    for (const key of keys) {
      const kind = key.slice(0, key.indexOf(":"));
      const id = key.slice(key.indexOf(":") + 1);
      const value = this.plan.at(key);
      if (kind === "room") this.#put(this.rooms, id, value, () => this.#roomFeature(value), () => polygonOf(shapeOf(value)));
      else if (kind === "door") this.#put(this.doors, id, value, () => this.#doorFeature(value), () => new LineString(value.jambs));
    }
    if (keys.some((key) => key.startsWith("room:"))) this.plates.changed(); // plates depend on the rooms' classes
  }

  #put(source, id, value, make, geometry) {
    const feature = source.getFeatureById(id);
    if (!value) {
      if (feature) source.removeFeature(feature);
    } else if (!feature) {
      source.addFeature(make());
    } else {
      feature.set(source === this.rooms ? "room" : "door", value, true);
      feature.setGeometry(geometry());
    }
  }
}
