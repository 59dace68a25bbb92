// The card of many rooms: one class, name or department for all of them; join, square, copy, move and delete together.
import { squareFeet } from "./areas.js";
import { labelOf } from "./classes.js";
import { h, plural } from "./dom.js";
import { classField, textField } from "./fields.js";
import { areaOf } from "./outline.js";

const NAMED_MOST = 8;

export function manyCard(editor) {
  const { edits, selection, tools, keys } = editor;
  const { readonly } = tools;
  const head = h("h2", {});
  const facts = h("p", { class: "quiet num" });
  const names = h("p", { class: "small" });
  const same = (field) => {
    const values = new Set(selection.rooms.map((room) => room[field] ?? ""));
    return values.size === 1 ? [...values][0] : null;
  };
  const classes = classField({ legend: "These rooms are", value: () => same("class"), change: (value) => edits.setClass(selection.rooms, value), readonly });
  const name = allField(editor, "Name of all", "name", same);
  const department = allField(editor, "Department of all", "department", same);
  const fill = () => {
    const { rooms } = selection;
    if (rooms.length < 2) return;
    head.textContent = plural(rooms.length, "room");
    facts.textContent = `${squareFeet(rooms.reduce((sum, room) => sum + areaOf(room), 0))} together`;
    const more = rooms.length - NAMED_MOST;
    names.textContent = `${rooms.slice(0, NAMED_MOST).map(labelOf).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    for (const field of [classes, name, department]) field.fill();
  };
  const button = (words, deed) => h("button", { type: "button", class: "btn btn-s", onclick: deed }, words);
  const elements = [
    head,
    facts,
    names,
    classes.element,
    name.element,
    department.element,
    readonly
      ? null
      : h("p", { class: "row" },
          button("Join into one", () => keys.press("j")),
          button("Square", () => keys.press("q")),
          button("Copy", () => keys.press("c", { ctrl: true })),
          button("Delete all", () => edits.removeRooms(selection.rooms))),
    h("p", {}, button("Select none", () => selection.clear())),
  ];
  return { elements, fill };
}

/** A field that gives all rooms one value; where they differ it is empty and says so. */
function allField({ edits, selection, tools, map }, label, field, same) {
  return textField({
    label,
    most: 80,
    readonly: tools.readonly,
    placeholder: "Different names",
    value: () => same(field) ?? "",
    change: (value, isLast) => {
      if (!isLast || (value === "" && same(field) === null)) return;
      edits.changeRooms(selection.rooms, { [field]: value }, `changing the ${field} of ${plural(selection.rooms.length, "room")}`);
      edits.say(`${plural(selection.rooms.length, "room")}: the ${field} is ${value || "empty"} now.`);
    },
    leave: () => map.getTargetElement().focus(),
  });
}
