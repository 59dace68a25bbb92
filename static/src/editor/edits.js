// The commands: each takes the plan from one state to the next, and can be undone. Tools, keys and the panel call these.
// A command that would put a room onto another, or break an outline, is not made: it gives the reason in words.
import { classOf, labelOf } from "./classes.js";
import { plural } from "./dom.js";
import { followed, slide } from "./doors.js";
import { problemWithChanges, ringProblem } from "./judge.js";
import { cornersOf, edgeAt, edgesOf, placeOf, shapeOf, withShape } from "./outline.js";
import { gridPoint } from "./plan.js";
import { rectangle, same, withoutRepeats } from "./rings.js";
import { cornersAt, joinWalls, putShapes } from "./walls.js";

const FREE_STEP = 0.5; // metres between places that are tried for a new room
const FREE_MOST = 40; // steps away from the middle

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Edits {
  constructor(plan, history, selection, say) {
    Object.assign(this, { plan, history, selection, say });
  }

  /** Make changes that can be undone, if rooms stay fit and apart. Gives the reason, {words, place}, where not. */
  make(label, changes, merge = null) {
    const problem = problemWithChanges(this.plan, changes);
    if (!problem) this.history.do(label, changes, merge);
    return problem;
  }

  /** The same, and say why where it is not made. Gives the problem in words, or null. */
  tryTo(label, changes, merge = null) {
    const problem = this.make(label, changes, merge);
    if (problem) this.say(`Not done: ${problem.words}`);
    return problem?.words ?? null;
  }

  /** The changes that put new rooms (with their shapes) into the plan, and join them to the walls around. */
  changesToAdd(rooms) {
    const joined = joinWalls(this.plan.rooms, new Map(rooms.map((room) => [room.id, shapeOf(room)])));
    const own = new Map(rooms.map((room) => [room.id, room]));
    return [...joined].map(([id, shape]) => ({ put: "room", value: withShape(own.get(id) ?? this.plan.room.get(id), shape) }));
  }

  /** Add a room with this ring, and select it. Gives the reason in words where it cannot be one. */
  addRoom(ring, holes = []) {
    const outline = withoutRepeats(ring.map(gridPoint));
    const problem = ringProblem(outline);
    if (problem) return problem;
    const room = withShape({ id: newId(), ring: outline, number: "", name: "", class: "undecided" }, [outline, ...holes]);
    const refused = this.make("drawing a room", this.changesToAdd([room]));
    if (refused) return refused.words.replace("Unnamed room", "The room");
    this.selection.select("room", room.id);
    this.say("Room added. Choose its class, number and name.");
    return null;
  }

  /** Add a room of this size where it is free, as near to a place as can be. */
  addFreeRoom([x, y], [wide, high]) {
    for (const [dx, dy] of spiral(FREE_MOST)) {
      const corner = [x + dx * FREE_STEP - wide / 2, y + dy * FREE_STEP - high / 2];
      if (!this.addRoom(rectangle(corner, [corner[0] + wide, corner[1] + high]))) return null;
    }
    return "There is no free place for a room near the middle. Move the plan, or draw closer.";
  }

  /** The shapes that follow from moving the corners at ``from`` to ``to``: a Map of room id to shape. */
  movedCorners(from, to) {
    const shapes = new Map();
    for (const { id } of cornersAt(this.plan.rooms, from)) {
      shapes.set(id, shapeOf(this.plan.room.get(id)).map((ring) => ring.map((corner) => (same(corner, from) ? to : corner))));
    }
    return shapes;
  }

  moveCorner(from, to, merge = null) {
    const place = gridPoint(to);
    if (same(from, place)) return null;
    const shapes = this.movedCorners(from, place);
    const closed = new Map([...shapes].map(([id, shape]) => [id, shape.map(withoutRepeats)]));
    const problem = this.tryTo("moving a corner", this.#withDoors(putShapes(this.plan, closed)), merge);
    if (!problem) this.say(`Corner moved. ${shapes.size === 1 ? "1 room changed." : `${shapes.size} rooms share it and changed.`}`);
    return problem;
  }

  #withDoors(rooms) {
    return [...rooms, ...followed(this.plan, rooms)];
  }

  /** Put a corner into the edge that starts at a corner of the room, also where the neighbour has the same edge. */
  insertedCorner(roomId, corner, place) {
    const wall = edgeAt(shapeOf(this.plan.room.get(roomId)), corner);
    const shapes = new Map();
    for (const room of this.plan.rooms) {
      const shape = shapeOf(room);
      const found = edgesOf(shape).findIndex((each) => samePair(each, wall));
      if (found < 0) continue;
      const { at, index } = placeOf(shape, found);
      shapes.set(room.id, shape.map((ring, i) => (i === at ? [...ring.slice(0, index + 1), place, ...ring.slice(index + 1)] : ring)));
    }
    return shapes;
  }

  insertCorner(roomId, corner, place) {
    const problem = this.tryTo("adding a corner", this.#withDoors(putShapes(this.plan, this.insertedCorner(roomId, corner, gridPoint(place)))));
    if (problem) return problem;
    this.selection.pickCorner(corner + 1);
    this.say("Corner added.");
    return null;
  }

  /** Remove a corner from every room that has it, where at least three are left. */
  removeCorner(room, corner) {
    const place = cornersOf(room)[corner];
    const shapes = new Map();
    for (const { id } of cornersAt(this.plan.rooms, place)) {
      const left = shapeOf(this.plan.room.get(id)).map((ring) => ring.filter((each) => !same(each, place)));
      if (left.some((ring) => ring.length < 3)) return this.say("A room needs at least 3 corners. Delete the room instead.");
      shapes.set(id, left);
    }
    const problem = this.tryTo("removing a corner", putShapes(this.plan, shapes));
    if (problem) return problem;
    this.selection.pickCorner(null);
    return this.say("Corner removed.");
  }

  /** Rooms moved by so many metres, as a Map of id to shape. */
  movedRooms(rooms, [dx, dy]) {
    return new Map(rooms.map((room) => [room.id, shapeOf(room).map((ring) => ring.map(([x, y]) => gridPoint([x + dx, y + dy])))]));
  }

  /** Move whole rooms, and the doors on their walls with them. */
  moveRooms(rooms, [dx, dy], merge = null) {
    const ids = new Set(rooms.map(({ id }) => id));
    const moved = ([x, y]) => gridPoint([x + dx, y + dy]);
    const doors = this.plan.doors
      .filter((door) => door.rooms.some((id) => ids.has(id)))
      .map((door) => ({ put: "door", value: { ...door, jambs: door.jambs.map(moved) } }));
    const label = rooms.length === 1 ? `moving ${labelOf(rooms[0])}` : `moving ${rooms.length} rooms`;
    return this.tryTo(label, [...putShapes(this.plan, this.movedRooms(rooms, [dx, dy])), ...doors], merge);
  }

  /** Change some fields of a room or door. */
  change(kind, id, fields, label, merge = null) {
    const value = this.plan[kind].get(id);
    if (!value || Object.entries(fields).every(([name, field]) => value[name] === field)) return;
    this.history.do(label, [{ put: kind, value: { ...value, ...fields } }], merge);
  }

  /** Change some fields of many rooms, as one step. */
  changeRooms(rooms, fields, label) {
    const changed = rooms.filter((room) => Object.entries(fields).some(([name, field]) => (room[name] ?? "") !== field));
    this.history.do(label, changed.map((room) => ({ put: "room", value: { ...room, ...fields } })));
  }

  setClass(rooms, value) {
    const word = classOf({ class: value }).word.toLowerCase();
    const whom = nameOf(rooms);
    this.changeRooms(rooms, { class: value }, `marking ${whom} as ${word}`);
    this.say(`${whom} ${rooms.length === 1 ? "is" : "are"} now marked ${word}.`);
  }

  addDoor({ jambs, rooms }) {
    const door = { id: newId(), jambs, rooms, number: "", kind: "door" };
    this.history.do("placing a door", [{ put: "door", value: door }]);
    this.selection.select("door", door.id);
    this.say(`Door placed between ${this.sidesOf(door)}.`);
  }

  slideDoor(door, by) {
    this.change("door", door.id, { jambs: slide(this.plan.rooms, door, by).jambs }, `moving door ${door.number}`, `slide ${door.id}`);
  }

  /** Both sides of a door in words. */
  sidesOf(door) {
    return door.rooms.map((id) => (id ? labelOf(this.plan.room.get(id) ?? {}) : "outdoors")).join(" and ");
  }

  removeSelected() {
    const { room, rooms, door, corner } = this.selection;
    if (room && corner !== null) return this.removeCorner(room, corner);
    if (rooms.length) return this.removeRooms(rooms);
    if (door) {
      this.history.do(`deleting door ${door.number}`, [{ drop: "door", id: door.id }]);
      this.say(`Door ${door.number} deleted. Undo brings it back.`);
    }
    return null;
  }

  removeRooms(rooms) {
    const ids = new Set(rooms.map(({ id }) => id));
    const doors = this.plan.doors.filter((door) => door.rooms.some((id) => ids.has(id)));
    const drops = [...doors.map(({ id }) => ({ drop: "door", id })), ...rooms.map(({ id }) => ({ drop: "room", id }))];
    this.history.do(`deleting ${nameOf(rooms)}`, drops);
    const also = doors.length ? ` and ${rooms.length === 1 ? "its" : "their"} ${plural(doors.length, "door")}` : "";
    this.say(`${nameOf(rooms)}${also} deleted. Undo brings ${rooms.length === 1 ? "it" : "them"} back.`);
  }
}

/** "121 Exam", or "5 rooms". */
export function nameOf(rooms) {
  return rooms.length === 1 ? labelOf(rooms[0]) : plural(rooms.length, "room");
}

function samePair([a, b], [c, d]) {
  return (same(a, c) && same(b, d)) || (same(a, d) && same(b, c));
}

/** Steps around the middle, nearest first. */
function* spiral(most) {
  yield [0, 0];
  for (let ring = 1; ring <= most; ring++) {
    for (let at = -ring; at < ring; at++) yield* [[at, -ring], [ring, at], [-at, ring], [-ring, -at]];
  }
}
