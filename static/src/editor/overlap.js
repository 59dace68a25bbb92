// How much of two shapes lies on one another, measured exactly: the plane is cut into level strips at every corner and
// crossing, in which edges run from side to side without meeting. It cannot fail, whatever the shapes are.
import { boxOf, edgesOf, shapeOf } from "./outline.js";
import { box, meets } from "./rings.js";

export const OVERLAP_LEAST = 1e-4; // square metres: 1 cm2, as the server has it; less is rounding along a shared wall

/** What two rooms share: {area in square metres, place: a point inside the largest part}. */
export function overlapOf(one, two) {
  return meets(boxOf(one), boxOf(two)) ? sharedArea(shapeOf(one), shapeOf(two)) : NOTHING;
}

const NOTHING = Object.freeze({ area: 0, place: null });

export function sharedArea(one, two) {
  const [a, b] = [box(one[0]), box(two[0])];
  const [low, high, right] = [Math.max(a[1], b[1]), Math.min(a[3], b[3]), Math.min(a[2], b[2])];
  if (low >= high || Math.max(a[0], b[0]) >= right) return NOTHING;
  const ours = slopes(one, low, high, right);
  const theirs = slopes(two, low, high, right);
  const levels = levelsOf(ours, theirs, low, high, right);
  let area = 0;
  let widest = { area: 0, place: null };
  for (let i = 1; i < levels.length; i++) {
    const [from, to] = [levels[i - 1], levels[i]];
    const y = (from + to) / 2;
    for (const [left, end] of common(crossings(ours, y), crossings(theirs, y), right)) {
      const part = (end - left) * (to - from);
      area += part;
      if (part > widest.area) widest = { area: part, place: [(left + end) / 2, y] };
    }
  }
  return { area, place: widest.place };
}

/** The edges that are not level, from their lower end, between two levels and not wholly to the right. */
function slopes(shape, low, high, right) {
  const found = [];
  for (const [p, q] of edgesOf(shape)) {
    const [a, b] = p[1] < q[1] ? [p, q] : [q, p];
    if (a[1] !== b[1] && b[1] > low && a[1] < high && Math.min(a[0], b[0]) < right) found.push([a[0], a[1], b[0], b[1]]);
  }
  return found;
}

/** Every level at which something changes: corners, crossings, and where an edge leaves what is looked at. */
function levelsOf(ours, theirs, low, high, right) {
  const found = new Set([low, high]);
  const add = (y) => y > low && y < high && found.add(y);
  for (const [ax, ay, bx, by] of [...ours, ...theirs]) {
    add(ay);
    add(by);
    if (Math.max(ax, bx) > right) add(ay + ((by - ay) * (right - ax)) / (bx - ax));
  }
  for (const one of ours) {
    for (const two of theirs) {
      const y = crossing(one, two);
      if (y !== null) add(y);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** The level at which two edges cross, or null. */
function crossing(one, two) {
  const [from, to] = [Math.max(one[1], two[1]), Math.min(one[3], two[3])];
  if (from >= to) return null;
  const apart = (y) => at(one, y) - at(two, y);
  const [first, last] = [apart(from), apart(to)];
  return first * last < 0 ? from + ((to - from) * first) / (first - last) : null;
}

function at([ax, ay, bx, by], y) {
  return y === ay ? ax : y === by ? bx : ax + ((bx - ax) * (y - ay)) / (by - ay);
}

function crossings(edges, y) {
  const found = [];
  for (const edge of edges) if (edge[1] < y && edge[3] > y) found.push(at(edge, y));
  return found.sort((a, b) => a - b);
}

/** Where both are inside; an end that is missing lies to the right of everything that matters. */
function* common(ours, theirs, right) {
  for (let i = 0; i < ours.length; i += 2) {
    for (let j = 0; j < theirs.length; j += 2) {
      const left = Math.max(ours[i], theirs[j]);
      const end = Math.min(ours[i + 1] ?? right, theirs[j + 1] ?? right);
      if (left < end) yield [left, end];
    }
  }
}
