// A room's outline: its ring, and the holes in it (blocks that a corridor runs around). A shape is a list of rings, the
// outer one first. Corners and edges of a shape are counted through: those of the ring, then those of each hole.
// Rooms are never changed in place, so what is measured of one is kept for as long as it lives.
import { area, box, contains, inBox } from "./rings.js";

const boxes = new WeakMap();
const NONE = [];

export function shapeOf(room) {
  return room.holes?.length ? [room.ring, ...room.holes] : [room.ring];
}

/** The room with another shape. What a room is else, and the order of its fields, stays. */
export function withShape(room, [ring, ...holes]) {
  if (holes.length || room.holes) {
    const { holes: _, ...rest } = room;
    return holes.length ? { ...room, ring, holes } : { ...rest, ring };
  }
  return { ...room, ring };
}

export function holesOf(room) {
  return room.holes ?? NONE;
}

/** The box around a room. */
export function boxOf(room) {
  if (!boxes.has(room)) boxes.set(room, box(room.ring));
  return boxes.get(room);
}

/** The box around a room, a little larger. */
export function boxAround(room, more) {
  const [left, low, right, high] = boxOf(room);
  return [left - more, low - more, right + more, high + more];
}

export function areaOf(room) {
  return shapeArea(shapeOf(room));
}

export function shapeArea([ring, ...holes]) {
  return area(ring) - holes.reduce((sum, hole) => sum + area(hole), 0);
}

/** Whether a place lies in the room, and in none of its holes. */
export function holds(room, point) {
  return inBox(point, boxOf(room)) && shapeHolds(shapeOf(room), point);
}

export function shapeHolds([ring, ...holes], point) {
  return contains(ring, point) && !holes.some((hole) => contains(hole, point));
}

export function cornersOf(room) {
  return room.holes?.length ? shapeOf(room).flat() : room.ring;
}

/** All edges, [from, to], in the order of the corners that they start at. */
export function edgesOf(shape) {
  return shape.flatMap((ring) => ring.map((corner, index) => [corner, ring[(index + 1) % ring.length]]));
}

/** Which ring a corner is in, and where there. */
export function placeOf(shape, corner) {
  let at = 0;
  let index = corner;
  while (at < shape.length - 1 && index >= shape[at].length) index -= shape[at++].length;
  return { at, index };
}

/** The corners before and after one. */
export function beside(shape, corner) {
  const { at, index } = placeOf(shape, corner);
  const ring = shape[at];
  return [ring.at(index - 1), ring[(index + 1) % ring.length]];
}

/** The edge that begins at a corner. */
export function edgeAt(shape, corner) {
  const { at, index } = placeOf(shape, corner);
  return [shape[at][index], shape[at][(index + 1) % shape[at].length]];
}
