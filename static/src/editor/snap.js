// Snapping: to a corner first, then to where two walls cross, then to a wall (where it is level with or square to a
// corner drawn before, if that is near), then level or square alone.
import { boxAround, edgesOf, shapeOf } from "./outline.js";
import { gridPoint } from "./plan.js";
import { box, distance, inBox, nearestOn, same } from "./rings.js";

/**
 * Where a pointer at ``point`` means: {at, kind} with kind "corner", "crossing", "wall", "square" or "free".
 * ``reach`` in metres; ``moving`` are corners that are being moved, and ``without`` rooms (a Set of ids): they and
 * their walls are left out; ``from`` are points to be level with or upright over.
 */
export function snapTo(rooms, point, reach, { moving = [], without = new Set(), from = [] } = {}) {
  const moves = (corner) => moving.some((each) => same(each, corner));
  const near = walls(rooms, point, reach, without).filter(([a, b]) => !moves(a) && !moves(b));
  const corner = nearest(point, reach, [...corners(rooms, point, reach, without).filter((each) => !moves(each)), ...from]);
  if (corner) return { at: gridPoint(corner), kind: "corner" };
  const crossing = nearest(point, reach, crossings(near));
  if (crossing) return { at: gridPoint(crossing), kind: "crossing" };
  const wall = near.map((segment) => ({ segment, ...nearestOn(segment, point) })).sort((one, two) => one.away - two.away)[0];
  if (wall) return { at: gridPoint(nearest(point, reach / 2, squareOn(wall.segment, from)) ?? wall.at), kind: "wall" };
  const level = squared(point, reach / 2, from);
  return level ? { at: gridPoint(level), kind: "square" } : { at: gridPoint(point), kind: "free" };
}

function* close(rooms, point, reach, without) {
  for (const room of rooms) if (!without.has(room.id) && inBox(point, boxAround(room, reach))) yield shapeOf(room);
}

function corners(rooms, point, reach, without) {
  return [...close(rooms, point, reach, without)].flat(2).filter((corner) => distance(corner, point) < reach);
}

function walls(rooms, point, reach, without) {
  const found = [];
  for (const shape of close(rooms, point, reach, without)) {
    for (const segment of edgesOf(shape)) {
      if (inBox(point, box(segment, reach)) && nearestOn(segment, point).away < reach) found.push(segment);
    }
  }
  return found;
}

function nearest(point, reach, places) {
  let best = { away: reach, at: null };
  for (const at of places) {
    const away = distance(at, point);
    if (away < best.away) best = { away, at };
  }
  return best.at;
}

/** Where walls cross one another; walls that end at one another have a corner there already. */
function crossings(near) {
  const found = [];
  for (let i = 0; i < near.length; i++) {
    for (let j = 0; j < i; j++) {
      const at = crossing(near[i], near[j]);
      if (at) found.push(at);
    }
  }
  return found;
}

/** Where two segments cross, or null. */
export function crossing([a, b], [c, d]) {
  const [ux, uy, vx, vy] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const turn = ux * vy - uy * vx;
  if (!turn) return null;
  const t = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / turn;
  const s = ((c[0] - a[0]) * uy - (c[1] - a[1]) * ux) / turn;
  return t >= 0 && t <= 1 && s >= 0 && s <= 1 ? [a[0] + t * ux, a[1] + t * uy] : null;
}

/** The places on a wall that are level with, or upright over, one of these. */
function squareOn([a, b], from) {
  const far = 1e5;
  return from.flatMap(([x, y]) => [crossing([a, b], [[-far, y], [far, y]]), crossing([a, b], [[x, -far], [x, far]])]).filter(Boolean);
}

/** The point moved level with, or upright over, the nearest of these places; null where none is near enough. */
function squared([x, y], reach, from) {
  const level = closest(from.map((place) => place[1]), y, reach);
  const upright = closest(from.map((place) => place[0]), x, reach);
  return level === null && upright === null ? null : [upright ?? x, level ?? y];
}

function closest(values, value, reach) {
  let best = null;
  for (const each of values) {
    if (Math.abs(each - value) <= Math.abs((best ?? Infinity) - value) && Math.abs(each - value) < reach) best = each;
  }
  return best;
}
