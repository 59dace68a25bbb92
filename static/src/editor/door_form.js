// Placing a door by lists: between which two rooms, and where along the wall that they share.
import { labelOf } from "./classes.js";
import { doorBetween, neighbours } from "./doors.js";
import { h } from "./dom.js";
import { choiceField, refill } from "./fields.js";

const natural = new Intl.Collator("en", { numeric: true });

export function doorForm(editor) {
  const { plan, selection, edits, say } = editor;
  const here = choiceField("Between", []);
  const there = choiceField("And", []);
  const place = h("input", { class: "in in-s", type: "number", step: "0.01", min: "0", placeholder: "the middle" });
  const fillThere = () => {
    const room = plan.room.get(here.select.value);
    const found = room ? neighbours(plan.rooms, room) : [];
    refill(there.select, found.map((id) => (id ? [id, labelOf(plan.room.get(id))] : ["", "outdoors"])));
  };
  const fill = () => {
    const rooms = [...plan.rooms].sort((one, two) => natural.compare(labelOf(one), labelOf(two)));
    refill(here.select, rooms.map((room) => [room.id, labelOf(room)]));
    if (selection.room) here.select.value = selection.room.id;
    fillThere();
  };
  here.select.addEventListener("change", fillThere);
  const add = (event) => {
    event.preventDefault();
    const room = plan.room.get(here.select.value);
    if (!room) return say("Draw the rooms first, then their doors.");
    const along = place.value === "" ? null : Number(place.value);
    const found = doorBetween(room, plan.room.get(there.select.value) ?? null, plan.rooms, { along });
    return found.problem ? say(found.problem) : edits.addDoor(found);
  };
  const form = h("form", { class: "stack-s", onsubmit: add },
    h("div", { class: "pair" }, here.element, there.element),
    h("label", { class: "metres" }, h("span", {}, "Metres from the wall’s left or lower end to the door"), place),
    h("p", {}, h("button", { class: "btn", type: "submit" }, "Place the door")));
  return { elements: [h("h2", {}, "A door by lists"), form], fill };
}
