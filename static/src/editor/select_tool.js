// The select tool: click to select; drag a corner, the middle of an edge, the handle of a room, or a selected door.
// A drag anywhere else pans the plan, so that a room is never moved by accident.
import PointerInteraction from "ol/interaction/Pointer.js";
import { altKeyOnly, shiftKeyOnly } from "ol/events/condition.js";
import { doorAt } from "./doors.js";
import { nameOf } from "./edits.js";
import { problemWithShapes } from "./judge.js";
import { beside, boxOf, cornersOf, edgeAt, holds, shapeOf } from "./outline.js";
import { gridPoint } from "./plan.js";
import { distance, nearestOn } from "./rings.js";
import { snapTo } from "./snap.js";
import { putSpot, spotOf } from "./spot.js";

const REACH_PX = { mouse: 9, pen: 12, touch: 20 };
const SPOT_PX = 14; // from the middle of the disc
const DOOR_SPOT = 0.5; // metres around a door that mean the door and not the room
const SNAPPED_MOST = 20; // rooms whose corners snap when many are moved at once
const JUDGED_MOST = 50; // rooms that are judged while they are dragged; more are judged when they are let go
const DOOR_REACH = 1.2; // metres from a dragged door to the wall it goes to

export class SelectTool extends PointerInteraction {
  #drag = null;

  constructor(editor) {
    super({ stopDown: () => false }); // a second finger may come, and pinch
    this.editor = editor;
    editor.tools.addDrag(() => this.#drag !== null);
    editor.map.addInteraction(this);
    editor.map.on("click", (event) => this.#click(event));
    editor.map.on("pointermove", (event) => this.#hover(event));
  }

  get #active() {
    return this.editor.tools.current === "select";
  }

  handleDownEvent(event) {
    if (!this.#active || this.targetPointers.length > 1 || event.originalEvent.button || shiftKeyOnly(event)) return false;
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
    const { room, rooms, door, kind } = editor.selection;
    if (held?.grip === "corner" && altKeyOnly(event)) return null;
    if (held?.grip === "corner") return this.#dragCorner(room, held.index);
    if (held?.grip === "middle") return this.#dragMiddle(room, held.index);
    if (held?.grip === "handle") return this.#dragRooms(rooms, event.coordinate);
    if (door && nearestOn(door.jambs, event.coordinate).away <= reach * 1.2) return this.#dragDoor(door);
    if (kind === "spot" && distance(spotOf(editor.plan).at, event.coordinate) <= spotReach(editor.layers)) return this.#dragSpot();
    return null;
  }

  /** A drag that shows shapes as they would be, in the colour of errors where they could not be, and makes them so. */
  #dragShapes(ids, shapes, finish) {
    const { plan, layers, grips, ghost } = this.editor;
    let now = null;
    layers.lift(ids);
    return {
      move(point) {
        now = shapes(point);
        layers.moveLifted(now.shapes);
        if (now.shapes.size <= JUDGED_MOST) ghost.refuse(problemWithShapes(plan, now.shapes), now.shapes);
        grips.draw(now.shapes);
      },
      drop() {
        if (now) finish(now);
      },
    };
  }

  #dragCorner(room, corner) {
    const { editor } = this;
    const from = cornersOf(room)[corner];
    const still = editor.edits.movedCorners(from, from);
    editor.selection.pickCorner(corner);
    const near = beside(shapeOf(room), corner);
    return this.#dragShapes([...still.keys()], (point) => {
      const { at } = snapTo(editor.plan.rooms, point, editor.reach, { moving: [from], from: near });
      return { at, shapes: editor.edits.movedCorners(from, at) };
    }, ({ at }) => editor.edits.moveCorner(from, at));
  }

  #dragMiddle(room, corner) {
    const { editor } = this;
    const [a, b] = edgeAt(shapeOf(room), corner);
    const middle = gridPoint([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
    const ids = [...editor.edits.insertedCorner(room.id, corner, middle).keys()];
    return this.#dragShapes(ids, (point) => {
      const { at } = snapTo(editor.plan.rooms, point, editor.reach, { moving: [a, b], from: [a, b] });
      return { at, shapes: editor.edits.insertedCorner(room.id, corner, at) };
    }, ({ at }) => editor.edits.insertCorner(room.id, corner, at));
  }

  #dragRooms(rooms, start) {
    const { editor } = this;
    const ids = rooms.map(({ id }) => id);
    return this.#dragShapes(ids, (point) => {
      const by = this.#snappedMove(rooms, [point[0] - start[0], point[1] - start[1]]);
      return { by, shapes: editor.edits.movedRooms(rooms, by) };
    }, ({ by }) => {
      if (!editor.edits.moveRooms(rooms, by)) editor.say(`${nameOf(rooms)} moved.`);
    });
  }

  /** The move, a little more or less so that a corner of the rooms meets another room. */
  #snappedMove(rooms, by) {
    const { editor } = this;
    const without = new Set(rooms.map(({ id }) => id));
    for (const [x, y] of rooms.slice(0, SNAPPED_MOST).flatMap(cornersOf)) {
      const moved = [x + by[0], y + by[1]];
      const { at, kind } = snapTo(editor.plan.rooms, moved, editor.reach, { without });
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

  #dragSpot() {
    const { editor } = this;
    let at = null;
    return {
      move(point) {
        at = point;
        editor.spotTool.draw(at);
      },
      drop() {
        if (!at || putSpot(editor, at)) editor.spotTool.draw();
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
    const found = thingAt(editor, event.coordinate, reachOf(event, editor));
    if (held?.grip === "handle" && found?.kind !== "spot") return;
    if (shiftKeyOnly(event) && found?.kind === "room") editor.selection.toggle(found.id);
    else if (found) editor.selection.select(found.kind, found.id);
    else if (!shiftKeyOnly(event)) editor.selection.clear();
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

/** How far, in metres, the disc of the waiting spot reaches. */
function spotReach({ resolution }) {
  return SPOT_PX * resolution;
}

/** The waiting spot, else the door, else the smallest room, at a place. */
export function thingAt({ plan, layers }, point, reach) {
  const spot = spotOf(plan);
  if (spot && distance(spot.at, point) <= spotReach(layers)) return { kind: "spot", id: spot.id };
  // From afar a finger's reach is wider than a room: then doors are taken by a small spot only.
  const doorReach = Math.max(6 * layers.resolution, Math.min(reach, DOOR_SPOT));
  let best = null;
  for (const door of plan.doors) {
    const { away } = nearestOn(door.jambs, point);
    if (away <= doorReach && (!best || away < best.away)) best = { kind: "door", id: door.id, away };
  }
  if (best) return best;
  for (const room of plan.rooms) {
    if (!holds(room, point)) continue;
    const [left, low, right, high] = boxOf(room);
    const size = (right - left) * (high - low);
    if (!best || size < best.size) best = { kind: "room", id: room.id, size };
  }
  return best;
}
