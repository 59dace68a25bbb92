// Commands that give rooms other shapes: split, join, square, cut, fill, close a gap. Each is one step that undo takes
// back; each gives the reason in words where it cannot be done, and null where it is done.
import { labelOf } from "./classes.js";
import { without } from "./cut.js";
import { plural } from "./dom.js";
import { followed } from "./doors.js";
import { nameOf, newId } from "./edits.js";
import { near } from "./judge.js";
import { mergedShape } from "./merge.js";
import { edgesOf, shapeArea, shapeOf, withShape } from "./outline.js";
import { OVERLAP_LEAST, sharedArea } from "./overlap.js";
import { distance, nearestOn, withoutRepeats } from "./rings.js";
import { splitShape } from "./split.js";
import { movedShapes, squared } from "./square.js";
import { putShapes } from "./walls.js";

const CLOSES = 0.08; // metres that a wall may be moved to close a gap

/** Cut a room in two along a line. The larger part stays the room; the other gets its class and name, and no number. */
export function splitRoom(edits, room, line) {
  const { plan, selection, say } = edits;
  const found = splitShape(shapeOf(room), line);
  if (found.problem) return found.problem;
  const [first, second] = found.shapes.sort((one, two) => shapeArea(two) - shapeArea(one));
  const kept = withShape(room, first);
  const more = { ...withShape(room, second), id: newId(), number: "", shaft: "" };
  const doors = plan.doorsOf(room.id)
    .filter((door) => awayFrom(second, middleOf(door.jambs)) < awayFrom(first, middleOf(door.jambs)))
    .map((door) => ({ put: "door", value: { ...door, rooms: door.rooms.map((id) => (id === room.id ? more.id : id)) } }));
  const problem = edits.make(`splitting ${labelOf(room)}`, [...edits.changesToAdd([kept, more]), ...doors]);
  if (problem) return problem.words;
  selection.select("room", more.id);
  say(`${labelOf(room)} is two rooms now. The new part has the same class and name, and no number yet.${doors.length ? ` ${plural(doors.length, "door")} went with it.` : ""}`);
  return null;
}

/** Make several rooms one, and the thin walls between them part of it. ``keep`` is the room whose number, name and class the whole has. */
export function mergeRooms(edits, rooms, keep) {
  const { plan, selection, say } = edits;
  const ids = new Set(rooms.map(({ id }) => id));
  const found = mergedShape(rooms, plan.rooms.filter(({ id }) => !ids.has(id)), { across: true });
  if (found.problem) return found.problem;
  const doors = plan.doors.filter((door) => door.rooms.some((id) => ids.has(id)));
  const inner = doors.filter((door) => door.rooms.every((id) => ids.has(id)));
  const outer = doors.filter((door) => !inner.includes(door));
  const problem = edits.make(`joining ${nameOf(rooms)}`, [
    ...inner.map(({ id }) => ({ drop: "door", id })),
    ...rooms.filter(({ id }) => id !== keep.id).map(({ id }) => ({ drop: "room", id })),
    { put: "room", value: withShape(keep, found.shape) },
    ...outer.map((door) => ({ put: "door", value: { ...door, rooms: door.rooms.map((id) => (ids.has(id) ? keep.id : id)) } })),
  ]);
  if (problem) return problem.words;
  selection.select("room", keep.id);
  say(`${nameOf(rooms)} are one room now, ${labelOf(keep)}.${inner.length ? ` ${plural(inner.length, "door")} between them ${inner.length === 1 ? "is" : "are"} gone.` : ""}`);
  return null;
}

/** Make nearly right angles right. Where the rooms together cannot be squared, each is tried by itself. */
export function squareRooms(edits, rooms) {
  const { say } = edits;
  const moves = squared(rooms, edits.plan.rooms);
  if (!moves.size) return `${nameOf(rooms)}: every angle that is nearly right is right already.`;
  const problem = putMoved(edits, moves, `squaring ${nameOf(rooms)}`);
  if (!problem) {
    say(`${nameOf(rooms)} squared. ${plural(moves.size, "corner")} moved.`);
    return null;
  }
  if (rooms.length === 1) return problem;
  const key = `square ${rooms.map(({ id }) => id).join()}`;
  const failed = rooms.filter((room) => {
    const now = squared([edits.plan.room.get(room.id)], edits.plan.rooms);
    return now.size && putMoved(edits, now, `squaring ${nameOf(rooms)}`, key);
  });
  edits.history.close();
  if (failed.length === rooms.length) return problem;
  say(`${plural(rooms.length - failed.length, "room")} squared. Left as drawn, for a room would lie on another: ${failed.slice(0, 5).map(labelOf).join(", ")}${failed.length > 5 ? " and more" : ""}.`);
  return null;
}

/** Take from one room what lies on another. */
export function cutFrom(edits, room, other) {
  const found = without(shapeOf(room), shapeOf(other));
  if (found.problem) return `${labelOf(room)}: ${found.problem}`;
  return reshaped(edits, new Map([[room.id, found.shape]]), `cutting ${labelOf(room)}`, `${labelOf(room)} no longer lies on ${labelOf(other)}.`);
}

/** A new room without what would lie on others: its shape, or null where that cannot be cut cleanly. */
export function fitted(plan, ring) {
  let shape = [ring];
  for (const other of near(plan, new Map(), new Set(), { id: "new", ring })) {
    if (sharedArea(shape, shapeOf(other)).area <= OVERLAP_LEAST) continue;
    const found = without(shape, shapeOf(other));
    if (found.problem) return null;
    shape = found.shape;
  }
  return shape;
}

/** Give a gap, enclosed by this ring, to a room. */
export function giveTo(edits, room, ring) {
  const found = mergedShape([room, { id: "gap", ring }], edits.plan.rooms.filter((other) => other !== room));
  if (found.problem) return `${labelOf(room)}: ${found.problem}`;
  return reshaped(edits, new Map([[room.id, found.shape]]), `filling a gap`, `The gap belongs to ${labelOf(room)} now.`);
}

/** Move the wall of one room, and of all that share its corners, onto the wall of another that it does not quite meet. */
export function closeGap(edits, room, other) {
  const { plan } = edits;
  const walls = edgesOf(shapeOf(other));
  const corners = walls.map(([corner]) => corner);
  const moves = new Map();
  for (const corner of shapeOf(room).flat()) {
    const best = nearest(corners, corner) ?? walls.map((wall) => nearestOn(wall, corner)).sort((one, two) => one.away - two.away)[0];
    if (best.away > 0 && best.away <= CLOSES) moves.set(String(corner), best.at.map((value) => Math.round(value * 1000) / 1000));
  }
  if (!moves.size) return "The walls have no corner near the gap. Add one with I, then move it.";
  return reshaped(edits, movedShapes(plan, moves), "closing a gap", `${labelOf(room)} and ${labelOf(other)} share their wall now.`);
}

function nearest(places, point) {
  const found = places.map((at) => ({ at, away: distance(at, point) })).sort((one, two) => one.away - two.away)[0];
  return found.away <= CLOSES ? found : null;
}

function putMoved(edits, moves, label, merge = null) {
  const shapes = movedShapes(edits.plan, moves);
  return edits.make(label, changesTo(edits.plan, shapes), merge)?.words ?? null;
}

function reshaped(edits, shapes, label, done) {
  const problem = edits.make(label, changesTo(edits.plan, shapes));
  if (!problem) edits.say(done);
  return problem?.words ?? null;
}

/** Changes to these shapes, with the walls around joined, and the doors on them moved along. */
export function changesTo(plan, shapes) {
  const closed = new Map([...shapes].map(([id, shape]) => [id, shape.map(withoutRepeats).filter((ring, place) => place === 0 || ring.length > 2)]));
  const rooms = putShapes(plan, closed);
  return [...rooms, ...followed(plan, rooms)];
}

function middleOf([a, b]) {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

function awayFrom(shape, point) {
  return Math.min(...edgesOf(shape).map((wall) => nearestOn(wall, point).away));
}
