// Drawing a room by numbers: at a place on the sheet, or beside a room that is there, along that room's walls.
import { labelOf } from "./classes.js";
import { h } from "./dom.js";
import { choiceField, metreField, refill } from "./fields.js";
import { shapeOf } from "./outline.js";
import { box } from "./rings.js";
import { directionOf } from "./square.js";

const SIDES = [["at", "at a place on the sheet"], ["right", "to the right of"], ["above", "above"], ["left", "to the left of"], ["below", "below"]];
const natural = new Intl.Collator("en", { numeric: true });

export function roomForm(editor) {
  const { plan, selection, edits, say, map } = editor;
  const [x, y] = map.getView().getCenter();
  const side = choiceField("Where", SIDES);
  const beside = choiceField("Which room", []);
  const shift = metreField("Moved along its wall, m", 0);
  const left = metreField("From the left, m", x.toFixed(2));
  const low = metreField("From the bottom, m", y.toFixed(2));
  const wide = metreField("Wide, m", 3);
  const deep = metreField("Deep, m", 3);
  const show = () => {
    const free = side.select.value === "at";
    for (const field of [beside, shift]) field.element.hidden = free;
    for (const field of [left, low]) field.element.hidden = !free;
  };
  const fill = () => {
    const rooms = [...plan.rooms].sort((one, two) => natural.compare(labelOf(one), labelOf(two)));
    refill(beside.select, rooms.map((room) => [room.id, labelOf(room)]));
    if (selection.room) beside.select.value = selection.room.id;
    side.select.querySelectorAll("option:not([value=at])").forEach((option) => {
      option.disabled = !rooms.length;
    });
    show();
  };
  side.select.addEventListener("change", show);
  const draw = (event) => {
    event.preventDefault();
    const size = [Number(wide.input.value), Number(deep.input.value)];
    if (!(size[0] > 0 && size[1] > 0)) return say("Say how wide and how deep the room is, in metres.");
    const room = plan.room.get(beside.select.value);
    const ring = side.select.value === "at" || !room ? at([Number(left.input.value), Number(low.input.value)], size) : ringBeside(room, side.select.value, size, Number(shift.input.value));
    const problem = edits.addRoom(ring);
    if (problem) return say(problem);
    if (side.select.value === "at") side.select.value = "right"; // the next one stands beside this one, as a rule
    show();
    editor.panel.element.querySelector("input:not([type=radio])")?.focus();
    return editor.lookAt(ring);
  };
  const form = h("form", { class: "stack-s", onsubmit: draw },
    side.element, beside.element, h("div", { class: "row" }, shift.element, left.element, low.element, wide.element, deep.element),
    h("p", {}, h("button", { class: "btn", type: "submit" }, "Draw the room")));
  return { elements: [h("h2", {}, "A room by numbers"), form], fill };
}

function at([x, y], [wide, deep]) {
  return [[x, y], [x + wide, y], [x + wide, y + deep], [x, y + deep]];
}

/** The ring of a room beside another, turned as that one is; "right" and "above" as seen along its walls. */
export function ringBeside(room, side, [wide, deep], shift = 0) {
  const way = directionOf([room]);
  const turn = ([x, y], angle) => [x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)];
  const [left, low, right, high] = box(shapeOf(room)[0].map((corner) => turn(corner, -way)));
  const corner = {
    right: [right, low + shift],
    left: [left - wide, low + shift],
    above: [left + shift, high],
    below: [left + shift, low - deep],
  }[side];
  return at(corner, [wide, deep]).map((each) => turn(each, way));
}
