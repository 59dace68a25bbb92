// The waiting spot on the plan: a disc with a W. Its tool puts it where one clicks; with the select tool it is dragged.
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { labelOf } from "./classes.js";
import { putSpot, roomAt, spotOf, spotProblem } from "./spot.js";
import { spotStyles } from "./styles.js";

export class SpotTool {
  constructor(editor) {
    this.editor = editor;
    const { map, plan, tools, keys, selection, layers } = editor;
    this.feature = new Feature();
    this.source = new VectorSource();
    const style = () => spotStyles(layers.colours, selection.kind === "spot");
    this.layer = new VectorLayer({ source: this.source, zIndex: 8, className: "ed-lines", style });
    map.addLayer(this.layer);
    for (const name of ["change", "load"]) plan.addEventListener(name, () => this.draw());
    selection.addEventListener("change", () => this.layer.changed());
    map.on("click", ({ coordinate }) => { // nothing is given back: false would keep the click from the other tools
      if (this.#inHand) putSpot(editor, coordinate);
    });
    map.on("pointermove", (event) => this.#hover(event));
    tools.add("spot", { hint: "Click in a public room, where officers are asked to wait." });
    keys.bind({ keys: ["w"], words: "where officers wait", deed: () => tools.take("spot") });
    this.draw();
  }

  /** The spot where the plan has it, or where it is dragged to. */
  draw(place = spotOf(this.editor.plan)?.at) {
    this.source.clear(true);
    if (!place) return;
    this.feature.setGeometry(new Point(place));
    this.source.addFeature(this.feature);
  }

  get #inHand() {
    return this.editor.tools.current === "spot";
  }

  #hover({ coordinate, dragging }) {
    if (!this.#inHand || dragging) return;
    const { plan, map } = this.editor;
    const problem = spotProblem(plan, coordinate);
    map.getTargetElement().style.cursor = problem ? "not-allowed" : "copy";
    this.editor.hint(problem ?? `Officers wait in ${labelOf(roomAt(plan, coordinate))}`);
  }
}
