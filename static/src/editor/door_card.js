// The card of one door: which rooms it joins, whether it gets a sign, its number, and moving it along its wall.
import { feetAndInches } from "./areas.js";
import { classOf, getsSign, labelOf } from "./classes.js";
import { CONTROLS, controlOf } from "./controls.js";
import { h, plural } from "./dom.js";
import { textField } from "./fields.js";
import { hoursField } from "./hours.js";
import { fillRefusal } from "./panel.js";
import { distance } from "./rings.js";

export function doorCard(editor) {
  const { edits, plan, selection, history, map, tools } = editor;
  const { readonly } = tools;
  const head = h("h2", {});
  const facts = h("p", { class: "quiet" });
  const sign = h("p", { class: "small" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const id = selection.door.id;
  const number = textField({
    label: "Number on the plate",
    most: 8,
    readonly,
    value: () => plan.door.get(id)?.number ?? "",
    change: (value, isLast) => {
      edits.change("door", id, { number: value }, "changing the number on the plate", isLast ? null : `number door:${id}`);
      if (isLast) history.close();
    },
    leave: () => map.getTargetElement().focus(),
  });
  const kinds = ["door", "opening"].map((kind) =>
    h("input", { type: "radio", name: "door-kind", value: kind, disabled: readonly, onchange: () => edits.change("door", id, { kind }, "changing the kind of door") }),
  );
  const controls = CONTROLS.map(({ value, words }) =>
    h("input", { type: "radio", name: "door-control", value, disabled: readonly, onchange: () => {
      edits.change("door", id, { control: value }, "changing what controls a door");
      edits.say(`Door ${selection.door.number || "new"}: ${words.toLowerCase()}.`);
    } }),
  );
  const hours = hoursField(editor, "door", () => plan.door.get(id));
  const move = (by) => () => edits.slideDoor(selection.door, by);
  const fill = () => {
    const { door } = selection;
    if (!door) return;
    head.textContent = `Door ${door.number || "(gets its number when saved)"}`;
    facts.textContent = `Between ${edits.sidesOf(door)}. ${feetAndInches(distance(...door.jambs))} wide.`;
    sign.textContent = signSentence(plan, door);
    number.fill();
    hours.fill();
    for (const input of controls) input.checked = input.value === controlOf(door);
    fillRefusal(editor, wrong);
    for (const input of kinds) input.checked = input.value === door.kind;
  };
  const rooms = selection.door.rooms.filter((each) => plan.room.has(each));
  const elements = [
    head,
    facts,
    wrong,
    sign,
    h("fieldset", {}, h("legend", {}, "It is"), h("div", { class: "seg" }, h("label", {}, kinds[0], h("span", {}, "A door that shuts")), h("label", {}, kinds[1], h("span", {}, "An opening without a door")))),
    h("fieldset", {}, h("legend", {}, "What stops people from walking through"), h("div", { class: "seg" }, CONTROLS.map(({ words }, place) => h("label", {}, controls[place], h("span", {}, words))))),
    number.element,
    hours.element,
    readonly ? null : h("div", { class: "row" }, h("button", { type: "button", class: "btn", onclick: move(-0.1) }, "Slide one way"), h("button", { type: "button", class: "btn", onclick: move(0.1) }, "Slide the other")),
    h("p", {}, rooms.map((each, index) => [index ? " · " : "", h("button", { type: "button", class: "link", onclick: () => selection.select("room", each) }, labelOf(plan.room.get(each)))]).flat()),
    readonly ? null : h("p", {}, h("button", { type: "button", class: "btn", onclick: () => edits.removeSelected() }, "Delete this door")),
  ];
  return { elements, fill };
}

function signSentence(plan, door) {
  const [here, there] = door.rooms.map((id) => plan.room.get(id));
  if (getsSign(door, here, there)) return there ? "Public meets private here: the door gets a sign." : "It leads from outdoors into a closed area: the door gets a sign.";
  if (door.rooms[1] === null && here?.class === "public") return "This is an entrance: it gets the notice.";
  const open = [here, there].filter((room) => room && classOf(room).value === "undecided").length;
  return open ? `Whether it gets a sign is open: ${plural(open, "room")} beside it ${open === 1 ? "is" : "are"} undecided.` : "No sign is needed here.";
}
