// The stair or lift that a room belongs to. Rooms of other floors with the same name are joined: people walk between them.
import { h } from "./dom.js";
import { labelOf } from "./classes.js";
import { textField } from "./fields.js";

const MOST = 200;
let count = 0;

/** A field for the name, with those of all floors to choose from, and what it joins: {element, fill()}. */
export function shaftField(editor) {
  const { plan, selection, edits, history, map, tools } = editor;
  const others = JSON.parse(editor.root.dataset.shafts ?? "{}");
  const name = () => plan.room.get(selection.id)?.shaft ?? "";
  const list = h("datalist", { id: `shafts-${count++}` });
  const told = h("p", { class: "small", role: "status" });
  const field = textField({
    label: "Name of the stairs or lift",
    most: MOST,
    readonly: tools.readonly,
    value: name,
    change: (value, isLast) => {
      edits.change("room", selection.id, { shaft: value }, "changing the stairs or lift", isLast ? null : `shaft ${selection.key}`);
      if (isLast) history.close();
    },
    leave: () => map.getTargetElement().focus(),
  });
  field.element.querySelector("input").setAttribute("list", list.id);
  const element = h("details", {}, h("summary", {}, "Stairs or lift"),
    h("div", { class: "stack-s" }, h("p", { class: "small" }, "Give the rooms of one stair or lift the same name on each floor. Then the checks know that people can get from one floor to the next."), field.element, list, told));
  let shown = null;
  const fill = () => {
    const here = plan.rooms.filter((room) => room.shaft).map((room) => room.shaft);
    const names = new Map([...Object.keys(others), ...here].map((each) => [each.toLowerCase(), each]));
    list.replaceChildren(...[...names.values()].sort().map((each) => h("option", { value: each })));
    field.fill();
    told.textContent = joins(plan, selection.room, others);
    if (shown !== selection.id && name()) element.open = true;
    shown = selection.id;
  };
  return { element, fill };
}

/** Which floors the room's stair or lift joins, in a sentence. */
export function joins(plan, room, others) {
  if (!room?.shaft) return "This room is no stairs and no lift.";
  const key = room.shaft.toLowerCase();
  const floors = Object.entries(others).filter(([name]) => name.toLowerCase() === key).flatMap(([, each]) => each);
  const twice = plan.rooms.find((other) => other.id !== room.id && other.shaft?.toLowerCase() === key);
  const more = twice ? ` On this floor ${labelOf(twice)} has the same name and is joined, too.` : "";
  return floors.length ? `Joins ${[...new Set(floors)].join(", ")}.${more}` : `No other floor has stairs or a lift of this name yet.${more}`;
}
