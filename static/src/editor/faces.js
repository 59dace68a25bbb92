// Shapes out of directed edges, each with the inside on its left: what is left of walls after some were taken away, or
// lines put in. Exact, because edges meet at corners only: whoever calls has put corners where lines cross.
import { edgesOf } from "./outline.js";
import { contains, same, turning } from "./rings.js";

/** The edges of a shape with its inside on the left. */
export function directed(shape) {
  const turned = shape.map((ring, place) => (turning(ring) > 0 === (place === 0) ? ring : [...ring].reverse()));
  return edgesOf(turned);
}

/** The edges without those that run both ways: walls that have the inside on either side. */
export function withoutInner(edges) {
  const count = new Map();
  for (const [a, b] of edges) count.set(`${a} ${b}`, (count.get(`${a} ${b}`) ?? 0) + 1);
  return edges.filter(([a, b]) => {
    const back = count.get(`${b} ${a}`) ?? 0;
    return back === 0;
  });
}

/** The shapes, outer rings counterclockwise, that these edges enclose; null where they do not close. */
export function shapesFrom(edges) {
  const rings = ringsFrom(edges);
  if (!rings) return null;
  const outer = rings.filter((ring) => turning(ring) > 0).map((ring) => [ring]);
  for (const hole of rings.filter((ring) => turning(ring) < 0)) {
    const around = outer.filter(([ring]) => surrounds(ring, hole)).sort(([one], [two]) => turning(one) - turning(two))[0];
    if (!around) return null;
    around.push(hole);
  }
  return outer;
}

function surrounds(ring, hole) {
  const corners = new Set(ring.map(String));
  const free = hole.find((corner) => !corners.has(String(corner)));
  if (free) return contains(ring, free);
  const [a, b] = hole; // every corner of the hole is one of the ring: then an edge's middle tells
  return contains(ring, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
}

/** Follow the edges around, always by the sharpest turn to the left, and cut what comes by a corner twice into loops. */
export function ringsFrom(edges) {
  const leaving = new Map();
  for (const edge of edges) {
    const key = String(edge[0]);
    leaving.set(key, [...(leaving.get(key) ?? []), edge]);
  }
  const unused = new Set(edges);
  const rings = [];
  for (const first of edges) {
    if (!unused.has(first)) continue;
    const walked = [];
    for (let edge = first; edge; edge = nextEdge(edge, leaving, unused)) {
      unused.delete(edge);
      walked.push(edge[0]);
      if (same(edge[1], first[0]) && !hasSharper(edge, first, leaving, unused)) break;
    }
    if (!closes(walked, edges)) return null;
    rings.push(...loops(walked));
  }
  return rings.filter((ring) => ring.length > 2 && turning(ring) !== 0);
}

function closes(walked, edges) {
  const [last, first] = [walked.at(-1), walked[0]];
  return edges.some(([a, b]) => same(a, last) && same(b, first));
}

/** Whether the way around goes on by another edge before it comes back to where it began. */
function hasSharper(edge, first, leaving, unused) {
  const on = nextEdge(edge, leaving, unused);
  return Boolean(on) && turnOf(edge, on) < turnOf(edge, first);
}

function nextEdge(edge, leaving, unused) {
  let best = null;
  for (const each of leaving.get(String(edge[1])) ?? []) {
    if (unused.has(each) && (!best || turnOf(edge, each) < turnOf(edge, best))) best = each;
  }
  return best;
}

/** How far to turn clockwise from looking back along one edge to looking along the next: the sharpest left is least. */
function turnOf([a, b], [, c]) {
  const back = Math.atan2(a[1] - b[1], a[0] - b[0]);
  const on = Math.atan2(c[1] - b[1], c[0] - b[0]);
  const turn = back - on;
  return turn > 1e-12 ? turn : turn + 2 * Math.PI;
}

function loops(walked) {
  const found = [];
  const path = [];
  const at = new Map();
  for (const corner of walked) {
    const key = String(corner);
    if (at.has(key)) {
      const loop = path.splice(at.get(key));
      for (const each of loop) at.delete(String(each));
      found.push(loop);
    }
    at.set(key, path.length);
    path.push(corner);
  }
  return [...found, path];
}
