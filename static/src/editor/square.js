// Nearly right angles made right. Corners along a wall that is nearly level (seen from the room's main direction) get
// one height, those along a nearly upright wall one side; corners that rooms share are one corner and move together.
import { edgesOf, shapeOf } from "./outline.js";
import { gridPoint } from "./plan.js";
import { same } from "./rings.js";

const NEARLY = (12 * Math.PI) / 180; // an angle this far off is meant to be right
const MOVED_MOST = 0.6; // metres: more is no tidying
const SAME = (2 * Math.PI) / 180; // as near as rooms must be to the floor's direction, or to level, to be given it
const EXACTLY = (0.1 * Math.PI) / 180;
const ONE_WAY = (6 * Math.PI) / 180; // rooms whose main directions differ by less share one

/**
 * The places that corners move to: a Map of "x,y" to the new place, only those that move. ``all`` are the rooms of the
 * floor: nearly all its walls run one way or square to it as a rule, and then that way is right.
 */
export function squared(rooms, all = rooms) {
  const moves = new Map();
  const common = commonDirection(all);
  for (const group of byDirection(rooms)) {
    const own = directionOf(group);
    const way = [common, 0].find((each) => each !== null && Math.abs(apart(own, each)) < SAME) ?? own;
    for (const [key, place] of squaredGroup(group, way)) moves.set(key, place);
  }
  return moves;
}

/** The direction that half of all walls have exactly, or null. */
function commonDirection(rooms) {
  const way = directionOf(rooms);
  const walls = leaning(rooms);
  const whole = walls.reduce((sum, { long }) => sum + long, 0);
  const along = walls.filter(({ lean }) => Math.abs(apart(lean, way)) < EXACTLY).reduce((sum, { long }) => sum + long, 0);
  return along > whole / 2 ? way : null;
}

/** How far one direction is from another, a quarter turn counting as none: between -45 and 45 degrees. */
function apart(one, two) {
  return Math.atan2(Math.sin(4 * (one - two)), Math.cos(4 * (one - two))) / 4;
}

function leaning(rooms) {
  return rooms.flatMap((room) => edgesOf(shapeOf(room))).map(([a, b]) => ({ long: Math.hypot(b[0] - a[0], b[1] - a[1]), lean: Math.atan2(b[1] - a[1], b[0] - a[0]) }));
}

/** Shapes of all rooms that have one of the corners that move: a Map of room id to shape. */
export function movedShapes(plan, moves) {
  const shapes = new Map();
  for (const room of plan.rooms) {
    const shape = shapeOf(room);
    if (!shape.some((ring) => ring.some((corner) => moves.has(String(corner))))) continue;
    shapes.set(room.id, shape.map((ring) => ring.map((corner) => moves.get(String(corner)) ?? corner)));
  }
  return shapes;
}

/** The main direction of rooms, in radians from level: that of most of their walls, by length. */
export function directionOf(rooms) {
  const walls = leaning(rooms);
  let [x, y] = [0, 0];
  for (const { long, lean } of walls) { // four times the angle: all four directions count as one
    x += long * Math.cos(4 * lean);
    y += long * Math.sin(4 * lean);
  }
  const about = Math.atan2(y, x) / 4;
  return about + median(walls.map(({ long, lean }) => ({ value: apart(lean, about), weight: long }))); // a few slanted walls turn nothing
}

/** The value in the middle, by weight. */
function median(values) {
  const sorted = [...values].sort((one, two) => one.value - two.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const [place, { value, weight }] of sorted.entries()) {
    sum += weight;
    if (Math.abs(sum - half) < 1e-9 && place + 1 < sorted.length) return (value + sorted[place + 1].value) / 2;
    if (sum > half) return value;
  }
  return sorted.at(-1)?.value ?? 0;
}

function byDirection(rooms) {
  const groups = [];
  for (const room of rooms) {
    const way = directionOf([room]);
    const found = groups.find((group) => Math.abs(Math.sin(2 * (group.way - way))) < Math.sin(2 * ONE_WAY));
    if (found) found.rooms.push(room);
    else groups.push({ way, rooms: [room] });
  }
  return groups.map((group) => group.rooms);
}

function squaredGroup(rooms, way) {
  const [cos, sin] = [Math.cos(way), Math.sin(way)];
  const turned = new Map(); // "x,y" -> the corner as seen along the main direction
  const walls = rooms.flatMap((room) => edgesOf(shapeOf(room)));
  for (const corner of walls.flat()) turned.set(String(corner), [corner[0] * cos + corner[1] * sin, corner[1] * cos - corner[0] * sin]);
  const level = new Groups();
  const upright = new Groups();
  for (const [a, b] of walls) {
    const [from, to] = [turned.get(String(a)), turned.get(String(b))];
    const lean = Math.atan2(to[1] - from[1], to[0] - from[0]);
    const long = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (Math.abs(Math.sin(lean)) < Math.sin(NEARLY)) level.join(String(a), String(b), long);
    else if (Math.abs(Math.cos(lean)) < Math.sin(NEARLY)) upright.join(String(a), String(b), long);
  }
  const ys = level.middles((key) => turned.get(key)[1]);
  const xs = upright.middles((key) => turned.get(key)[0]);
  const moves = new Map();
  for (const [key, [x, y]] of turned) {
    const [nx, ny] = [xs.get(key) ?? x, ys.get(key) ?? y];
    if (Math.hypot(nx - x, ny - y) > MOVED_MOST) continue;
    const place = gridPoint([nx * cos - ny * sin, nx * sin + ny * cos]);
    if (!same(place, key.split(",").map(Number))) moves.set(key, place);
  }
  return moves;
}

/** Corners that belong together, with the lengths of the walls that say so. */
class Groups {
  #parent = new Map();
  #weight = new Map();

  join(a, b, weight) {
    for (const key of [a, b]) {
      if (!this.#parent.has(key)) this.#parent.set(key, key);
      this.#weight.set(key, (this.#weight.get(key) ?? 0) + weight);
    }
    this.#parent.set(this.#find(a), this.#find(b));
  }

  /** For each corner the middle of a value over its group, long walls counting more: most corners stay where they are. */
  middles(valueOf) {
    const groups = new Map();
    for (const key of this.#parent.keys()) {
      const root = this.#find(key);
      groups.set(root, [...(groups.get(root) ?? []), { value: valueOf(key), weight: this.#weight.get(key) }]);
    }
    const middle = new Map([...groups].map(([root, values]) => [root, median(values)]));
    return new Map([...this.#parent.keys()].map((key) => [key, middle.get(this.#find(key))]));
  }

  #find(key) {
    let root = key;
    while (this.#parent.get(root) !== root) root = this.#parent.get(root);
    this.#parent.set(key, root);
    return root;
  }
}
