// What of the plan is shown, and how strongly: picture, fills, names, doors, boundary, grid. Remembered in this browser.
import { h } from "./dom.js";
import { gridLayer } from "./grid.js";

const STORE = "zonemap.layers";
const FAINT = 0.25;
const PARTS = [
  { name: "picture", words: "Plan picture", faded: true },
  { name: "fills", words: "Room colours", faded: true },
  { name: "names", words: "Numbers and names" },
  { name: "doors", words: "Doors" },
  { name: "boundary", words: "Public boundary" },
  { name: "thresholds", words: "Thresholds", off: true },
  { name: "grid", words: "Grid", off: true },
];

export class LayerPanel {
  constructor(editor) {
    this.editor = editor;
    this.grid = gridLayer(editor.map, editor.layers);
    this.element = editor.part("layers");
    this.button = editor.part("layers-open");
    this.shown = recall();
    this.element.replaceChildren(...this.#content());
    this.button.addEventListener("click", () => this.toggle());
    editor.keys.bind({ keys: ["l"], words: "what is shown", reads: true, deed: () => this.toggle() });
    editor.keys.bind({ keys: ["f"], words: "the plan’s own lines faint", reads: true, deed: () => (editor.floor.picture ? this.#faint() : false) });
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.toggle();
    });
    this.#show();
  }

  toggle() {
    const opens = this.element.hidden;
    this.element.hidden = !opens;
    this.button.setAttribute("aria-expanded", String(opens));
    (opens ? this.element.querySelector("input") : this.button).focus();
  }

  /** Show a part that is not shown. */
  turnOn(name) {
    if (this.shown[name].on) return;
    this.#set(name, { on: true });
    this.element.querySelector(`[name=${name}]`).checked = true;
  }

  #content() {
    const lines = PARTS.filter(({ name }) => name !== "picture" || this.editor.floor.picture).map((part) => h("div", { class: "layer-line" },
      h("label", { class: "pick" }, this.#box(part), " ", part.words),
      part.faded ? this.#slider(part) : null));
    return [h("fieldset", { class: "stack-s" }, h("legend", {}, "Shown on the plan"), lines)];
  }

  #box({ name }) {
    return h("input", { type: "checkbox", name, checked: this.shown[name].on, onchange: ({ target }) => this.#set(name, { on: target.checked }) });
  }

  #slider({ name, words }) {
    const change = ({ target }) => this.#set(name, { strength: Number(target.value) / 100 });
    return h("input", { type: "range", min: 10, max: 100, step: 5, value: Math.round(this.shown[name].strength * 100), "aria-label": `Strength: ${words}`, "data-strength": name, oninput: change });
  }

  #set(name, fields) {
    this.shown[name] = { ...this.shown[name], ...fields };
    try {
      window.localStorage.setItem(STORE, JSON.stringify(this.shown));
    } catch {} // a full or forbidden storage: it is shown so all the same, until the page is left
    this.#show();
  }

  #faint() {
    const strength = this.shown.picture.strength > FAINT ? FAINT : 1;
    this.#set("picture", { on: true, strength });
    const [box, slider] = ["[name=picture]", "[data-strength=picture]"].map((each) => this.element.querySelector(each));
    if (box) [box.checked, slider.value] = [true, strength * 100];
    this.editor.say(strength < 1 ? "The plan’s own lines are faint now." : "The plan’s own lines are in full now.");
  }

  #show() {
    const { layers, map } = this.editor;
    const picture = map.getLayers().getArray().filter((layer) => layer.getClassName() === "ed-picture");
    const drawn = { picture, fills: layers.of("fills"), doors: layers.of("doors"), boundary: layers.of("boundary"), thresholds: [this.editor.thresholdPanel.layer], grid: [this.grid] };
    for (const [name, all] of Object.entries(drawn)) {
      for (const layer of all) {
        layer.setVisible(this.shown[name].on);
        layer.setOpacity(this.shown[name].strength);
      }
    }
    layers.showNames(this.shown.names.on);
  }
}

/** What was remembered, on top of what is shown at first. */
function recall() {
  let kept = {};
  try {
    kept = JSON.parse(window.localStorage.getItem(STORE)) ?? {};
  } catch {} // nothing that can be read: as at first
  return Object.fromEntries(PARTS.map(({ name, off }) => {
    const { on = !off, strength = 1 } = kept[name] ?? {};
    return [name, { on: Boolean(on), strength: Math.min(1, Math.max(0.1, Number(strength) || 1)) }];
  }));
}
