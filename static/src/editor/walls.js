// Shared walls. A corner that lies on a neighbour's wall is a corner of the neighbour, too: then the two walls stay one
// however they are moved, and rounding to the grid leaves neither gap nor overlap between them.
import { boxOf, cornersOf, edgesOf, shapeOf, withShape } from "./outline.js";
import { box, distance, edge, inBox, meets, nearestOn, same } from "./rings.js";

const TOUCHES = 0.0015; // metres: what snapping and rounding to the millimetre leave

/** Every corner at this place, in any room: [{id, corner}]. */
export function cornersAt(rooms, place) {
  const found = [];
  for (const room of rooms) {
    if (!inBox(place, boxOf(room))) continue;
    cornersOf(room).forEach((each, corner) => {
      if (same(each, place)) found.push({ id: room.id, corner });
    });
  }
  return found;
}

/** The changes that put these shapes (a Map of room id to shape) into the plan, with the corners that walls then share. */
export function putShapes(plan, shapes) {
  return [...joinWalls(plan.rooms, shapes)].map(([id, shape]) => ({ put: "room", value: withShape(plan.room.get(id), shape) }));
}

/** The shapes, and those of neighbours that got a corner, as a Map of room id to shape. */
export function joinWalls(rooms, shapes) {
  const result = new Map(shapes);
  const all = [...shapes].map(([id, shape]) => ({ id, shape, around: box(shape[0]) }));
  for (const room of rooms) if (!shapes.has(room.id)) all.push({ id: room.id, shape: shapeOf(room), around: boxOf(room) });
  for (const id of shapes.keys()) {
    const around = box(result.get(id)[0], 2 * TOUCHES);
    for (const { id: other, shape, around: theirBox } of all) {
      if (other === id || !meets(around, theirBox)) continue;
      const theirs = result.get(other) ?? shape;
      const mine = withCorners(weld(result.get(id), theirs), theirs);
      const joined = withCorners(theirs, mine);
      result.set(id, mine);
      if (joined !== shape) result.set(other, joined);
    }
  }
  return result;
}

/** The shape with corners that are a hair beside the other's corners put upon them. */
function weld(shape, other) {
  const places = other.flat();
  let changed = false;
  const put = (corner) => {
    const place = places.find((each) => !same(each, corner) && distance(each, corner) <= TOUCHES);
    changed ||= Boolean(place);
    return place ?? corner;
  };
  const welded = shape.map((ring) => ring.map(put));
  return changed ? welded : shape;
}

/** The shape with each corner of the other that lies on one of its edges; the same shape where there is none. */
function withCorners(shape, other) {
  const mine = new Set(shape.flat().map(String));
  const around = box(shape[0], TOUCHES);
  const missing = other.flat().filter((corner) => inBox(corner, around) && !mine.has(String(corner))); // a ring must not meet itself
  if (!missing.length) return shape;
  let changed = false;
  const result = shape.map((ring) => {
    const filled = ring.flatMap((corner, index) => [corner, ...cornersOn(edge(ring, index), missing)]);
    changed ||= filled.length !== ring.length;
    return filled.length === ring.length ? ring : filled;
  });
  return changed ? result : shape;
}

function cornersOn([a, b], corners) {
  const around = box([a, b], TOUCHES);
  return corners
    .filter((corner) => inBox(corner, around))
    .map((corner) => ({ corner, ...nearestOn([a, b], corner) }))
    .filter(({ corner, away }) => away <= TOUCHES && distance(corner, a) > TOUCHES && distance(corner, b) > TOUCHES)
    .sort((one, two) => one.t - two.t)
    .map(({ corner }) => corner);
}

/** The edges that two shapes share, each in the direction of the first. */
export function sharedEdges(one, two) {
  const theirs = new Set(edgesOf(two).map(([a, b]) => `${b} ${a}`));
  const either = new Set(edgesOf(two).map(([a, b]) => `${a} ${b}`));
  return edgesOf(one).filter(([a, b]) => theirs.has(`${a} ${b}`) || either.has(`${a} ${b}`));
}
