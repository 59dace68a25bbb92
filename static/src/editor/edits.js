// The commands: each takes the plan from one state to the next, and can be undone. Tools, keys and the panel call these.
import { cornersAt, joinWalls, putRings } from "./walls.js";
import { area, crossesItself, same, withoutRepeats } from "./rings.js";
import { classOf, labelOf } from "./classes.js";
import { gridPoint } from "./plan.js";

const AREA_LEAST = 0.05; // square metres, as the server has it

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Edits {
  constructor(plan, history, selection, say) {
    Object.assign(this, { plan, history, selection, say });
  }

  /** Add a room with this ring, and select it. Gives the reason in words where it cannot be one. */
  addRoom(ring) {
    const outline = withoutRepeats(ring.map(gridPoint));
    const problem = ringProblem(outline);
    if (problem) return problem;
    const id = newId();
    const joined = joinWalls(this.plan.rooms, new Map([[id, outline]]));
    const room = { id, ring: joined.get(id), number: "", name: "", class: "undecided" };
    joined.delete(id);
    const others = [...joined].map(([other, changed]) => ({ put: "room", value: { ...this.plan.room.get(other), ring: changed } }));
    this.history.do("drawing a room", [{ put: "room", value: room }, ...others]);
    this.selection.select("room", id);
    this.say("Room added. Choose its class, number and name.");
    return null;
  }

  /** The rings that follow from moving the corners at ``from`` to ``to``: a Map of room id to ring. */
  movedCorners(from, to) {
    const rings = new Map();
    for (const { id, index } of cornersAt(this.plan.rooms, from)) {
      const ring = rings.get(id) ?? [...this.plan.room.get(id).ring];
      ring[index] = to;
      rings.set(id, ring);
    }
    return rings;
  }

  moveCorner(from, to, merge = null) {
    const place = gridPoint(to);
    if (same(from, place)) return;
    const rings = this.movedCorners(from, place);
    const closed = new Map([...rings].map(([id, ring]) => [id, withoutRepeats(ring)]));
    this.history.do("moving a corner", putRings(this.plan, closed), merge);
    this.say(`Corner moved. ${rings.size === 1 ? "1 room changed." : `${rings.size} rooms share it and changed.`}`);
  }

  /** Put a corner into the edge that starts at corner ``index``, also where the neighbour has the same edge. */
  insertedCorner(roomId, index, place) {
    const { ring } = this.plan.room.get(roomId);
    const [a, b] = [ring[index], ring[(index + 1) % ring.length]];
    const rings = new Map();
    for (const room of this.plan.rooms) {
      const at = room.ring.findIndex((corner, i) => samePair([corner, room.ring[(i + 1) % room.ring.length]], [a, b]));
      if (at >= 0) rings.set(room.id, room.ring.toSpliced(at + 1, 0, place));
    }
    return rings;
  }

  insertCorner(roomId, index, place) {
    this.history.do("adding a corner", putRings(this.plan, this.insertedCorner(roomId, index, gridPoint(place))));
    this.selection.pickCorner(index + 1);
    this.say("Corner added.");
  }

  /** Remove a corner from every room that has it, where at least three are left. */
  removeCorner(room, index) {
    const place = room.ring[index];
    const rings = new Map();
    for (const { id } of cornersAt(this.plan.rooms, place)) {
      const left = this.plan.room.get(id).ring.filter((corner) => !same(corner, place));
      if (left.length < 3) return this.say("A room needs at least 3 corners. Delete the room instead.");
      rings.set(id, left);
    }
    this.history.do("removing a corner", [...rings].map(([id, ring]) => ({ put: "room", value: { ...this.plan.room.get(id), ring } })));
    this.selection.pickCorner(null);
    return this.say("Corner removed.");
  }

  /** Move a whole room, and the doors on its walls with it. */
  moveRoom(room, [dx, dy], merge = null) {
    const moved = ([x, y]) => gridPoint([x + dx, y + dy]);
    const rooms = putRings(this.plan, new Map([[room.id, room.ring.map(moved)]]));
    const doors = this.plan.doorsOf(room.id).map((door) => ({ put: "door", value: { ...door, jambs: door.jambs.map(moved) } }));
    this.history.do(`moving ${labelOf(room)}`, [...rooms, ...doors], merge);
  }

  /** Change some fields of a room or door. */
  change(kind, id, fields, label, merge = null) {
    const value = this.plan[kind].get(id);
    if (!value || Object.entries(fields).every(([name, field]) => value[name] === field)) return;
    this.history.do(label, [{ put: kind, value: { ...value, ...fields } }], merge);
  }

  setClass(room, value) {
    const word = classOf({ class: value }).word;
    this.change("room", room.id, { class: value }, `marking ${labelOf(room)} as ${word.toLowerCase()}`);
    this.say(`${labelOf(room)} is now marked ${word.toLowerCase()}.`);
  }

  addDoor({ jambs, rooms }) {
    const door = { id: newId(), jambs, rooms, number: "", kind: "door" };
    this.history.do("placing a door", [{ put: "door", value: door }]);
    this.selection.select("door", door.id);
    this.say(`Door placed between ${this.sidesOf(door)}.`);
  }

  /** Both sides of a door in words. */
  sidesOf(door) {
    return door.rooms.map((id) => (id ? labelOf(this.plan.room.get(id) ?? {}) : "outdoors")).join(" and ");
  }

  removeSelected() {
    const { room, door, corner } = this.selection;
    if (room && corner !== null) return this.removeCorner(room, corner);
    if (room) return this.#removeRoom(room);
    if (door) {
      this.history.do(`deleting door ${door.number}`, [{ drop: "door", id: door.id }]);
      this.say(`Door ${door.number} deleted. Undo brings it back.`);
    }
    return null;
  }

  #removeRoom(room) {
    const doors = this.plan.doorsOf(room.id);
    this.history.do(`deleting ${labelOf(room)}`, [...doors.map(({ id }) => ({ drop: "door", id })), { drop: "room", id: room.id }]);
    const also = doors.length ? ` and its ${doors.length === 1 ? "door" : `${doors.length} doors`}` : "";
    this.say(`${labelOf(room)}${also} deleted. Undo brings it back.`);
  }
}

/** Why a ring cannot be a room, in words, or null. The server has the last word; this one comes at once. */
export function ringProblem(ring) {
  if (ring.length < 3) return "A room needs at least 3 corners.";
  if (area(ring) < AREA_LEAST) return "That is too small for a room. Draw it larger.";
  return crossesItself(ring) ? "The outline crosses itself. Draw around the room without crossing a line." : null;
}

function samePair([a, b], [c, d]) {
  return (same(a, c) && same(b, d)) || (same(a, d) && same(b, c));
}
