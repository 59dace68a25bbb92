// What is wrong with how rooms cover the floor: overlaps, gaps between rooms, slivers. Found, told and never mended in
// silence. What is known of two rooms is kept for as long as neither changes, so an edit costs little on a large floor.
import { directed, ringsFrom } from "./faces.js";
import { areaOf, boxOf, edgesOf, shapeOf } from "./outline.js";
import { OVERLAP_LEAST, overlapOf } from "./overlap.js";
import { area, box, contains, distance, meets, nearestOn } from "./rings.js";

const GAP_LEAST = 1e-3; // square metres
const GAP_MOST = 2.5; // square metres: a larger place that is in no room is a yard, or a room still to be drawn
const CRACK_LEAST = 0.002; // metres between two walls that do not quite meet: less is rounding
const CRACK_MOST = 0.07; // more is a wall
const TOUCHES = 0.0015; // metres from a corner to a wall that it lies on
const CRACK_LONG = 0.3; // metres that they run beside one another
const SHARED_LEAST = 0.1; // part of all walls that rooms share where they are drawn to the middle of walls
const SLIVER_WIDE = 0.25; // metres
const SLIVER_LONG = 3; // times as long as wide
const PARALLEL = 0.1; // sine of the angle between two walls

/** All findings: {kind: "overlap" | "gap" | "crack" | "sliver", rooms: ids, area, place, ring?}, in the order of rooms. */
export function findings(rooms) {
  const { single, shared } = sortedWalls(rooms);
  const toFaces = shared < SHARED_LEAST * (shared + single.reduce((sum, { wall }) => sum + distance(...wall), 0));
  const gaps = toFaces ? [] : enclosed(single);
  const open = toFaces ? [] : cracks(single).filter(({ place }) => !gaps.some(({ ring }) => contains(ring, place)));
  return [...overlaps(rooms), ...gaps, ...open, ...rooms.filter(isSliver).map(sliver)];
}

const known = new WeakMap();

/** What two rooms share, kept. */
function keptOverlap(one, two) {
  if (!known.has(one)) known.set(one, new WeakMap());
  const kept = known.get(one);
  if (!kept.has(two)) kept.set(two, overlapOf(one, two));
  return kept.get(two);
}

function overlaps(rooms) {
  const found = [];
  const order = [...rooms].sort((one, two) => boxOf(one)[0] - boxOf(two)[0]);
  order.forEach((room, place) => {
    const around = boxOf(room);
    for (let next = place + 1; next < order.length && boxOf(order[next])[0] < around[2]; next++) {
      const { area: shared, place: where } = meets(around, boxOf(order[next])) ? keptOverlap(room, order[next]) : NOTHING;
      if (shared > OVERLAP_LEAST) found.push({ kind: "overlap", rooms: [room.id, order[next].id], area: shared, place: where });
    }
  });
  return found;
}

const NOTHING = { area: 0, place: null };

const walls = new WeakMap();

function wallsOf(room) {
  if (!walls.has(room)) walls.set(room, directed(shapeOf(room)).map((wall) => wallOf(room.id, wall)));
  return walls.get(room);
}

function wallOf(id, wall) {
  return { id, wall, there: `${wall[0]} ${wall[1]}`, back: `${wall[1]} ${wall[0]}` };
}

/** The walls that one room alone has, and how many metres of wall rooms share. */
function sortedWalls(rooms) {
  const every = rooms.flatMap(wallsOf);
  const alone = unmatched(every);
  const all = every.reduce((sum, { wall }) => sum + distance(...wall), 0);
  const single = unmatched(cutAtCorners(alone));
  return { single, shared: all - single.reduce((sum, { wall }) => sum + distance(...wall), 0) };
}

function unmatched(every) {
  const keys = new Set(every.map(({ there }) => there));
  return every.filter(({ back }) => !keys.has(back));
}

/** The walls cut where corners of others lie on them: plans from elsewhere often lack these corners. */
function cutAtCorners(alone) {
  const corners = alone.map(({ wall }) => wall[0]).sort((one, two) => one[0] - two[0]);
  return alone.flatMap((each) => {
    const on = cornersOn(each.wall, corners);
    if (!on.length) return [each];
    const places = [each.wall[0], ...on, each.wall[1]];
    return places.slice(1).map((to, index) => wallOf(each.id, [places[index], to]));
  });
}

function cornersOn(wall, corners) {
  const [left, low, right, high] = box(wall, TOUCHES);
  const found = new Map();
  for (let at = firstFrom(corners, left); at < corners.length && corners[at][0] <= right; at++) {
    const corner = corners[at];
    if (corner[1] < low || corner[1] > high || distance(corner, wall[0]) <= TOUCHES || distance(corner, wall[1]) <= TOUCHES) continue;
    const { away, t } = nearestOn(wall, corner);
    if (away <= TOUCHES) found.set(String(corner), { corner, t });
  }
  return [...found.values()].sort((one, two) => one.t - two.t).map(({ corner }) => corner);
}

/** Where, in corners sorted from the left, the first one stands that is not left of x. */
function firstFrom(corners, x) {
  let [from, to] = [0, corners.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (corners[middle][0] < x) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Small places that rooms enclose and none holds. */
function enclosed(single) {
  const owners = new Map(single.map(({ id, back }) => [back, id]));
  const rings = ringsFrom(single.map(({ wall: [a, b] }) => [b, a])) ?? [];
  const found = [];
  for (const ring of rings) {
    const size = signedArea(ring);
    if (size < GAP_LEAST || size > GAP_MOST) continue;
    const around = ring.map((corner, index) => owners.get(`${corner} ${ring[(index + 1) % ring.length]}`)).filter(Boolean);
    found.push({ kind: "gap", rooms: [...new Set(around)], area: size, place: inside(ring), ring });
  }
  return found;
}

function signedArea(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return sum / 2;
}

/** A place on the ring's longest edge, a hair inside: a gap is seldom wide enough for more. */
function inside(ring) {
  const [a, b] = edgesOf([ring]).sort((one, two) => distance(...two) - distance(...one))[0];
  const long = distance(a, b);
  return [(a[0] + b[0]) / 2 - ((b[1] - a[1]) / long) * 1e-3, (a[1] + b[1]) / 2 + ((b[0] - a[0]) / long) * 1e-3];
}

/** Walls of two rooms that run beside one another and do not quite meet, with one end open. */
function cracks(single) {
  const found = new Map();
  const order = single.map((each) => ({ ...each, around: box(each.wall) })).sort((one, two) => one.around[0] - two.around[0]);
  order.forEach((one, place) => {
    const near = box(one.wall, CRACK_MOST);
    for (let next = place + 1; next < order.length && order[next].around[0] <= near[2]; next++) {
      const two = order[next];
      if (two.id === one.id || !meets(near, two.around)) continue;
      const crack = between(one.wall, two.wall);
      const key = [one.id, two.id].sort().join();
      if (crack && crack.long > (found.get(key)?.long ?? 0)) found.set(key, { kind: "crack", rooms: [one.id, two.id], ...crack });
    }
  });
  return [...found.values()];
}

/** How wide and long the gap between two walls is, or null where they do not run beside one another. */
function between([a, b], [c, d]) {
  const long = distance(a, b);
  const other = distance(c, d);
  const turn = ((b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])) / (long * other);
  const way = (b[0] - a[0]) * (d[0] - c[0]) + (b[1] - a[1]) * (d[1] - c[1]);
  if (Math.abs(turn) > PARALLEL || way >= 0) return null; // walls that face one another run against each other
  const along = (point) => ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / long;
  const [from, to] = [Math.max(0, Math.min(along(c), along(d))), Math.min(long, Math.max(along(c), along(d)))];
  if (to - from < CRACK_LONG) return null;
  const middle = (from + to) / 2 / long;
  const foot = [a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle];
  const { away, at } = nearestOn([c, d], foot);
  const outside = (b[0] - a[0]) * (at[1] - a[1]) - (b[1] - a[1]) * (at[0] - a[0]) < 0; // the room is on the left
  if (!outside || away < CRACK_LEAST || away > CRACK_MOST) return null;
  return { long: to - from, area: (to - from) * away, place: [(foot[0] + at[0]) / 2, (foot[1] + at[1]) / 2], wide: away };
}

/** Whether a room is as narrow as a wall: left over, and no room. Its sides are those of a box as large all around. */
export function isSliver(room) {
  const size = areaOf(room);
  const around = edgesOf(shapeOf(room)).reduce((sum, [a, b]) => sum + distance(a, b), 0);
  const root = Math.sqrt(Math.max(0, around * around - 16 * size));
  const [wide, long] = [(around - root) / 4, (around + root) / 4];
  return wide < SLIVER_WIDE && long > SLIVER_LONG * wide;
}

function sliver(room) {
  const ring = room.ring;
  const [a, b] = edgesOf([ring])[0];
  return { kind: "sliver", rooms: [room.id], area: area(ring), place: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] };
}
