// The room tool: one drag makes a rectangle; clicks make an outline, which a click on its first corner, a double click
// or Enter closes. Undo and Backspace take back the last corner.
import PointerInteraction from "ol/interaction/Pointer.js";
import { problemWith, ringProblem } from "./judge.js";
import { gridPoint } from "./plan.js";
import { fitted } from "./reshape.js";
import { distance, rectangle, same } from "./rings.js";
import { snapTo } from "./snap.js";

const DRAG_PX = 6;
const CLOSE_PX = 12;

export class RoomTool extends PointerInteraction {
  #corners = []; // of the outline that clicks are making
  #down = null;
  #rectangle = null;
  #clicked = null; // the pixel of the last click
  #stayed = false; // whether the last two clicks were at one place: two quick corners are no double click

  constructor(editor) {
    super({ stopDown: () => false }); // a second finger may come, and pinch
    this.editor = editor;
    editor.map.addInteraction(this);
    editor.tools.add("room", {
      hint: "Drag from corner to corner, or click the corners one by one.",
      takesDrag: () => !this.isSketching, // in the middle of an outline, dragging pans
    });
    this.#bindKeys(editor.keys);
    editor.map.on("dblclick", (event) => {
      if (this.#active && this.isSketching && this.#stayed) this.finish();
    });
    editor.tools.addEventListener("change", () => this.cancel());
  }

  get #active() {
    return this.editor.tools.current === "room";
  }

  get isSketching() {
    return this.#corners.length > 0;
  }

  #bindKeys(keys) {
    const sketching = (deed) => () => this.isSketching && (deed(), true);
    keys.bind({ keys: ["r"], words: "draw a room", deed: () => this.editor.tools.take("room") });
    keys.bind({ keys: ["Enter"], words: "close the outline", deed: sketching(() => this.finish()) });
    keys.bind({ keys: ["Escape"], deed: sketching(() => this.cancel()) });
    keys.bind({ keys: ["Delete", "Backspace"], deed: sketching(() => this.removeLastCorner()) });
    keys.bind({ keys: ["z"], ctrl: true, shift: false, deed: sketching(() => this.removeLastCorner()) });
  }

  handleDownEvent(event) {
    if (!this.#active || this.targetPointers.length > 1 || event.originalEvent.button) return false;
    this.#down = { pixel: event.pixel, at: this.#snapped(event.coordinate) };
    return true;
  }

  handleDragEvent(event) {
    if (this.targetPointers.length > 1) return this.#forget();
    if (!this.#down || this.isSketching || distance(this.#down.pixel, event.pixel) < DRAG_PX) return null;
    const to = this.#snapped(event.coordinate, [this.#down.at]);
    this.#rectangle = rectangle(this.#down.at, to);
    return this.editor.ghost.showRing(this.#rectangle, this.#isBad(this.#rectangle));
  }

  handleUpEvent(event) {
    const [down, ring] = [this.#down, this.#rectangle];
    this.#forget();
    if (ring) this.#add(ring);
    else if (down && distance(down.pixel, event.pixel) < DRAG_PX) this.#click(event);
    return false;
  }

  handleMoveEvent(event) {
    if (!this.#active || event.dragging) return;
    this.editor.map.getTargetElement().style.cursor = "crosshair";
    const at = this.#snapped(event.coordinate);
    this.editor.ghost.showOutline(this.#corners, at);
  }

  finish() {
    const ring = this.#corners;
    if (!ring.length) return;
    if (ring.length < 3) {
      this.editor.say("A room needs at least 3 corners. Click the next one.");
      return;
    }
    this.#corners = [];
    this.editor.ghost.clear();
    this.#add(ring);
  }

  removeLastCorner() {
    this.#corners.pop();
    this.editor.ghost.showOutline(this.#corners, this.#corners.at(-1));
    this.editor.say(this.isSketching ? `Corner taken back; ${this.#corners.length} left.` : "Outline dropped.");
  }

  cancel() {
    this.#corners = [];
    this.#forget();
  }

  #click(event) {
    this.#stayed = this.#clicked !== null && distance(this.#clicked, event.pixel) < DRAG_PX;
    this.#clicked = event.pixel;
    const at = this.#snapped(event.coordinate);
    const [first] = this.#corners;
    const near = first && distance(first, event.coordinate) <= CLOSE_PX * this.editor.layers.resolution;
    if (this.#corners.length >= 3 && (near || same(first, at))) return this.finish();
    if (this.#corners.some((corner) => same(corner, at))) return null;
    this.#corners.push(at);
    this.editor.ghost.showOutline(this.#corners, at);
    const hint = this.#corners.length < 3 ? "Click the next corner." : "Enter, or a click on the first corner, closes it.";
    return this.editor.say(`Corner ${this.#corners.length}. ${hint}`);
  }

  #snapped(point, more = []) {
    const beside = [...more, ...[this.#corners.at(-1), this.#corners[0]].filter(Boolean)];
    return snapTo(this.editor.plan.rooms, point, this.editor.reach, { from: beside }).at;
  }

  #add(ring) {
    const { edits, plan, say, offer } = this.editor;
    const problem = edits.addRoom(ring);
    if (!problem) return;
    say(problem);
    const shape = ringProblem(ring.map(gridPoint)) ? null : fitted(plan, ring.map(gridPoint));
    if (shape) offer(problem, "Draw it without that part", () => say(edits.addRoom(shape[0], shape.slice(1)) ?? "Room added, cut to fit."));
  }

  #isBad(ring) {
    return Boolean(ringProblem(ring) ?? problemWith(this.editor.plan, new Map([["new", { id: "new", ring }]])));
  }

  #forget() {
    this.#down = this.#rectangle = null;
    this.editor.ghost.clear();
  }
}
