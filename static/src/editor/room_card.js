// The card of one room: class, number, name, doors, corners, and what can be done with it.
import { squareFeet } from "./areas.js";
import { getsSign, labelOf } from "./classes.js";
import { doorBetween, neighbours } from "./doors.js";
import { h } from "./dom.js";
import { classField, textField } from "./fields.js";
import { hoursField } from "./hours.js";
import { areaOf, cornersOf } from "./outline.js";
import { fillRefusal } from "./panel.js";
import { shaftField } from "./shafts.js";

export function roomCard(editor) {
  const { edits, selection, tools, plan } = editor;
  const { readonly } = tools;
  const head = h("h2", {});
  const chip = h("span", { class: "chip chip-must push", hidden: true }, "Undecided");
  const facts = h("p", { class: "quiet num" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const number = roomField(editor, "Number", "number", 24);
  const name = roomField(editor, "Name", "name", 80);
  const classes = classField({ legend: "This room is", value: () => selection.room.class, change: (value) => edits.setClass(selection.rooms, value), readonly });
  const shaft = shaftField(editor);
  const hours = hoursField(editor, "room", () => selection.room);
  const doors = h("ul", { class: "door-list" });
  const corners = cornerList(editor);
  const alike = h("p", { class: "row" });
  const fill = () => {
    const { room } = selection;
    if (!room) return;
    head.textContent = labelOf(room);
    chip.hidden = room.class !== "undecided";
    facts.textContent = squareFeet(areaOf(room));
    fillRefusal(editor, wrong);
    for (const field of [number, name, classes, shaft, hours, corners]) field.fill();
    doors.replaceChildren(...doorLines(editor, room));
    const same = room.name ? plan.rooms.filter((other) => other.name === room.name) : [];
    alike.hidden = same.length < 2;
    alike.replaceChildren(h("button", { type: "button", class: "link", onclick: () => selection.selectRooms(same.map(({ id }) => id)) }, `Select all ${same.length} named ${room.name}`));
  };
  const elements = [
    h("div", { class: "row card-head" }, head, chip),
    facts,
    wrong,
    classes.element,
    h("div", { class: "pair-s" }, number.element, name.element),
    alike,
    h("section", { class: "stack-s" }, h("h3", {}, "Doors"), doors, readonly ? null : doorMenu(editor)),
    hours.element,
    shaft.element,
    readonly ? null : corners.element,
    readonly ? null : roomButtons(editor),
  ];
  return { elements, fill };
}

function roomField({ edits, selection, plan, history, map, tools }, label, field, most) {
  return textField({
    label,
    most,
    readonly: tools.readonly,
    value: () => plan.room.get(selection.id)?.[field] ?? "",
    change: (value, isLast) => {
      edits.change("room", selection.id, { [field]: value }, `changing the ${label.toLowerCase()}`, isLast ? null : `${field} ${selection.key}`);
      if (isLast) history.close();
    },
    leave: () => map.getTargetElement().focus(),
  });
}

function roomButtons(editor) {
  const { keys, edits } = editor;
  const press = (key, more) => () => keys.press(key, more);
  const button = (words, deed) => h("button", { type: "button", class: "btn btn-s", onclick: deed }, words);
  return h("p", { class: "row" },
    button("Split", () => editor.tools.take("split")),
    button("Square", press("q")),
    button("Copy", press("c", { ctrl: true })),
    button("Delete this room", () => edits.removeRooms(editor.selection.rooms)));
}

function doorLines({ plan, selection }, room) {
  const doors = plan.doorsOf(room.id);
  if (!doors.length) return [h("li", { class: "quiet" }, "No door yet.")];
  return doors.map((door) => {
    const other = door.rooms.find((id) => id !== room.id);
    const there = other ? plan.room.get(other) : null;
    const to = other ? (there ? labelOf(there) : "a room that is gone") : "outdoors";
    const sign = getsSign(door, ...door.rooms.map((id) => plan.room.get(id))) ? " (gets a sign)" : "";
    const open = () => selection.select("door", door.id);
    return h("li", {}, h("button", { type: "button", class: "link", onclick: open }, `Door ${door.number || "new"}`), ` to ${to}${sign}`);
  });
}

/** A door without the pointer: in the middle of the wall to the chosen neighbour. */
function doorMenu({ plan, selection, edits, say }) {
  const select = h("select", { class: "in in-s", "aria-label": "Where the new door leads" }, h("option", { value: "" }, "Add a door to…"));
  const fill = () => {
    const found = neighbours(plan.rooms, selection.room).map((id) =>
      id ? h("option", { value: id }, labelOf(plan.room.get(id))) : h("option", { value: "outdoors" }, "Outdoors"),
    );
    select.replaceChildren(select.firstElementChild, ...found);
    select.value = "";
  };
  select.addEventListener("focus", fill);
  select.addEventListener("pointerdown", fill);
  select.addEventListener("change", () => {
    const other = select.value === "outdoors" ? null : plan.room.get(select.value);
    const found = doorBetween(selection.room, other, plan.rooms);
    select.value = "";
    if (found.problem) say(found.problem);
    else edits.addDoor(found);
  });
  return select;
}

/** Corners by number and typed places, in metres from the sheet's lower left. */
function cornerList(editor) {
  const list = h("ol", { class: "corner-list num" });
  const details = h("details", {}, h("summary", {}, "Corners"), list);
  const fill = () => {
    const { room } = editor.selection;
    if (!details.open || !room || list.contains(document.activeElement)) return;
    list.replaceChildren(...cornersOf(room).map((corner, index) => cornerLine(editor, corner, index)));
  };
  details.addEventListener("toggle", fill);
  return { element: details, fill };
}

function cornerLine({ edits, selection }, corner, index) {
  const field = (axis, word) =>
    h("input", {
      class: "in in-s",
      type: "number",
      step: "0.01",
      value: corner[axis],
      "aria-label": `Corner ${index + 1}, metres from ${word}`,
      onfocus: () => selection.pickCorner(index),
      onchange: ({ target }) => {
        const from = cornersOf(selection.room)[index];
        const to = from.map((value, i) => (i === axis && target.value !== "" ? Number(target.value) : value));
        if (edits.moveCorner(from, to)) target.value = from[axis];
      },
    });
  const remove = () => edits.removeCorner(selection.room, index);
  return h("li", {}, field(0, "the left"), field(1, "the bottom"), h("button", { type: "button", class: "link", onclick: remove, "aria-label": `Remove corner ${index + 1}` }, "Remove"));
}
