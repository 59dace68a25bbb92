// One shape without what lies on another.
import { directed, shapesFrom } from "./faces.js";
import { AREA_LEAST, shapeProblem } from "./judge.js";
import { edgesOf, shapeArea, shapeHolds } from "./outline.js";
import { OVERLAP_LEAST, sharedArea } from "./overlap.js";
import { gridPoint } from "./plan.js";
import { box, meets, nearestOn, same } from "./rings.js";
import { crossing } from "./snap.js";

const ON_WALL = 0.0015; // metres

/** ``shape`` without what it shares with ``other``: {shape}, or {problem} in words. */
export function without(shape, other) {
  const [ours, theirs] = noded(directed(shape), directed(other));
  const keys = new Set(ours.map(keyOf));
  const others = new Set(theirs.map(keyOf));
  const kept = ours.filter((wall) => {
    if (others.has(keyOf(turned(wall)))) return true; // they touch here, from either side
    return !others.has(keyOf(wall)) && !shapeHolds(other, middle(wall));
  });
  const new_ = theirs.filter((wall) => !keys.has(keyOf(wall)) && !keys.has(keyOf(turned(wall))) && shapeHolds(shape, middle(wall))).map(turned);
  const parts = (shapesFrom([...kept, ...new_]) ?? []).sort((one, two) => shapeArea(two) - shapeArea(one));
  if (!parts.length || parts.slice(1).some((part) => shapeArea(part) > AREA_LEAST)) return { problem: "It would fall into pieces, or nothing would be left. Move its walls by hand." };
  const problem = shapeProblem(parts[0]);
  if (problem || sharedArea(parts[0], other).area > OVERLAP_LEAST) return { problem: "It cannot be cut cleanly. Move its walls by hand." };
  return { shape: parts[0] };
}

/** Both lists of edges, cut where they meet one another. */
function noded(ours, theirs) {
  const places = [new Map(), new Map()];
  const note = (side, wall, place) => places[side].set(wall, [...(places[side].get(wall) ?? []), place]);
  for (const wall of ours) {
    const around = box(wall, ON_WALL);
    for (const other of theirs) {
      if (!meets(around, box(other))) continue;
      const on = other.filter((corner) => nearestOn(wall, corner).away <= ON_WALL);
      const back = wall.filter((corner) => nearestOn(other, corner).away <= ON_WALL);
      const across = on.length || back.length ? null : crossing(wall, other);
      for (const place of across ? [gridPoint(across)] : on) note(0, wall, place);
      for (const place of across ? [gridPoint(across)] : back) note(1, other, place);
    }
  }
  return [ours, theirs].map((walls, side) => walls.flatMap((wall) => cutAt(wall, places[side].get(wall) ?? [])));
}

function cutAt([a, b], places) {
  const sorted = places
    .filter((place) => !same(place, a) && !same(place, b))
    .map((place) => ({ place, t: nearestOn([a, b], place).t }))
    .sort((one, two) => one.t - two.t)
    .map(({ place }) => place);
  const corners = [a, ...sorted, b].filter((corner, index, all) => index === 0 || !same(corner, all[index - 1]));
  return corners.slice(1).map((corner, index) => [corners[index], corner]);
}

function keyOf([a, b]) {
  return `${a} ${b}`;
}

function turned([a, b]) {
  return [b, a];
}

function middle([a, b]) {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/** How long the walls are that two shapes share, in metres. */
export function touching(one, two) {
  const theirs = new Set(edgesOf(two).flatMap((wall) => [keyOf(wall), keyOf(turned(wall))]));
  return edgesOf(one).filter((wall) => theirs.has(keyOf(wall))).reduce((sum, [a, b]) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0);
}
