// The measure tool: click places one after another and read lengths and the area; Esc begins anew. Nothing of it is kept.
// By keys: the arrows move the plan under the cross in its middle, Space sets a place there.
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { lengthInWords, measured, pieces } from "./lengths.js";
import { snapTo } from "./snap.js";
import { crossStyle, lengthStyle, sketchStyles } from "./styles.js";

const HINT = "Click from place to place to measure. Esc begins anew.";

export class MeasureTool {
  #places = [];
  #pointer = null;

  constructor(editor) {
    this.editor = editor;
    this.source = new VectorSource();
    const style = (feature) => this.#style(feature);
    editor.map.addLayer(new VectorLayer({ source: this.source, zIndex: 9, className: "ed-lines", style }));
    editor.tools.add("measure", { hint: HINT });
    editor.tools.addEventListener("change", () => this.#begin());
    editor.map.on("click", (event) => { // nothing is given back: false would keep the click from the tools after this
      if (this.#isInHand) this.#add(this.#snapped(event.coordinate));
    });
    editor.map.on("pointermove", (event) => this.#hover(event));
    editor.map.getView().on("change:center", () => this.#isInHand && this.#draw());
    this.#bindKeys(editor.keys);
  }

  get #isInHand() {
    return this.editor.tools.current === "measure";
  }

  #bindKeys(keys) {
    const { map } = this.editor;
    const measuring = (deed) => () => this.#isInHand && this.#places.length > 0 && (deed(), true);
    keys.bind({ keys: ["m"], words: "measure lengths and areas", deed: () => this.editor.tools.take("measure") });
    keys.bind({ keys: [" "], words: "while measuring: a place in the middle of the plan", deed: () => this.#isInHand && (this.#add(this.#snapped(map.getView().getCenter())), true) });
    keys.bind({ keys: ["Escape"], deed: measuring(() => this.#begin()) });
    keys.bind({ keys: ["Backspace", "Delete"], deed: measuring(() => this.#takeBack()) });
    keys.bind({ keys: ["z"], ctrl: true, shift: false, deed: measuring(() => this.#takeBack()) });
  }

  #snapped(point) {
    return snapTo(this.editor.plan.rooms, point, this.editor.reach, { from: this.#places.slice(-1) }).at;
  }

  #begin() {
    this.#places = [];
    this.#pointer = null;
    if (this.#isInHand) this.editor.hint(HINT);
    this.#draw();
  }

  #add(place) {
    this.#places.push(place);
    this.#pointer = null;
    this.editor.say(measured(this.#places) || "First place set.");
    this.#draw();
  }

  #takeBack() {
    this.#places.pop();
    this.editor.say(measured(this.#places) || "Place taken back.");
    this.#draw();
  }

  #hover(event) {
    if (!this.#isInHand || event.dragging) return;
    this.editor.map.getTargetElement().style.cursor = "crosshair";
    if (!this.#places.length) return;
    this.#pointer = this.#snapped(event.coordinate);
    this.#draw();
  }

  #draw() {
    this.source.clear();
    if (!this.#isInHand) return;
    const places = this.#pointer ? [...this.#places, this.#pointer] : this.#places;
    const cross = new Feature({ geometry: new Point(this.editor.map.getView().getCenter()), cross: true });
    const ends = places.slice(1).map((place, index) => new LineString([places[index], place]));
    const words = pieces(places).map(lengthInWords);
    this.source.addFeatures([cross, ...ends.map((geometry, index) => new Feature({ geometry, words: words[index] }))]);
    if (places.length) this.source.addFeature(new Feature({ geometry: new Point(places[0]), dot: true }));
    if (places.length > 1) this.editor.hint(measured(places));
  }

  #style(feature) {
    const { colours } = this.editor.layers;
    if (feature.get("cross")) return crossStyle(colours);
    return feature.get("words") ? [...sketchStyles(colours, false), lengthStyle(colours, feature.get("words"))] : sketchStyles(colours, false);
  }
}
