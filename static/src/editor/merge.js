// Several rooms made one, by taking away the walls that they share, or the thin wall between them.
import { directed, shapesFrom, withoutInner } from "./faces.js";
import { labelOf } from "./classes.js";
import { shapeProblem } from "./judge.js";
import { shapeOf } from "./outline.js";
import { distance, nearestOn } from "./rings.js";
import { stripBetween } from "./strips.js";
import { cornersAt, joinWalls, sharedEdges } from "./walls.js";

const STRAIGHT = 0.001; // metres that a corner may lie beside the line through its neighbours, and be no corner

/**
 * The one shape of rooms that share walls: {shape, strips}, or {problem} in words. ``others`` are the rooms around them.
 * ``across`` takes in the strip of wall between rooms that a thin wall parts: ``strips`` are those that were, {ring, wide}.
 */
export function mergedShape(rooms, others, { across = false } = {}) {
  const strips = [];
  let parts = rooms;
  let shapes = joined(parts);
  for (let apart = separate(parts, shapes); apart.length; apart = separate(parts, shapes)) {
    const strip = across ? bestStrip(parts.filter((each) => !apart.includes(each)), apart) : null;
    if (!strip || strips.length >= rooms.length) return { problem: `${labelOf(apart[0])} shares no wall with the others${across ? ", and no wall of at most half a metre parts them" : ""}. Rooms can be joined where their walls touch; close the gap first.` };
    strips.push(strip);
    parts = [...parts, { id: `strip ${strips.length}`, ring: strip.ring }];
    shapes = joined(parts);
  }
  const found = shapesFrom(withoutInner([...shapes.values()].flatMap(directed)));
  if (found?.length !== 1) return { problem: "These rooms touch at a corner only, or lie on one another. Mend that first." };
  const shape = found[0].map((ring) => withoutNeedless(ring, others));
  const problem = shapeProblem(shape);
  return problem ? { problem: `They cannot be joined. ${problem}` } : { shape, strips };
}

function joined(rooms) {
  return joinWalls(rooms, new Map(rooms.map((room) => [room.id, shapeOf(room)])));
}

/** The longest strip of wall between rooms of the two lists, or null. */
function bestStrip(here, there) {
  const found = here.flatMap((one) => there.map((two) => stripBetween(one, two))).filter(Boolean);
  return found.sort((one, two) => two.long - one.long)[0] ?? null;
}

/** The rooms that one cannot get to from the first through shared walls. */
function separate(rooms, shapes) {
  const reached = new Set([rooms[0]]);
  for (const room of reached) {
    for (const other of rooms) {
      if (!reached.has(other) && sharedEdges(shapes.get(room.id), shapes.get(other.id)).length) reached.add(other);
    }
  }
  return rooms.filter((room) => !reached.has(room));
}

/** The ring without corners on a straight wall that no room around needs. */
function withoutNeedless(ring, others) {
  const kept = ring.filter((corner, index) => {
    const beside = [ring.at(index - 1), ring[(index + 1) % ring.length]];
    const straight = distance(...beside) > STRAIGHT && nearestOn(beside, corner).away <= STRAIGHT;
    return !straight || cornersAt(others, corner).length > 0;
  });
  return kept.length < 3 ? ring : kept;
}
