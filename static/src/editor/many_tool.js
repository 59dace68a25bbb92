// Selecting many: with this tool a tap takes a room into the selection or out of it, and a drag draws a box around
// rooms. With Shift the select tool does the same.
import PointerInteraction from "ol/interaction/Pointer.js";
import { shiftKeyOnly } from "ol/events/condition.js";
import { plural } from "./dom.js";
import { holds } from "./outline.js";
import { distance, inBox, rectangle } from "./rings.js";
import { middleOf } from "./styles.js";

const DRAG_PX = 6;

export class ManyTool extends PointerInteraction {
  #down = null;
  #box = null;

  constructor(editor) {
    super({ stopDown: () => false }); // a second finger may come, and pinch
    this.editor = editor;
    editor.map.addInteraction(this);
    const withShift = (event) => editor.tools.canShape && shiftKeyOnly(event);
    this.takes = (event) => editor.tools.current === "many" || withShift(event);
    editor.tools.add("many", { hint: "Drag a box around rooms, or tap them one by one." });
    editor.tools.addDrag((event) => this.takes(event));
    editor.tools.addEventListener("change", () => this.#forget());
    editor.keys.bind({ keys: ["b"], words: "select many, with a box", deed: () => editor.tools.take("many") });
    editor.keys.bind({ keys: ["a"], ctrl: true, words: "select all rooms", deed: () => this.#take(editor.plan.rooms) });
  }

  handleDownEvent(event) {
    if (!this.takes(event) || this.targetPointers.length > 1 || event.originalEvent.button) return false;
    this.#down = { pixel: event.pixel, at: event.coordinate };
    return true;
  }

  handleDragEvent(event) {
    if (this.targetPointers.length > 1) return this.#forget();
    if (!this.#down || distance(this.#down.pixel, event.pixel) < DRAG_PX) return null;
    this.#box = rectangle(this.#down.at, event.coordinate);
    return this.editor.ghost.showRing(this.#box, false);
  }

  handleUpEvent(event) {
    const [down, found] = [this.#down, this.#box];
    this.#forget();
    if (found) this.#takeIn(found);
    else if (down && this.editor.tools.current === "many") this.#toggle(event.coordinate);
    return false;
  }

  #toggle(point) {
    const { plan, selection } = this.editor;
    const room = plan.rooms.find((each) => holds(each, point));
    if (room) selection.toggle(room.id);
    this.#say();
  }

  /** Rooms whose middle lies in the box come to those that are selected. */
  #takeIn([low, , high]) {
    const around = [...low, ...high];
    const { plan, selection } = this.editor;
    const found = plan.rooms.filter((room) => inBox(middleOf(room).slice(0, 2), around));
    this.#take([...selection.rooms, ...found]);
  }

  #take(rooms) {
    this.editor.selection.selectRooms(rooms.map(({ id }) => id));
    this.#say();
  }

  #say() {
    const count = this.editor.selection.rooms.length;
    this.editor.say(count ? `${plural(count, "room")} selected.` : "No room is selected.");
  }

  #forget() {
    this.#down = this.#box = null;
    this.editor.ghost.clear();
  }
}
