// One room cut in two along a line that runs from wall to wall.
import { directed, shapesFrom } from "./faces.js";
import { shapeProblem } from "./judge.js";
import { edgesOf, shapeHolds } from "./outline.js";
import { gridPoint } from "./plan.js";
import { contains, distance, nearestOn, same } from "./rings.js";
import { crossing } from "./snap.js";

const ON_WALL = 0.0015; // metres: a corner of the line this near to a wall lies on it

/**
 * The two shapes that a line (a list of places) cuts a shape into: {shapes}, or {problem} in words. The line may begin
 * and end outside; in between it must stay in the room. It may pass through a hole: what a corridor runs around.
 */
export function splitShape(shape, line) {
  const path = pieces(shape, line.map(gridPoint)).map((piece) => ({ piece, where: whereIs(shape, piece) }));
  const first = path.findIndex(({ where }) => where === "inside");
  const last = path.findLastIndex(({ where }) => where === "inside");
  if (first < 0) return { problem: "The line does not run through the room. Draw it from wall to wall." };
  const across = path.slice(first, last + 1);
  if (across.some(({ where }) => where === "outside")) return { problem: "The line leaves the room and comes back. Draw it inside, from wall to wall." };
  const inside = across.filter(({ where }) => where === "inside").map(({ piece }) => piece);
  const places = inside.flat();
  const walls = directed(shape).flatMap((wall) => cut(wall, places));
  const shapes = shapesFrom([...walls, ...inside, ...inside.map(([a, b]) => [b, a])]);
  if (shapes?.length === 1) return { problem: "The line ends inside the room. Draw it from wall to wall." };
  if (shapes?.length !== 2 || shapes.some(shapeProblem)) return { problem: "The line would not leave two good rooms. Draw it farther from the corners, and so that it crosses the room once." };
  return { shapes };
}

/** The line cut where it meets walls: a list of [from, to]. */
function pieces(shape, line) {
  const walls = edgesOf(shape);
  const found = [];
  for (let i = 1; i < line.length; i++) {
    const stretch = [line[i - 1], line[i]];
    if (same(...stretch)) continue;
    const places = walls.flatMap((wall) => meeting(wall, stretch));
    found.push(...cut(stretch, places));
  }
  return found;
}

/** Where a stretch of line meets a wall: the wall's corners on it, its own ends on the wall, and where they cross. */
function meeting(wall, stretch) {
  const corners = wall.filter((corner) => nearestOn(stretch, corner).away <= ON_WALL);
  const ends = stretch.filter((end) => nearestOn(wall, end).away <= ON_WALL);
  if (corners.length || ends.length) return [...corners, ...ends];
  const at = crossing(wall, stretch);
  return at ? [gridPoint(at)] : [];
}

/** An edge cut at the places that lie on it. */
function cut([a, b], places) {
  const on = places
    .map((place) => ({ place, ...nearestOn([a, b], place) }))
    .filter(({ place, away }) => away <= ON_WALL && !same(place, a) && !same(place, b))
    .sort((one, two) => one.t - two.t)
    .map(({ place }) => place);
  const corners = [a, ...on, b].filter((corner, index, all) => index === 0 || !same(corner, all[index - 1]));
  return corners.slice(1).map((corner, index) => [corners[index], corner]);
}

function whereIs(shape, [a, b]) {
  const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const least = Math.min(ON_WALL, distance(a, b) / 4);
  if (edgesOf(shape).some((wall) => nearestOn(wall, middle).away <= least)) return "wall";
  if (shapeHolds(shape, middle)) return "inside";
  return contains(shape[0], middle) ? "hole" : "outside";
}

/** A straight line across a shape, upright at an x or level at a y, longer than the shape. */
export function straightAcross([ring], axis, at) {
  const along = ring.map((corner) => corner[1 - axis]);
  const [from, to] = [Math.min(...along) - 1, Math.max(...along) + 1];
  return [from, to].map((place) => (axis === 0 ? [at, place] : [place, at]));
}
