// Plain geometry of rings: open lists of [x, y] in metres.

export function same(a, b) {
  return a[0] === b[0] && a[1] === b[1];
}

export function distance(a, b) {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The corners of a rectangle with these opposite corners, counterclockwise from the lower left. */
export function rectangle([ax, ay], [bx, by]) {
  const [left, right] = ax < bx ? [ax, bx] : [bx, ax];
  const [low, high] = ay < by ? [ay, by] : [by, ay];
  return [[left, low], [right, low], [right, high], [left, high]];
}

/** The signed area: positive where the ring runs counterclockwise. */
export function turning(ring) {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) sum += ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
  return sum / 2;
}

export function area(ring) {
  return Math.abs(turning(ring));
}

export function box(ring, more = 0) {
  const around = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of ring) {
    if (x < around[0]) around[0] = x;
    if (y < around[1]) around[1] = y;
    if (x > around[2]) around[2] = x;
    if (y > around[3]) around[3] = y;
  }
  return [around[0] - more, around[1] - more, around[2] + more, around[3] + more];
}

export function meets(a, b) {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

export function inBox([x, y], [left, low, right, high]) {
  return x >= left && x <= right && y >= low && y <= high;
}

export function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Edge ``index`` of a ring, from corner ``index`` to the next. */
export function edge(ring, index) {
  return [ring[index], ring[(index + 1) % ring.length]];
}

/** The place on a segment nearest to a point: how far along it (0 to 1), where, and how far away. */
export function nearestOn([a, b], point) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const long = dx * dx + dy * dy;
  const t = long ? Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / long)) : 0;
  const at = [a[0] + t * dx, a[1] + t * dy];
  return { t, at, away: distance(at, point) };
}

/** The edge of a ring nearest to a point. */
export function nearestEdge(ring, point) {
  let best = { away: Infinity };
  for (let index = 0; index < ring.length; index++) {
    const found = nearestOn(edge(ring, index), point);
    if (found.away < best.away) best = { index, ...found };
  }
  return best;
}

/** The corner of a ring nearest to a point. */
export function nearestCorner(ring, point) {
  let best = { away: Infinity };
  for (let index = 0; index < ring.length; index++) {
    const away = distance(ring[index], point);
    if (away < best.away) best = { index, away };
  }
  return best;
}

/** The ring without points that repeat the one before. */
export function withoutRepeats(ring) {
  return ring.filter((point, index) => !same(point, ring[(index + ring.length - 1) % ring.length]));
}

/** A ring of twelve corners around a place. */
export function around([x, y], radius) {
  return Array.from({ length: 12 }, (_, step) => [x + radius * Math.cos((step * Math.PI) / 6), y + radius * Math.sin((step * Math.PI) / 6)]);
}
