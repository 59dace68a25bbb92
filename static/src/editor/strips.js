// The strip of wall between two rooms whose walls run side by side: what joining them across a thin wall takes in.
import { directed } from "./faces.js";
import { shapeOf } from "./outline.js";
import { gridPoint } from "./plan.js";
import { distance, nearestOn } from "./rings.js";

export const WALL_MOST = 0.5; // metres: a thicker wall may hold a chase, and is no strip to give away
const LONG_LEAST = 0.4; // metres that both walls run side by side: less is no way from room to room
const LEANS_MOST = 0.03; // sine of the angle between them
const STRAIGHT = 0.001; // metres that a corner may lie beside the line through its neighbours

/** The longest strip between two rooms, {ring, wide}, or null where no wall of one faces the other near enough. */
export function stripBetween(one, two) {
  let best = null;
  const theirs = wallsOf(two);
  for (const wall of wallsOf(one)) {
    for (const other of theirs) {
      const found = strip(wall, other);
      if (found && (!best || found.long > best.long)) best = found;
    }
  }
  return best;
}

/** Walls with the inside on their left, straight ones in one piece. */
function wallsOf(room) {
  return directed(shapeOf(room).map(straightened));
}

function straightened(ring) {
  const kept = ring.filter((corner, index) => nearestOn([ring.at(index - 1), ring[(index + 1) % ring.length]], corner).away > STRAIGHT);
  return kept.length < 3 ? ring : kept;
}

function strip([a, b], [c, d]) {
  const long = distance(a, b);
  const [way, other] = [unit(a, b), unit(c, d)];
  if (way[0] * other[0] + way[1] * other[1] > 0 || Math.abs(way[0] * other[1] - way[1] * other[0]) > LEANS_MOST) return null;
  const along = (point) => (point[0] - a[0]) * way[0] + (point[1] - a[1]) * way[1];
  const out = (point) => (point[0] - a[0]) * way[1] - (point[1] - a[1]) * way[0]; // the inside is on the left
  const [from, to] = [Math.max(0, along(d)), Math.min(long, along(c))];
  const wide = Math.max(out(c), out(d));
  if (to - from < LONG_LEAST || Math.min(out(c), out(d)) < 0 || wide > WALL_MOST || wide === 0) return null;
  const near = (place) => [a[0] + way[0] * place, a[1] + way[1] * place];
  const far = (place) => {
    const part = (place - along(c)) / (along(d) - along(c));
    return [c[0] + (d[0] - c[0]) * part, c[1] + (d[1] - c[1]) * part];
  };
  return { ring: [near(to), near(from), far(from), far(to)].map(gridPoint), long: to - from, wide };
}

function unit(a, b) {
  const long = distance(a, b) || 1;
  return [(b[0] - a[0]) / long, (b[1] - a[1]) / long];
}
