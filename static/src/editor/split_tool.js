// The split tool: a line from wall to wall cuts a room in two. One drag, or clicks from corner to corner; the click on a
// wall ends it. The card does the same by numbers.
import PointerInteraction from "ol/interaction/Pointer.js";
import { labelOf } from "./classes.js";
import { h } from "./dom.js";
import { choiceField, metreField, refill } from "./fields.js";
import { cornersOf, edgesOf, holds, shapeOf } from "./outline.js";
import { splitRoom } from "./reshape.js";
import { box, distance, nearestOn, same } from "./rings.js";
import { snapTo } from "./snap.js";
import { splitShape, straightAcross } from "./split.js";

const DRAG_PX = 6;

export class SplitTool extends PointerInteraction {
  #line = [];
  #down = null;

  constructor(editor) {
    super({ stopDown: () => false }); // a second finger may come, and pinch
    this.editor = editor;
    editor.map.addInteraction(this);
    editor.tools.add("split", { hint: "Draw a line across a room, from wall to wall.", takesDrag: () => !this.#line.length });
    editor.tools.addEventListener("change", () => this.cancel());
    editor.toolCard.add("split", () => this.#card());
    const drawing = (deed) => () => this.#line.length > 0 && (deed(), true);
    editor.keys.bind({ keys: ["s"], words: "split a room", deed: () => editor.tools.take("split") });
    editor.keys.bind({ keys: ["Enter"], deed: drawing(() => this.#finish()) });
    editor.keys.bind({ keys: ["Escape"], deed: drawing(() => this.cancel()) });
    editor.keys.bind({ keys: ["Delete", "Backspace"], deed: drawing(() => this.#removeLast()) });
    editor.keys.bind({ keys: ["z"], ctrl: true, shift: false, deed: drawing(() => this.#removeLast()) });
  }

  get #active() {
    return this.editor.tools.current === "split";
  }

  cancel() {
    this.#line = [];
    this.#down = null;
    this.editor.ghost.clear();
  }

  handleDownEvent(event) {
    if (!this.#active || this.targetPointers.length > 1 || event.originalEvent.button) return false;
    this.#down = { pixel: event.pixel, at: this.#snapped(event.coordinate) };
    return true;
  }

  handleDragEvent(event) {
    if (this.targetPointers.length > 1) return this.cancel();
    if (!this.#down || this.#line.length || distance(this.#down.pixel, event.pixel) < DRAG_PX) return null;
    return this.#show([this.#down.at, this.#snapped(event.coordinate, [this.#down.at])]);
  }

  handleUpEvent(event) {
    const down = this.#down;
    this.#down = null;
    if (!down) return false;
    if (distance(down.pixel, event.pixel) < DRAG_PX) {
      this.#click(event.coordinate);
    } else if (!this.#line.length) {
      this.#line = [down.at, this.#snapped(event.coordinate, [down.at])];
      this.#finish();
    }
    return false;
  }

  handleMoveEvent(event) {
    if (!this.#active || event.dragging) return;
    this.editor.map.getTargetElement().style.cursor = "crosshair";
    this.#show([...this.#line, this.#snapped(event.coordinate, this.#line.slice(-1))]);
  }

  #click(point) {
    const at = this.#snapped(point, this.#line.slice(-1));
    if (this.#line.some((corner) => same(corner, at))) return;
    this.#line.push(at);
    this.#show(this.#line);
    const room = this.#room(this.#line);
    if (this.#line.length > 1 && room && onWall(room, at)) this.#finish();
    else this.editor.say("Click the next corner of the line. A click on a wall of the room ends it.");
  }

  #removeLast() {
    this.#line.pop();
    this.#show(this.#line);
  }

  #finish() {
    const line = this.#line;
    this.cancel();
    const room = this.#room(line);
    this.#split(room, line);
  }

  #split(room, line) {
    const problem = room ? splitRoom(this.editor.edits, room, line) : "Draw the line across a room, from wall to wall.";
    if (problem) this.editor.say(problem);
    return problem;
  }

  /** The selected room if the line runs in it, else the one that it does run in. */
  #room(line) {
    const { plan, selection } = this.editor;
    const middles = line.slice(1).map((corner, index) => [(corner[0] + line[index][0]) / 2, (corner[1] + line[index][1]) / 2]);
    const runsIn = (room) => middles.some((middle) => holds(room, middle));
    return selection.room && runsIn(selection.room) ? selection.room : plan.rooms.find(runsIn);
  }

  #show(line) {
    const room = line.length > 1 ? this.#room(line) : null;
    this.editor.ghost.showLine(line, line.length > 1 && (!room || Boolean(splitShape(shapeOf(room), line).problem)));
  }

  #snapped(point, from = []) {
    return snapTo(this.editor.plan.rooms, point, this.editor.reach, { from }).at;
  }

  #card() {
    const { editor } = this;
    const way = choiceField("Cut", [["0", "upright, so many metres from the left"], ["1", "level, so many metres from the bottom"], ["corners", "from corner to corner"]]);
    const far = metreField("Metres from that side", "");
    const [from, to] = [choiceField("From", []), choiceField("To", [])];
    const words = h("p", { class: "quiet" });
    const line = (room) => {
      if (way.select.value === "corners") return [from, to].map(({ select }) => cornersOf(room)[Number(select.value)]);
      const axis = Number(way.select.value);
      return straightAcross(shapeOf(room), axis, box(room.ring)[axis] + Number(far.input.value));
    };
    const show = () => {
      const corners = way.select.value === "corners";
      far.element.hidden = corners;
      for (const field of [from, to]) field.element.hidden = !corners;
      const { room } = editor.selection;
      if (room) this.#show(line(room));
    };
    const fill = () => {
      const { room } = editor.selection;
      words.textContent = room ? labelOf(room) : "Select the room that is to be split.";
      if (room) far.input.value = (sizeOf(room, Number(way.select.value) || 0) / 2).toFixed(2);
      const corners = room ? cornersOf(room).map(([x, y], index) => [String(index), `corner ${index + 1} (${x.toFixed(2)}, ${y.toFixed(2)})`]) : [];
      for (const { select } of [from, to]) refill(select, corners);
      if (corners.length) to.select.value = String(Math.floor(corners.length / 2));
    };
    way.select.addEventListener("change", () => (fill(), show()));
    for (const field of [far.input, from.select, to.select]) field.addEventListener("input", show);
    const cut = (event) => {
      event.preventDefault();
      const { room } = editor.selection;
      if (!room) editor.say("Select a room first.");
      else if (!this.#split(room, line(room))) editor.ghost.clear();
    };
    const form = h("form", { class: "stack-s", onsubmit: cut }, words, way.element, far.element, h("div", { class: "pair" }, from.element, to.element), h("p", {}, h("button", { type: "submit", class: "btn" }, "Cut it")));
    fill();
    show();
    return { elements: [h("h2", {}, "Split by numbers"), form], fill };
  }
}

function sizeOf(room, axis) {
  const around = box(room.ring);
  return around[axis + 2] - around[axis];
}

function onWall(room, point) {
  return edgesOf(shapeOf(room)).some((wall) => nearestOn(wall, point).away <= 0.0015);
}
