// Snapping: to a corner first, then to a wall, then level with or square to a corner drawn before.
import { gridPoint } from "./plan.js";
import { box, distance, edge, inBox, nearestOn } from "./rings.js";

/**
 * Where a pointer at ``point`` means: {at, kind} with kind "corner", "wall", "square" or "free".
 * ``reach`` in metres; ``skip(room, index)`` leaves out corners and edges that are being moved; ``from`` are points to
 * be level with or upright over.
 */
export function snapTo(rooms, point, reach, { skip = () => false, from = [] } = {}) {
  let corner = { away: reach };
  let wall = { away: reach };
  for (const room of rooms) {
    if (!inBox(point, box(room.ring, reach))) continue;
    for (let index = 0; index < room.ring.length; index++) {
      if (skip(room, index)) continue;
      const away = distance(room.ring[index], point);
      if (away < corner.away) corner = { away, at: room.ring[index] };
      if (skip(room, (index + 1) % room.ring.length)) continue;
      const found = nearestOn(edge(room.ring, index), point);
      if (found.away < wall.away) wall = found;
    }
  }
  for (const place of from) {
    const away = distance(place, point);
    if (away < corner.away) corner = { away, at: place };
  }
  if (corner.at) return { at: gridPoint(corner.at), kind: "corner" };
  const level = squared(point, reach / 2, from);
  if (wall.at) return { at: gridPoint(level && onWall(wall, level, reach) || wall.at), kind: "wall" };
  return level ? { at: gridPoint(level), kind: "square" } : { at: gridPoint(point), kind: "free" };
}

/** The point moved level with, or upright over, the nearest of these places; null where none is near enough. */
function squared([x, y], reach, from) {
  const level = nearest(from.map((place) => place[1]), y, reach);
  const upright = nearest(from.map((place) => place[0]), x, reach);
  return level === null && upright === null ? null : [upright ?? x, level ?? y];
}

function nearest(values, value, reach) {
  let best = null;
  for (const each of values) {
    if (Math.abs(each - value) <= Math.abs((best ?? Infinity) - value) && Math.abs(each - value) < reach) best = each;
  }
  return best;
}

/** The squared point, if it lies on the wall as good as exactly. */
function onWall(wall, level, reach) {
  return distance(wall.at, level) < reach / 4 ? wall.at : null;
}
