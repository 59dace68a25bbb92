// Shared walls. A corner that lies on a neighbour's wall is a corner of the neighbour, too: then the two walls stay one
// however they are moved, and rounding to the grid leaves neither gap nor overlap between them.
import { box, distance, edge, meets, nearestOn, same } from "./rings.js";

const TOUCHES = 0.0015; // metres: what snapping and rounding to the millimetre leave

/** Every corner at this place, in any room: [{id, index}]. */
export function cornersAt(rooms, place) {
  const found = [];
  for (const { id, ring } of rooms) {
    ring.forEach((corner, index) => {
      if (same(corner, place)) found.push({ id, index });
    });
  }
  return found;
}

/** The changes that put these rings (a Map of room id to ring) into the plan, with the corners that walls then share. */
export function putRings(plan, rings) {
  const joined = joinWalls(plan.rooms, rings);
  return [...joined].map(([id, ring]) => ({ put: "room", value: { ...plan.room.get(id), ring } }));
}

/** The rings, and those of neighbours that got a corner, as a Map of room id to ring. */
export function joinWalls(rooms, rings) {
  const result = new Map(rings);
  const others = new Map(rooms.map(({ id, ring }) => [id, ring]));
  for (const [id, ring] of rings) others.set(id, ring);
  for (const id of rings.keys()) {
    const around = box(result.get(id), 2 * TOUCHES);
    for (const [other, ring] of others) {
      if (other === id || !meets(around, box(ring))) continue;
      const welded = weld(result.get(id), result.get(other) ?? ring);
      const mine = withCorners(welded, result.get(other) ?? ring);
      const theirs = withCorners(result.get(other) ?? ring, mine);
      result.set(id, mine);
      if (theirs !== ring) result.set(other, theirs);
    }
  }
  return result;
}

/** The ring with corners that are a hair beside the other's corners put upon them. */
function weld(ring, other) {
  return ring.map((corner) => other.find((place) => !same(place, corner) && distance(place, corner) <= TOUCHES) ?? corner);
}

/** The ring with each corner of the other that lies on one of its edges; the same ring where there is none. */
function withCorners(ring, other) {
  const result = [];
  const missing = other.filter((corner) => !ring.some((mine) => same(mine, corner))); // a ring must not meet itself
  for (let index = 0; index < ring.length; index++) {
    const segment = edge(ring, index);
    result.push(segment[0], ...cornersOn(segment, missing));
  }
  return result.length === ring.length ? ring : result;
}

function cornersOn([a, b], ring) {
  const around = box([a, b], TOUCHES);
  return ring
    .filter(([x, y]) => x >= around[0] && x <= around[2] && y >= around[1] && y <= around[3])
    .map((corner) => ({ corner, ...nearestOn([a, b], corner) }))
    .filter(({ corner, away }) => away <= TOUCHES && distance(corner, a) > TOUCHES && distance(corner, b) > TOUCHES)
    .sort((one, two) => one.t - two.t)
    .map(({ corner }) => corner);
}
