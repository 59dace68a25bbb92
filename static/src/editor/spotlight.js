// Rooms that are pointed out on the plan for a moment: those of a line that has the pointer or the focus.
import Feature from "ol/Feature.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { polygonOf } from "./layers.js";
import { shapeOf } from "./outline.js";
import { sketchStyles } from "./styles.js";

export class Spotlight {
  constructor(editor) {
    this.plan = editor.plan;
    this.source = new VectorSource();
    const style = () => sketchStyles(editor.layers.colours, false);
    editor.map.addLayer(new VectorLayer({ source: this.source, zIndex: 8, className: "ed-lines", style }));
    editor.plan.addEventListener("change", () => this.show([]));
  }

  /** Point out these rooms, and no others. */
  show(ids) {
    this.source.clear();
    const rooms = ids.map((id) => this.plan.room.get(id)).filter(Boolean);
    this.source.addFeatures(rooms.map((room) => new Feature(polygonOf(shapeOf(room)))));
  }

  /** Make an element point these rooms out while the pointer is on it or the focus in it. */
  follow(element, ids) {
    for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, () => this.show(ids()));
    for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, () => this.show([]));
    return element;
  }
}
