// Where a door goes. The server judges it by the same measures (zonemap/geometry/doors.py).
import { gridPoint } from "./plan.js";
import { boxAround, boxOf, edgeAt, edgesOf, holds, placeOf, shapeOf } from "./outline.js";
import { box, distance, inBox, meets, nearestOn, turning } from "./rings.js";

export const WIDTH = 0.915; // metres: a 3 ft door
const WIDTH_LEAST = 0.4;
const WALL_MOST = 0.6; // metres between the outlines of two rooms that a door may join
const STEP = 0.02;
const LEANS = 0.01; // metres aside: a wall that leans less is upright
const FOLLOWS_MOST = 1; // metres that a door goes along with a wall
const FOLLOWS_LEAST = 0.002; // less is rounding

/** The door that a click means: {jambs, rooms}, or {problem} in words. ``reach`` is how near a wall has to be. */
export function doorAt(rooms, point, reach, width = WIDTH) {
  const wall = nearestWall(rooms, point, reach);
  if (!wall) return { problem: "There is no wall here. Click on the wall that the door is in." };
  const [a, b] = wallOf(wall);
  const long = distance(a, b);
  if (long < WIDTH_LEAST) return { problem: "This piece of wall is too short for a door. Click on a longer one." };
  const along = stretchAlong(rooms, wall, wall.t * long, Math.min(width, long));
  return placed(wall, along);
}

/**
 * The door between a room and another (null: outdoors): in the middle of the longest wall between them, or ``along``
 * metres from the left (of an upright wall: the lower) end of it.
 */
export function doorBetween(room, other, rooms, { width = WIDTH, along = null } = {}) {
  let best = null;
  for (let index = 0; index < edgesOf(shapeOf(room)).length; index++) {
    for (const [low, high] of stretches(rooms, { room, index }, other?.id ?? null)) {
      if (!best || high - low > best.high - best.low) best = { index, low, high };
    }
  }
  if (!best || best.high - best.low < WIDTH_LEAST) return { problem: "There is no wall between the two that is long enough for a door." };
  const wide = Math.min(width, best.high - best.low);
  const [a, b] = wallOf({ room, index: best.index });
  const fromFirst = a[0] < b[0] - LEANS || (Math.abs(a[0] - b[0]) <= LEANS && a[1] < b[1]);
  const free = best.high - best.low - wide;
  if (along !== null && !(along >= 0 && along <= free + 0.005)) return { problem: `The door must begin 0 to ${free.toFixed(2)} m from the end of the wall, which is ${(free + wide).toFixed(2)} m long.` };
  const start = along === null ? best.low + free / 2 : fromFirst ? best.low + along : best.high - along - wide;
  return placed({ room, index: best.index }, { ...across(rooms, room, best.index, start + wide / 2), start, end: start + wide });
}

/** The rooms across a wall from this one, and null where some wall leads outdoors. */
export function neighbours(rooms, room) {
  const found = new Set();
  const near = rooms.filter((other) => other !== room && meets(boxAround(room, WALL_MOST), boxOf(other)));
  edgesOf(shapeOf(room)).forEach((wall, index) => {
    for (const place of places(wall)) found.add(across(near, room, index, place).there);
  });
  return [...found];
}

/** A door moved along its wall by so many metres, or the door itself where the wall ends. */
export function slide(rooms, door, by) {
  const room = rooms.find(({ id }) => id === door.rooms[0]);
  const [a, b] = door.jambs;
  const wide = distance(a, b) || 1;
  const step = [((b[0] - a[0]) / wide) * by, ((b[1] - a[1]) / wide) * by];
  const middle = [(a[0] + b[0]) / 2 + step[0], (a[1] + b[1]) / 2 + step[1]];
  const found = room ? doorAt([room, ...rooms.filter((other) => other !== room && door.rooms.includes(other.id))], middle, WALL_MOST, wide) : {};
  const stays = found.jambs && found.rooms.every((id) => door.rooms.includes(id));
  return stays ? { ...door, jambs: [a, b].map(([x, y]) => gridPoint([x + step[0], y + step[1]])) } : door;
}

/** The nearest wall of any room; of two as near, that of the room that holds the point. */
function nearestWall(rooms, point, reach) {
  let best = null;
  for (const room of rooms) {
    if (!inBox(point, boxAround(room, reach))) continue;
    const inside = holds(room, point);
    for (const [index, wall] of edgesOf(shapeOf(room)).entries()) {
      const found = nearestOn(wall, point);
      if (found.away > reach) continue;
      const rank = found.away - (inside ? 1e-6 : 0);
      if (!best || rank < best.rank) best = { room, index, rank, t: found.t };
    }
  }
  return best;
}

/** What lies across the wall at ``place`` metres along it: the room (null: outdoors) and how thick the wall is. */
function across(rooms, room, index, place) {
  const [a, b] = wallOf({ room, index });
  const long = distance(a, b) || 1;
  const out = outward(room, index);
  const foot = [a[0] + ((b[0] - a[0]) / long) * place, a[1] + ((b[1] - a[1]) / long) * place];
  for (let depth = STEP / 2; depth <= WALL_MOST; depth += STEP) {
    const probe = [foot[0] + out[0] * depth, foot[1] + out[1] * depth];
    const hit = rooms.find((other) => other !== room && holds(other, probe));
    if (hit) return { there: hit.id, depth: depth <= STEP ? 0 : depth };
  }
  return { there: null, depth: 0 };
}

function wallOf({ room, index }) {
  return edgeAt(shapeOf(room), index);
}

/** The unit vector out of the room, square to a wall; out of it is also into a hole. */
function outward(room, index) {
  const shape = shapeOf(room);
  const { at } = placeOf(shape, index);
  const [a, b] = edgeAt(shape, index);
  const long = distance(a, b) || 1;
  const turn = turning(shape[at]) > 0 === (at === 0) ? 1 : -1;
  return [(turn * (b[1] - a[1])) / long, (turn * (a[0] - b[0])) / long];
}

function places(segment) {
  const long = distance(...segment);
  const count = Math.max(1, Math.min(60, Math.floor(long / 0.3)));
  return Array.from({ length: count }, (_, step) => ((step + 0.5) * long) / count);
}

/** Stretches of a wall, [from, to] in metres along it, that have just that room opposite. */
function stretches(rooms, { room, index }, wanted) {
  const segment = wallOf({ room, index });
  const near = rooms.filter((other) => other !== room && meets(box(segment, WALL_MOST), boxOf(other)));
  const found = [];
  const spots = places(segment);
  const half = spots[0];
  for (const place of spots) {
    if (across(near, room, index, place).there !== wanted) continue;
    const last = found.at(-1);
    if (last && Math.abs(last[1] - (place - half)) < 1e-6) last[1] = place + half;
    else found.push([place - half, place + half]);
  }
  return found;
}

/** Both ends of the door along the wall, kept on the stretch that has the same room opposite where that is known. */
function stretchAlong(rooms, wall, middle, wide) {
  const long = distance(...wallOf(wall));
  const kept = Math.min(Math.max(middle, wide / 2), long - wide / 2);
  const here = across(rooms, wall.room, wall.index, Math.min(Math.max(middle, 0.01), long - 0.01));
  let [start, end] = [kept - wide / 2, kept + wide / 2];
  const fits = (from, to) => [from + 0.01, to - 0.01].every((place) => across(rooms, wall.room, wall.index, place).there === here.there);
  for (let shift = 0; shift <= wide; shift += 0.05) {
    for (const by of [shift, -shift]) {
      if (start + by >= -1e-9 && end + by <= long + 1e-9 && fits(start + by, end + by)) return { ...here, start: start + by, end: end + by };
    }
  }
  return { ...here, start, end };
}

function placed({ room, index }, { there, depth, start, end }) {
  const [a, b] = wallOf({ room, index });
  const long = distance(a, b);
  const out = outward(room, index);
  const jamb = (place) =>
    gridPoint([0, 1].map((axis) => a[axis] + ((b[axis] - a[axis]) / long) * place + (out[axis] * depth) / 2));
  return { jambs: [jamb(start), jamb(end)], rooms: [room.id, there] };
}

/** Changes that move doors along with walls: ``changes`` put rooms where they will be. A door keeps its width. */
export function followed(plan, changes) {
  const rooms = new Map(changes.filter(({ put }) => put === "room").map(({ value }) => [value.id, value]));
  const result = [];
  for (const door of plan.doors) {
    const id = door.rooms.find((each) => rooms.has(each));
    const before = id && plan.room.get(id);
    if (!before) continue;
    const middle = [0, 1].map((axis) => (door.jambs[0][axis] + door.jambs[1][axis]) / 2);
    const was = nearestWall([before], middle, WALL_MOST);
    const now = nearestWall([rooms.get(id)], middle, FOLLOWS_MOST);
    if (!was || !now) continue;
    const jambs = onWall(door, wallOf(was), wallOf(now), middle);
    if (jambs.some((jamb, place) => distance(jamb, door.jambs[place]) > FOLLOWS_LEAST)) result.push({ put: "door", value: { ...door, jambs } });
  }
  return result;
}

/** A door's jambs on a wall that moved: as far along it, and as far out of it, as they were. */
function onWall({ jambs }, was, now, middle) {
  const [from, to] = [wallFrame(was), wallFrame(now)];
  const out = from.out(middle);
  const turn = from.way[0] * to.way[0] + from.way[1] * to.way[1] < 0 ? -1 : 1;
  const along = to.along(middle);
  return jambs.map((jamb) => {
    const shift = (from.along(jamb) - from.along(middle)) * turn;
    return gridPoint(to.at(along + shift, out));
  });
}

function wallFrame([a, b]) {
  const long = distance(a, b) || 1;
  const way = [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
  return {
    way,
    along: ([x, y]) => (x - a[0]) * way[0] + (y - a[1]) * way[1],
    out: ([x, y]) => (x - a[0]) * way[1] - (y - a[1]) * way[0],
    at: (along, out) => [a[0] + way[0] * along + way[1] * out, a[1] + way[1] * along - way[0] * out],
  };
}
