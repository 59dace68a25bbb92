// Several rooms made one, by taking away the walls that they share.
import { directed, shapesFrom, withoutInner } from "./faces.js";
import { labelOf } from "./classes.js";
import { shapeProblem } from "./judge.js";
import { shapeOf } from "./outline.js";
import { distance, nearestOn } from "./rings.js";
import { cornersAt, joinWalls, sharedEdges } from "./walls.js";

const STRAIGHT = 0.001; // metres that a corner may lie beside the line through its neighbours, and be no corner

/** The one shape of rooms that share walls: {shape}, or {problem} in words. ``others`` are the rooms around them. */
export function mergedShape(rooms, others) {
  const shapes = joinWalls(rooms, new Map(rooms.map((room) => [room.id, shapeOf(room)])));
  const apart = separate(rooms, shapes);
  if (apart) return { problem: `${labelOf(apart)} shares no wall with the others. Rooms can be joined where their walls touch; close the gap first.` };
  const found = shapesFrom(withoutInner([...shapes.values()].flatMap(directed)));
  if (found?.length !== 1) return { problem: "These rooms touch at a corner only, or lie on one another. Mend that first." };
  const shape = found[0].map((ring) => withoutNeedless(ring, others));
  const problem = shapeProblem(shape);
  return problem ? { problem: `They cannot be joined. ${problem}` } : { shape };
}

/** A room that one cannot get to from the first through shared walls. */
function separate(rooms, shapes) {
  const reached = new Set([rooms[0]]);
  for (const room of reached) {
    for (const other of rooms) {
      if (!reached.has(other) && sharedEdges(shapes.get(room.id), shapes.get(other.id)).length) reached.add(other);
    }
  }
  return rooms.find((room) => !reached.has(room));
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
