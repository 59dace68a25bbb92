// The select tool: click to select; drag a corner, the middle of an edge, the handle of a room, or a selected door.
// A drag anywhere else pans the plan, so that a room is never moved by accident.
import PointerInteraction from "ol/interaction/Pointer.js";
import { altKeyOnly } from "ol/events/condition.js";
import { doorAt } from "./doors.js";
import { contains, distance, box, inBox, nearestOn, same } from "./rings.js";
import { gridPoint } from "./plan.js";
import { snapTo } from "./snap.js";

const REACH_PX = { mouse: 9, pen: 12, touch: 20 };
const DOOR_SPOT = 0.5; // metres around a door that mean the door and not the room
const DOOR_REACH = 1.2; // metres from a dragged door to the wall it goes to

export class SelectTool extends PointerInteraction {
  #drag = null;

  constructor(editor) {
    super();
    this.editor = editor;
    editor.map.on("click", (event) => this.#click(event));
    editor.map.on("pointermove", (event) => this.#hover(event));
  }

  get #active() {
    return this.editor.tools.current === "select";
  }

  handleDownEvent(event) {
    if (!this.#active || this.targetPointers.length > 1 || event.originalEvent.button) return false;
    this.#drag = this.#take(event);
    return Boolean(this.#drag);
  }

  handleDragEvent(event) {
    if (!this.#drag) return;
    if (this.targetPointers.length > 1) this.#stop();
    else this.#drag.move(event.coordinate);
  }

  handleUpEvent() {
    const drag = this.#drag;
    this.#stop();
    drag?.drop();
    return false;
  }

  #stop() {
    this.#drag = null;
    this.editor.layers.putDown();
    this.editor.ghost.clear();
    this.editor.grips.draw();
  }

  #take(event) {
    const { editor } = this;
    if (editor.tools.readonly) return null;
    const reach = reachOf(event, editor);
    const held = editor.grips.at(event.coordinate, reach);
    const { room, door } = editor.selection;
    if (held?.grip === "corner" && altKeyOnly(event)) return null;
    if (held?.grip === "corner") return this.#dragCorner(room, held.index);
    if (held?.grip === "middle") return this.#dragMiddle(room, held.index);
    if (held?.grip === "handle") return this.#dragRoom(room, event.coordinate);
    if (door && nearestOn(door.jambs, event.coordinate).away <= reach * 1.2) return this.#dragDoor(door);
    return null;
  }

  /** A drag that shows rings as they would be, and makes them so at the end. */
  #dragRings(ids, rings, finish) {
    const { layers, grips, selection } = this.editor;
    let now = null;
    layers.lift(ids);
    return {
      move(point) {
        now = rings(point);
        layers.moveLifted(now.rings);
        const ring = now.rings.get(selection.id);
        if (ring) grips.draw(ring);
      },
      drop() {
        if (now) finish(now);
      },
    };
  }

  #dragCorner(room, index) {
    const { editor } = this;
    const from = room.ring[index];
    const still = editor.edits.movedCorners(from, from);
    editor.selection.pickCorner(index);
    const skip = ({ id, ring }, i) => still.has(id) && same(ring[i], from);
    const beside = [room.ring.at(index - 1), room.ring[(index + 1) % room.ring.length]];
    return this.#dragRings([...still.keys()], (point) => {
      const { at } = snapTo(editor.plan.rooms, point, editor.reach, { skip, from: beside });
      return { at, rings: editor.edits.movedCorners(from, at) };
    }, ({ at }) => editor.edits.moveCorner(from, at));
  }

  #dragMiddle(room, index) {
    const { editor } = this;
    const [a, b] = [room.ring[index], room.ring[(index + 1) % room.ring.length]];
    const middle = gridPoint([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    const ids = [...editor.edits.insertedCorner(room.id, index, middle).keys()];
    const skip = ({ id, ring }, i) => ids.includes(id) && (same(ring[i], a) || same(ring[i], b));
    return this.#dragRings(ids, (point) => {
      const { at } = snapTo(editor.plan.rooms, point, editor.reach, { skip, from: [a, b] });
      return { at, rings: editor.edits.insertedCorner(room.id, index, at) };
    }, ({ at }) => editor.edits.insertCorner(room.id, index, at));
  }

  #dragRoom(room, start) {
    const { editor } = this;
    return this.#dragRings([room.id], (point) => {
      const by = this.#snappedMove(room, [point[0] - start[0], point[1] - start[1]]);
      return { by, rings: new Map([[room.id, room.ring.map(([x, y]) => gridPoint([x + by[0], y + by[1]]))]]) };
    }, ({ by }) => editor.edits.moveRoom(room, by));
  }

  /** The move, a little more or less so that a corner of the room meets another room. */
  #snappedMove(room, by) {
    const { editor } = this;
    const skip = ({ id }) => id === room.id;
    for (const [x, y] of room.ring) {
      const moved = [x + by[0], y + by[1]];
      const { at, kind } = snapTo(editor.plan.rooms, moved, editor.reach, { skip });
      if (kind !== "free") return [by[0] + at[0] - moved[0], by[1] + at[1] - moved[1]];
    }
    return by;
  }

  #dragDoor(door) {
    const { editor } = this;
    let found = null;
    return {
      move(point) {
        found = doorAt(editor.plan.rooms, point, DOOR_REACH, distance(...door.jambs));
        editor.ghost.show(found);
      },
      drop() {
        if (!found?.jambs) return;
        editor.edits.change("door", door.id, { jambs: found.jambs, rooms: found.rooms }, `moving door ${door.number}`);
        editor.say(`Door ${door.number} is now between ${editor.edits.sidesOf(found)}.`);
      },
    };
  }

  #click(event) {
    if (!this.#active) return;
    const { editor } = this;
    const held = editor.grips.at(event.coordinate, reachOf(event, editor));
    if (held?.grip === "corner") {
      if (altKeyOnly(event)) editor.edits.removeCorner(editor.selection.room, held.index);
      return;
    }
    if (held?.grip === "handle") return;
    const found = thingAt(editor, event.coordinate, reachOf(event, editor));
    if (found) editor.selection.select(found.kind, found.id);
    else editor.selection.clear();
  }

  #hover(event) {
    if (!this.#active || event.dragging) return;
    const { editor } = this;
    const held = editor.grips.at(event.coordinate, reachOf(event, editor));
    const cursor = held ? { corner: "grab", middle: "copy", handle: "move" }[held.grip] : null;
    const over = cursor ?? (thingAt(editor, event.coordinate, reachOf(event, editor)) ? "pointer" : "");
    editor.map.getTargetElement().style.cursor = over;
  }
}

function reachOf(event, editor) {
  return (REACH_PX[event.originalEvent.pointerType] ?? REACH_PX.mouse) * editor.layers.resolution;
}

/** The door, else the smallest room, at a place. */
export function thingAt({ plan, layers }, point, reach) {
  // From afar a finger's reach is wider than a room: then doors are taken by a small spot only.
  const doorReach = Math.max(6 * layers.resolution, Math.min(reach, DOOR_SPOT));
  let best = null;
  for (const door of plan.doors) {
    const { away } = nearestOn(door.jambs, point);
    if (away <= doorReach && (!best || away < best.away)) best = { kind: "door", id: door.id, away };
  }
  if (best) return best;
  for (const { id, ring } of plan.rooms) {
    const around = box(ring);
    if (!inBox(point, around) || !contains(ring, point)) continue;
    const size = (around[2] - around[0]) * (around[3] - around[1]);
    if (!best || size < best.size) best = { kind: "room", id, size };
  }
  return best;
}
