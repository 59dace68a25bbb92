// Whether a change may be made: outlines that are fit to be rooms, and no room on another. The server has the last word
// on outlines (zonemap/geometry/rings.py); this one comes at once, and says why. Nothing is repaired.
import { labelOf } from "./classes.js";
import { boxOf, holesOf, shapeArea, shapeHolds, shapeOf, withShape } from "./outline.js";
import { OVERLAP_LEAST, overlapOf } from "./overlap.js";
import { area, box, edge, meets, same } from "./rings.js";

export const AREA_LEAST = 0.05; // square metres, as the server has it
const CORNERS_MOST = 1000;
const MORE = 1e-6; // square metres: an overlap that was there may stay, and not grow
const PER_METRE = 1000; // positions on the grid: whole numbers, so that it is exact whether a corner lies on a line

/** Why a ring cannot be a room, in words, or null. */
export function ringProblem(ring) {
  if (ring.length < 3) return "A room needs at least 3 corners.";
  if (ring.length > CORNERS_MOST) return `An outline has at most ${CORNERS_MOST.toLocaleString("en")} corners. Draw curved walls with fewer.`;
  if (area(ring) < AREA_LEAST) return "That is too small for a room. Draw it larger.";
  return crossesItself(ring) ? "The outline crosses or touches itself. Draw around the room without crossing a line." : null;
}

/** Why a shape cannot be a room, in words, or null. */
export function shapeProblem(shape) {
  const [ring, ...holes] = shape;
  const problem = ringProblem(ring) ?? holes.map(ringProblem).find(Boolean);
  if (problem) return problem;
  for (const hole of holes) {
    const others = holes.filter((other) => other !== hole);
    if (!shapeHolds([ring], hole[0]) || meetEachOther(ring, hole)) return "A hole of the room would touch its outline.";
    if (others.some((other) => meetEachOther(hole, other) || shapeHolds([other], hole[0]))) return "Two holes of the room would touch one another.";
  }
  return shapeArea(shape) < AREA_LEAST ? "That leaves almost nothing of the room." : null;
}

/**
 * What is wrong with rooms as they would be (a Map of id to room), in words and where: {words, place, rooms}, or null.
 * What was wrong before may stay so, for nobody could mend a plan otherwise; it must not get worse.
 */
export function problemWith(plan, rooms, dropped = new Set()) {
  for (const room of rooms.values()) {
    const before = plan.room.get(room.id);
    const problem = shapeProblem(shapeOf(room));
    if (problem && !(before && shapeProblem(shapeOf(before)))) return { words: `${labelOf(room)}: ${problem}`, place: null, rooms: [room.id] };
  }
  const seen = new Set();
  for (const room of rooms.values()) {
    seen.add(room.id);
    for (const other of near(plan, rooms, dropped, room)) {
      if (seen.has(other.id)) continue;
      const found = worse(plan, room, other);
      if (found) return { words: `${labelOf(room)} would lie on ${labelOf(other)}. Rooms may touch, but not overlap.`, place: found.place, rooms: [room.id, other.id] };
    }
  }
  return null;
}

/** The rooms near one, as they would be. */
export function* near(plan, rooms, dropped, room) {
  const around = boxOf(room);
  for (const other of rooms.values()) if (other !== room && meets(around, boxOf(other))) yield other;
  for (const other of plan.room.values()) {
    if (meets(around, boxOf(other)) && !rooms.has(other.id) && !dropped.has(other.id)) yield other;
  }
}

/** The same for shapes: a Map of room id to shape. */
export function problemWithShapes(plan, shapes) {
  return problemWith(plan, new Map([...shapes].map(([id, shape]) => [id, withShape(plan.room.get(id) ?? { id, class: "undecided" }, shape)])));
}

/** The same for changes as the history takes them. Only rooms whose outline changes are looked at. */
export function problemWithChanges(plan, changes) {
  const dropped = new Set(changes.filter(({ drop }) => drop === "room").map(({ id }) => id));
  const rooms = new Map();
  for (const { put, value } of changes) {
    if (put !== "room") continue;
    const before = plan.room.get(value.id);
    if (!before || before.ring !== value.ring || holesOf(before) !== holesOf(value)) rooms.set(value.id, value);
  }
  return problemWith(plan, rooms, dropped);
}

function worse(plan, room, other) {
  const now = overlapOf(room, other);
  if (now.area <= OVERLAP_LEAST) return null;
  const [one, two] = [plan.room.get(room.id), plan.room.get(other.id)];
  const before = one && two ? overlapOf(one, two).area : 0;
  return now.area > before + MORE ? now : null;
}

/** Whether two edges of the ring meet where they should not. */
export function crossesItself(ring) {
  const whole = ring.map(toGrid);
  const count = whole.length;
  for (let i = 0; i < count; i++) {
    const [a, b] = edge(whole, i);
    if (same(a, b) || turnsBack(whole.at(i - 1), a, b)) return true;
    const around = box([a, b]);
    for (let j = i + 2; j < count; j++) {
      if (i === 0 && j === count - 1) continue;
      const [c, d] = edge(whole, j);
      if (meets(around, box([c, d])) && touch(a, b, c, d)) return true;
    }
  }
  return false;
}

/** Whether two rings cross or touch. In a point they might touch, and the server would take it; nobody needs it. */
function meetEachOther(one, two) {
  const [ours, theirs] = [one.map(toGrid), two.map(toGrid)];
  return ours.some((_, i) => {
    const wall = edge(ours, i);
    const around = box(wall);
    return theirs.some((__, j) => meets(around, box(edge(theirs, j))) && touch(...wall, ...edge(theirs, j)));
  });
}

function toGrid([x, y]) {
  return [Math.round(x * PER_METRE), Math.round(y * PER_METRE)];
}

function side(a, b, p) {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}

function turnsBack(before, corner, after) {
  return side(before, corner, after) === 0 && (before[0] - corner[0]) * (after[0] - corner[0]) + (before[1] - corner[1]) * (after[1] - corner[1]) > 0;
}

function touch(a, b, c, d) {
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}
