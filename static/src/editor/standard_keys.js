// The keys of every plan: undo, looking around, classes, corners, moving by arrows, a new room in the middle.
import { CLASSES } from "./classes.js";
import { fit, zoom } from "./map.js";
import { cornersOf, edgeAt, shapeOf } from "./outline.js";
import { distance } from "./rings.js";
import { putSpot, removeSpot, spotOf } from "./spot.js";
import { cornersAt } from "./walls.js";

const STEP = 0.1; // metres; with Shift 1 m, with Alt 1 cm
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const PAN_PX = 60;

export function addStandardKeys(editor) {
  const { keys, map, tools, history, selection, edits, say } = editor;
  const bind = (words, names, deed, more = {}) => keys.bind({ keys: names, words, deed, ...more });
  const undone = (label) => say(label ? `Undone: ${label}.` : "There is nothing to undo.");
  const again = (label) => say(label ? `Done again: ${label}.` : "There is nothing to redo.");
  bind("undo", ["z"], () => undone(history.undo()), { ctrl: true, shift: false });
  bind("redo", ["y"], () => again(history.redo()), { ctrl: true });
  bind("", ["z"], () => again(history.redo()), { ctrl: true, shift: true });
  bind("save now, not in a moment", ["s"], () => saveNow(editor), { ctrl: true, shift: false, fields: true });
  bind("select", ["v"], () => tools.take("select"));
  bind("class of the selected room", CLASSES.map((_, place) => String(place + 1)), (event) => mark(editor, event), { shown: "1 to 6" });
  bind("go to the fields of what is selected", ["Enter"], () => editor.panel.focus());
  bind("new room of 3 by 3 m in the middle", ["n"], () => newRoom(editor));
  bind("", Object.keys(ARROWS), (event) => pan(editor, event), { reads: true });
  bind("move what is selected by 10 cm; with Shift 1 m, with Alt 1 cm; nothing selected: move the plan", Object.keys(ARROWS), (event) => nudge(editor, event), { shown: "arrows" });
  bind("next corner", ["]"], () => pickCorner(editor, 1));
  bind("last corner", ["["], () => pickCorner(editor, -1));
  bind("add a corner behind the chosen one", ["i"], () => insertCorner(editor));
  bind("delete the corner, room or door", ["Delete", "Backspace"], () => (selection.kind === "spot" ? removeSpot(editor) : edits.removeSelected()));
  bind("closer", ["+", "="], () => zoom(map, 0.7), { reads: true });
  bind("farther", ["-"], () => zoom(map, -0.7), { reads: true });
  bind("the whole sheet", ["0"], () => fit(map, undefined, 150), { reads: true });
  bind("step back", ["Escape"], () => {
    if (selection.corner !== null) selection.pickCorner(null);
    else if (tools.current !== "select") tools.take("select");
    else selection.clear();
  });
}

/** Nobody has to: all saves itself. But many hands press it, and the browser would save the page as a file. */
function saveNow({ saver, say }) {
  const field = document.activeElement;
  if (field.matches("input, select, textarea")) field.dispatchEvent(new Event("change", { bubbles: true })); // what is half typed
  saver.flush().then(() => say(saver.state.name === "saved" ? "Saved." : "Not saved yet. The line beside the title says why."));
}

function mark({ selection, edits }, event) {
  const chosen = CLASSES[Number(event.key) - 1];
  if (!selection.rooms.length) return false;
  return edits.setClass(selection.rooms, chosen.value);
}

/** A room of 3 by 3 metres where it is free, as near to the middle of what is seen as can be: drawing by keys alone. */
function newRoom({ map, edits, tools, say }) {
  const problem = edits.addFreeRoom(map.getView().getCenter(), [3, 3]);
  tools.take("select");
  say(problem ?? "A room of 3 by 3 metres was added. The arrow keys move it; ] takes hold of a corner.");
}

function pickCorner({ selection, plan, say }, step) {
  const { room } = selection;
  if (!room) return say("Select a room first.");
  const corners = cornersOf(room);
  const count = corners.length;
  selection.pickCorner(((selection.corner ?? (step > 0 ? -1 : 0)) + step + count) % count);
  const shared = cornersAt(plan.rooms, corners[selection.corner]).length;
  return say(`Corner ${selection.corner + 1} of ${count}. ${shared > 1 ? `${shared} rooms share it and move together.` : ""}`);
}

function insertCorner({ selection, edits, say }) {
  const { room, corner } = selection;
  if (!room || corner === null) return say("Take hold of a corner with ] first; I adds one behind it.");
  const [a, b] = edgeAt(shapeOf(room), corner);
  return edits.insertCorner(room.id, corner, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
}

/** How far an arrow key moves things. */
export function arrowStep(event) {
  const size = event.shiftKey ? 1 : event.altKey ? 0.01 : STEP;
  return ARROWS[event.key].map((part) => part * size);
}

function nudge(editor, event) {
  const { selection, edits, map } = editor;
  const { room, rooms, door, corner, kind } = selection;
  if (event.target !== map.getTargetElement() || (!rooms.length && !door && kind !== "spot")) return false;
  const by = arrowStep(event);
  if (kind === "spot") return nudgeSpot(editor, by);
  if (room && corner !== null) {
    const from = cornersOf(room)[corner];
    return edits.moveCorner(from, [from[0] + by[0], from[1] + by[1]], `corner ${room.id} ${corner}`);
  }
  if (rooms.length) return edits.moveRooms(rooms, by, `move ${rooms.map(({ id }) => id).join()}`);
  const [[ax, ay], [bx, by2]] = door.jambs;
  const along = (by[0] * (bx - ax) + by[1] * (by2 - ay)) / (distance(...door.jambs) || 1);
  return edits.slideDoor(door, along);
}

function nudgeSpot(editor, [dx, dy]) {
  const [x, y] = spotOf(editor.plan).at;
  return putSpot(editor, [x + dx, y + dy], "move spot");
}

function pan({ map }, event) {
  if (event.target !== map.getTargetElement()) return false;
  const view = map.getView();
  const [dx, dy] = ARROWS[event.key];
  view.adjustCenter([dx * PAN_PX * view.getResolution(), dy * PAN_PX * view.getResolution()]);
  return true;
}
