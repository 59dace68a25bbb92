// How to look for rooms: the form's fields as the server wants them, and the box that tracing keeps to.
import { box } from "./rings.js";

const DRAG_PX = 6;

export class TraceOptions {
  crop = null; // in metres: least x, least y, most x, most y
  #drawing = false;
  #from = null;

  constructor(editor, element, ghosts) {
    Object.assign(this, { editor, element, ghosts });
    this.part = (name) => element.querySelector(`[data-trace-${name}]`);
    for (const input of element.querySelectorAll("[data-trace-options] input")) input.addEventListener("input", () => this.#fill());
    this.part("box").addEventListener("click", () => this.#draw(!this.#drawing));
    this.part("seen").addEventListener("click", () => this.#cropTo(editor.map.getView().calculateExtent(editor.map.getSize())));
    this.part("whole").addEventListener("click", () => this.#cropTo(null));
    editor.map.on("pointerdrag", (event) => this.#drag(event));
    editor.map.getViewport().addEventListener("pointerdown", (event) => this.#begin(event));
    editor.map.getViewport().addEventListener("pointerup", () => this.#end());
    this.#fill();
  }

  /** Whether a drag on the plan draws the box just now. */
  get takesDrag() {
    return this.#drawing;
  }

  /** What to ask the server for. */
  get question() {
    const { darkness } = this;
    return { crop: this.crop, darkness, deskew: this.#input("deskew").checked, layers: this.#layers(), from_picture: this.#onPicture };
  }

  get darkness() {
    return this.#input("auto").checked ? null : Number(this.#input("darkness").value) / 100;
  }

  stop() {
    this.#draw(false);
  }

  #input(name) {
    return this.element.querySelector(`[name=trace-${name}]`);
  }

  get #onPicture() {
    return this.element.querySelector("[name=trace-from]:checked")?.value !== "lines";
  }

  /** The ticked layers, or null where there is no choice: then their names tell. */
  #layers() {
    const boxes = [...this.element.querySelectorAll("[name=trace-layer]")];
    if (!boxes.length || this.#onPicture || boxes.every((each) => each.checked === each.defaultChecked)) return null;
    return boxes.filter(({ checked }) => checked).map(({ value }) => value);
  }

  #fill() {
    const slider = this.#input("darkness");
    slider.disabled = this.#input("auto").checked;
    slider.parentElement.querySelector("output").textContent = `${slider.value} %`;
    this.part("picture").hidden = !this.#onPicture;
    const lines = this.part("lines");
    if (lines) lines.hidden = this.#onPicture;
  }

  #draw(on) {
    this.#drawing = on;
    this.#from = null;
    this.part("box").setAttribute("aria-pressed", String(on));
    if (on) this.editor.say("Drag from one corner of the plan to the opposite one.");
    this.editor.map.getTargetElement().style.cursor = on ? "crosshair" : "";
  }

  #begin(event) {
    if (this.#drawing && event.isPrimary) this.#from = this.editor.map.getEventCoordinate(event);
  }

  #drag(event) {
    if (!this.#drawing || !this.#from) return;
    this.ghosts.showBox(box([this.#from, event.coordinate]));
    this.#now = event.coordinate;
  }

  #now = null;

  #end() {
    if (!this.#drawing || !this.#from || !this.#now) return;
    const extent = box([this.#from, this.#now]);
    this.#now = null;
    const least = DRAG_PX * this.editor.layers.resolution;
    if (extent[2] - extent[0] < least || extent[3] - extent[1] < least) return;
    this.#draw(false);
    this.#cropTo(extent);
  }

  #cropTo(extent) {
    this.crop = extent;
    this.ghosts.showBox(extent);
    this.part("whole").disabled = !extent;
    this.editor.say(extent ? "Rooms are looked for in the box only." : "Rooms are looked for on the whole plan.");
  }
}
