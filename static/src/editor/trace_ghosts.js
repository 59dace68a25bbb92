// Proposed rooms and doors over the plan: dashed, so that nobody takes them for drawn ones.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Polygon from "ol/geom/Polygon.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { polygonOf } from "./layers.js";
import { shapeOf } from "./outline.js";

const FONT = 'bold 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const NAMES_FROM = 0.06; // metres a screen pixel: closer than that there is room for numbers

export class TraceGhosts {
  #boxed = null;

  constructor(editor) {
    this.editor = editor;
    this.source = new VectorSource();
    const style = (feature, resolution) => this.#style(feature, resolution);
    editor.map.addLayer(new VectorLayer({ source: this.source, zIndex: 8, className: "ed-lines", style, updateWhileInteracting: true }));
  }

  /** Show these, and nothing else but the box. ``unsure`` holds ids of outlines to look at; ``chosen`` is one of them. */
  show({ rooms = [], doors = [], unsure = new Set(), chosen = null } = {}) {
    this.source.clear(true);
    this.source.addFeatures([
      ...rooms.map((room) => new Feature({ geometry: polygonOf(shapeOf(room)), room, unsure: unsure.has(room.id), chosen: room.id === chosen })),
      ...doors.map((door) => new Feature({ geometry: new LineString(door.jambs), door })),
    ]);
    this.#putBox();
  }

  /** Show the box that tracing keeps to; null for none. */
  showBox(extent) {
    if (this.#boxed) this.source.removeFeature(this.#boxed);
    this.#boxed = null;
    if (extent) {
      const [left, low, right, high] = extent;
      this.#boxed = new Feature({ geometry: new Polygon([[[left, low], [right, low], [right, high], [left, high], [left, low]]]), box: true });
    }
    this.#putBox();
  }

  #putBox() {
    if (this.#boxed && !this.source.hasFeature(this.#boxed)) this.source.addFeature(this.#boxed);
  }

  #style(feature, resolution) {
    const { colours } = this.editor.layers;
    if (feature.get("box")) return [line(colours.surface, 5), line(colours.action, 2, [12, 6])];
    if (feature.get("door")) return [line(colours["focus-gap"], 8), line(colours.focus, 5)];
    const colour = feature.get("unsure") ? colours.error : colours.focus;
    const wide = feature.get("chosen") ? 5 : 2.5;
    const styles = [line(colours["focus-gap"], wide + 3), line(colour, wide, feature.get("chosen") ? undefined : [7, 5])];
    const { number, name } = feature.get("room");
    const words = number || name;
    if (words && resolution < NAMES_FROM) styles.push(new Style({ text: label(words, colours) }));
    return styles;
  }
}

function line(color, width, lineDash) {
  return new Style({ stroke: new Stroke({ color, width, lineDash }) });
}

function label(text, colours) {
  return new Text({ text, font: FONT, fill: new Fill({ color: colours.ink }), stroke: new Stroke({ color: colours.surface, width: 4 }), overflow: false });
}
