// The list of thresholds beside the plan, and their marks upon it. One that is chosen in the list is chosen on the plan,
// and the other way round; H goes from one to the next. Both follow each change of a class at once.
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { classOf, labelOf } from "./classes.js";
import { controlOf, CONTROLS } from "./controls.js";
import { h, plural } from "./dom.js";
import { thresholdStyles } from "./styles.js";
import { thresholdsOf } from "./thresholds.js";

export class ThresholdPanel {
  #drawn = null; // what the list shows, to leave it alone where nothing changed
  #asked = null;
  found = { thresholds: [], unclear: [] };

  constructor(editor) {
    this.editor = editor;
    const { plan, selection, map, keys, layers } = editor;
    this.element = editor.part("thresholds");
    this.count = this.element.querySelector("[data-count]");
    this.list = h("ul", { class: "threshold-list" });
    this.words = h("p", { class: "small" });
    this.body = this.element.querySelector("[data-threshold-body]");
    this.body.replaceChildren(this.words, this.list);
    this.source = new VectorSource();
    const style = (feature) => thresholdStyles(layers.colours, selection.door?.id === feature.getId());
    this.layer = new VectorLayer({ source: this.source, zIndex: 7, className: "ed-lines", style });
    map.addLayer(this.layer);
    for (const name of ["change", "load", "numbers"]) plan.addEventListener(name, () => this.#soon());
    selection.addEventListener("change", () => this.#choose());
    this.element.addEventListener("toggle", () => this.element.open && editor.layerPanel.turnOn("thresholds"));
    keys.bind({ keys: ["h"], shift: false, words: "next threshold: a door where public meets private", reads: true, deed: () => this.step(1) });
    keys.bind({ keys: ["h"], shift: true, words: "last threshold", reads: true, deed: () => this.step(-1) });
    this.#look();
  }

  /** Go to the next threshold, or the one before. */
  step(by) {
    const { thresholds } = this.found;
    if (!thresholds.length) return this.editor.say("There is no threshold: nowhere does public meet private.");
    const now = this.#place;
    const next = now < 0 ? (by > 0 ? 0 : thresholds.length - 1) : (now + by + thresholds.length) % thresholds.length;
    this.editor.layerPanel.turnOn("thresholds");
    return this.editor.show("door", thresholds[next].door.id);
  }

  get #place() {
    return this.found.thresholds.findIndex(({ door }) => door.id === this.editor.selection.door?.id);
  }

  /** Once for all changes of a moment: a floor of 2,000 rooms has many doors. */
  #soon() {
    this.#asked ??= requestAnimationFrame(() => {
      this.#asked = null;
      this.#look();
    });
  }

  #look() {
    this.found = thresholdsOf(this.editor.plan);
    const lines = this.found.thresholds.map(lineOf);
    const text = JSON.stringify([lines, this.found.unclear.length, this.found.thresholds.map(({ door }) => [door.id, door.jambs])]);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#mark();
    this.#write(lines);
    this.#current();
  }

  #mark() {
    this.source.clear(true);
    this.source.addFeatures(this.found.thresholds.map(({ door }) => {
      const [[ax, ay], [bx, by]] = door.jambs;
      const feature = new Feature(new Point([(ax + bx) / 2, (ay + by) / 2]));
      feature.setId(door.id);
      return feature;
    }));
  }

  #write(lines) {
    const { thresholds, unclear } = this.found;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.door : null;
    this.count.textContent = String(thresholds.length);
    const more = unclear.length ? ` Of ${plural(unclear.length, "more door")} nobody can tell: a room beside ${unclear.length === 1 ? "it" : "them"} is undecided.` : "";
    this.words.textContent = `${thresholds.length ? "Doors and openings where public meets private." : "Nowhere does public meet private."}${more}`;
    this.list.replaceChildren(...thresholds.map(({ door }, place) =>
      h("li", {}, h("button", { type: "button", class: "link", "data-door": door.id, onclick: () => this.editor.show("door", door.id) }, lines[place].name), h("span", { class: "small quiet" }, lines[place].words))));
    if (focused) (this.list.querySelector(`[data-door="${focused}"]`) ?? this.element.querySelector("summary")).focus({ preventScroll: true });
  }

  /** Show in the list what is selected on the plan, and tell where in the list it is. */
  #choose() {
    this.layer.changed();
    const before = this.chosen;
    this.#current();
    if (this.chosen === before || this.#place < 0) return;
    const { name, words } = lineOf(this.found.thresholds[this.#place]);
    this.editor.say(`Threshold ${this.#place + 1} of ${this.found.thresholds.length}. ${name}: ${words}`);
  }

  #current() {
    this.chosen = this.editor.selection.door?.id ?? null;
    for (const button of this.list.querySelectorAll("button")) {
      const is = button.dataset.door === this.chosen;
      if (is) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      if (is && this.element.open) this.#reveal(button.parentElement);
    }
  }

  /** Bring a line into sight within the list; the page itself stays where it is. */
  #reveal(line) {
    const [top, bottom] = [line.offsetTop - this.list.offsetTop, line.offsetTop - this.list.offsetTop + line.offsetHeight];
    if (top < this.list.scrollTop) this.list.scrollTop = top;
    else if (bottom > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = bottom - this.list.clientHeight;
  }
}

function lineOf({ door, open, closed }) {
  const control = CONTROLS.find(({ value }) => value === controlOf(door)).words.toLowerCase();
  return {
    name: `${door.kind === "opening" ? "Opening" : "Door"} ${door.number || "new"}`,
    words: `${labelOf(open)} (public) to ${labelOf(closed)} (${classOf(closed).word.toLowerCase()}), ${control}`,
  };
}
