// Keys. They work while the focus is in the editor and not in a field, so that nobody sets them off by typing.
import { CLASSES } from "./classes.js";
import { fit, zoom } from "./map.js";
import { slide } from "./doors.js";
import { distance } from "./rings.js";

const STEP = 0.1; // metres; with Shift 1 m, with Alt 1 cm
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const TOOL_KEYS = { v: "select", r: "room", d: "door" };

export class Keys {
  constructor(editor, root) {
    this.editor = editor;
    root.addEventListener("keydown", (event) => this.#press(event));
  }

  undo() {
    const { roomTool, history, say } = this.editor;
    if (roomTool.isSketching) return roomTool.removeLastCorner();
    const label = history.undo();
    return say(label ? `Undone: ${label}.` : "There is nothing to undo.");
  }

  redo() {
    const label = this.editor.history.redo();
    this.editor.say(label ? `Done again: ${label}.` : "There is nothing to redo.");
  }

  #press(event) {
    if (event.defaultPrevented || isField(event.target)) return;
    const done = event.ctrlKey || event.metaKey ? this.#withControl(event) : this.#plain(event);
    if (done) event.preventDefault();
  }

  #withControl(event) {
    const key = event.key.toLowerCase();
    if (this.editor.tools.readonly || !["z", "y"].includes(key)) return false;
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
    return true;
  }

  #plain(event) {
    const { key } = event;
    if (this.#look(key)) return true;
    if (this.editor.tools.readonly) return false;
    if (key in ARROWS && event.target === this.editor.map.getTargetElement()) return this.#nudge(event);
    return this.#take(key) || this.#mark(key) || this.#work(key);
  }

  #look(key) {
    const { map } = this.editor;
    const deeds = { "+": () => zoom(map, 0.7), "=": () => zoom(map, 0.7), "-": () => zoom(map, -0.7), 0: () => fit(map, undefined, 150), f: () => this.editor.toggleFaint() };
    return act(deeds, key);
  }

  #take(key) {
    const tool = TOOL_KEYS[key.toLowerCase()];
    if (tool) this.editor.tools.take(tool);
    return Boolean(tool);
  }

  #mark(key) {
    const chosen = CLASSES[Number(key) - 1];
    const { room } = this.editor.selection;
    if (chosen && room) this.editor.edits.setClass(room, chosen.value);
    return Boolean(chosen && room);
  }

  #work(key) {
    const { roomTool, edits, selection } = this.editor;
    const remove = () => (roomTool.isSketching ? roomTool.removeLastCorner() : edits.removeSelected());
    return act({
      Escape: () => this.#escape(),
      Enter: () => (roomTool.isSketching ? roomTool.finish() : this.editor.panel.focus()),
      Delete: remove,
      Backspace: remove,
      n: () => this.#newRoom(),
      "]": () => this.#pickCorner(1),
      "[": () => this.#pickCorner(-1),
      i: () => this.#insertCorner(),
    }, key) && Boolean(selection);
  }

  #escape() {
    const { roomTool, selection, tools } = this.editor;
    if (roomTool.isSketching) roomTool.cancel();
    else if (selection.corner !== null) selection.pickCorner(null);
    else if (tools.current !== "select") tools.take("select");
    else selection.clear();
  }

  /** A room of 3 by 3 metres in the middle of what is seen: the way to draw by keys alone. */
  #newRoom() {
    const [x, y] = this.editor.map.getView().getCenter();
    const problem = this.editor.edits.addRoom([[x - 1.5, y - 1.5], [x + 1.5, y - 1.5], [x + 1.5, y + 1.5], [x - 1.5, y + 1.5]]);
    this.editor.tools.take("select");
    this.editor.say(problem ?? "A room of 3 by 3 metres was added. The arrow keys move it; ] takes hold of a corner.");
  }

  #pickCorner(step) {
    const { selection, plan, say } = this.editor;
    const { room } = selection;
    if (!room) return say("Select a room first.");
    const count = room.ring.length;
    selection.pickCorner(((selection.corner ?? (step > 0 ? -1 : 0)) + step + count) % count);
    const place = room.ring[selection.corner];
    const shared = plan.rooms.filter(({ ring }) => ring.some(([x, y]) => x === place[0] && y === place[1])).length;
    return say(`Corner ${selection.corner + 1} of ${count}. ${shared > 1 ? `${shared} rooms share it and move together.` : ""}`);
  }

  #insertCorner() {
    const { selection, edits, say } = this.editor;
    const { room, corner } = selection;
    if (!room || corner === null) return say("Take hold of a corner with ] first; I adds one behind it.");
    const [a, b] = [room.ring[corner], room.ring[(corner + 1) % room.ring.length]];
    return edits.insertCorner(room.id, corner, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  }

  #nudge(event) {
    const size = event.shiftKey ? 1 : event.altKey ? 0.01 : STEP;
    const by = ARROWS[event.key].map((part) => part * size);
    const { selection, edits, map } = this.editor;
    const { room, door, corner } = selection;
    if (room && corner !== null) {
      edits.moveCorner(room.ring[corner], [room.ring[corner][0] + by[0], room.ring[corner][1] + by[1]], `corner ${room.id} ${corner}`);
    } else if (room) {
      edits.moveRoom(room, by, `move ${room.id}`);
    } else if (door) {
      this.#slideDoor(door, by);
    } else {
      const view = map.getView();
      const step = 60 * view.getResolution();
      view.adjustCenter([Math.sign(by[0]) * step, Math.sign(by[1]) * step]);
    }
    return true;
  }

  #slideDoor(door, [dx, dy]) {
    const { edits, plan } = this.editor;
    const [[ax, ay], [bx, by]] = door.jambs;
    const along = (dx * (bx - ax) + dy * (by - ay)) / (distance(...door.jambs) || 1);
    edits.change("door", door.id, { jambs: slide(plan.rooms, door, along).jambs }, `moving door ${door.number}`, `slide ${door.id}`);
  }
}

function isField(element) {
  return element.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || Boolean(element.closest("dialog"));
}

function act(deeds, key) {
  const name = Object.keys(deeds).find((each) => each === key || (each.length === 1 && each === key.toLowerCase()));
  if (!name) return false;
  deeds[name]();
  return true;
}
