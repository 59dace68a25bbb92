// The card of what is selected: a room's number, name, class, doors and corners; or a door. Everything can be done here
// without the pointer.
import { CLASSES, classOf, getsSign, labelOf } from "./classes.js";
import { doorBetween, neighbours } from "./doors.js";
import { copyOf, h, plural } from "./dom.js";
import { feetAndInches, squareFeet } from "./areas.js";
import { areaOf, cornersOf } from "./outline.js";
import { distance } from "./rings.js";

export class Panel {
  #shown; // nothing yet, which is not the same as null: nothing selected
  #facts = null;

  constructor(editor, element) {
    this.editor = editor;
    this.element = element;
    const draw = () => this.draw();
    editor.selection.addEventListener("change", draw);
    editor.saver.addEventListener("refused", draw);
    editor.saver.addEventListener("accepted", draw);
    this.draw();
  }

  focus() {
    this.element.querySelector("input")?.focus();
  }

  /** Draw the card anew where something else is selected, else only what changed: the focus stays where it is. */
  draw() {
    const { selection } = this.editor;
    if (this.#shown !== selection.key) {
      this.#shown = selection.key;
      this.#facts = null;
      this.element.replaceChildren(...(selection.room ? this.#room() : selection.door ? this.#door() : [copyOf("nothing-selected")]));
    }
    this.#facts?.();
  }

  #room() {
    const head = h("h2", { id: "card-h" });
    const chip = h("span", { class: "chip chip-must push", hidden: true }, "Undecided");
    const facts = h("p", { class: "quiet num" });
    const wrong = h("p", { class: "wrong", role: "alert" });
    const number = this.#text("Number", "number", "room", 24);
    const name = this.#text("Name", "name", "room", 80);
    const classes = this.#classes();
    const doors = h("ul", { class: "door-list" });
    const corners = this.#corners();
    this.#facts = () => {
      const { room } = this.editor.selection;
      if (!room) return;
      head.textContent = labelOf(room);
      chip.hidden = room.class !== "undecided";
      facts.textContent = squareFeet(areaOf(room));
      this.#refusal(wrong);
      number.fill();
      name.fill();
      classes.fill();
      corners.fill();
      doors.replaceChildren(...this.#doorLines(room));
    };
    return [
      h("div", { class: "row card-head" }, head, chip),
      facts,
      wrong,
      classes.element,
      h("div", { class: "pair-s" }, number.element, name.element),
      h("section", { class: "stack-s" }, h("h3", {}, "Doors"), doors, this.#readonly || this.#addDoor()),
      this.#readonly || corners.element,
      this.#readonly || this.#remove("Delete this room"),
    ].filter((part) => part !== true);
  }

  get #readonly() {
    return this.editor.tools.readonly;
  }

  #refusal(element) {
    const refusal = this.editor.saver.refusalOf(this.editor.selection.key);
    element.textContent = refusal ? `Not saved. ${refusal.message}` : "";
    element.hidden = !refusal;
  }

  #text(label, field, kind, most) {
    const input = h("input", { class: "in", maxlength: most, autocomplete: "off", spellcheck: "false", disabled: this.#readonly });
    const change = (merge) => {
      const { id } = this.editor.selection;
      const value = input.value.replace(/\s+/g, " ").trimStart();
      this.editor.edits.change(kind, id, { [field]: merge ? value : value.trim() }, `changing the ${label.toLowerCase()}`, merge);
    };
    input.addEventListener("input", () => change(`${field} ${this.editor.selection.key}`));
    input.addEventListener("change", () => {
      change(null);
      this.editor.history.close();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === "Escape") this.editor.map.getTargetElement().focus();
    });
    const fill = () => {
      const value = this.editor.plan[kind].get(this.editor.selection.id)?.[field] ?? "";
      if (document.activeElement !== input || input.value.trim() !== value.trim()) input.value = value;
    };
    return { element: h("label", { class: "field" }, h("span", {}, label), input), fill };
  }

  #classes() {
    const inputs = CLASSES.map(({ value }) =>
      h("input", {
        type: "radio",
        name: "room-class",
        value,
        disabled: this.#readonly,
        onchange: () => this.editor.edits.setClass(this.editor.selection.rooms, value),
      }),
    );
    const options = CLASSES.map(({ value, word }, index) =>
      h("label", {}, inputs[index], copyOf(`mark-${value}`), h("span", {}, word), h("kbd", { "aria-hidden": "true" }, String(index + 1))),
    );
    const fill = () => {
      for (const input of inputs) input.checked = input.value === this.editor.selection.room.class;
    };
    return { element: h("fieldset", {}, h("legend", {}, "This room is"), h("div", { class: "seg" }, options)), fill };
  }

  #doorLines(room) {
    const { plan, selection } = this.editor;
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
  #addDoor() {
    const select = h("select", { class: "in in-s", "aria-label": "Where the new door leads" }, h("option", { value: "" }, "Add a door to…"));
    select.addEventListener("focus", () => this.#fillNeighbours(select));
    select.addEventListener("pointerdown", () => this.#fillNeighbours(select));
    select.addEventListener("change", () => {
      const { plan, selection, edits, say } = this.editor;
      const other = select.value === "outdoors" ? null : plan.room.get(select.value);
      const found = doorBetween(selection.room, other, plan.rooms);
      select.value = "";
      if (found.problem) say(found.problem);
      else edits.addDoor(found);
    });
    return select;
  }

  #fillNeighbours(select) {
    const { plan, selection } = this.editor;
    const chosen = select.value;
    const found = neighbours(plan.rooms, selection.room).map((id) =>
      id ? h("option", { value: id }, labelOf(plan.room.get(id))) : h("option", { value: "outdoors" }, "Outdoors"),
    );
    select.replaceChildren(select.firstElementChild, ...found);
    select.value = chosen;
  }

  /** Corners by number and typed places, in metres from the sheet's lower left. */
  #corners() {
    const list = h("ol", { class: "corner-list num" });
    const details = h("details", {}, h("summary", {}, "Corners"), list);
    const fill = () => {
      const { room } = this.editor.selection;
      if (!details.open || !room || list.contains(document.activeElement)) return;
      list.replaceChildren(...cornersOf(room).map((corner, index) => this.#corner(corner, index)));
    };
    details.addEventListener("toggle", fill);
    return { element: details, fill };
  }

  #corner(corner, index) {
    const { edits, selection } = this.editor;
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
          edits.moveCorner(from, to);
        },
      });
    const remove = () => edits.removeCorner(selection.room, index);
    return h("li", {}, field(0, "the left"), field(1, "the bottom"), h("button", { type: "button", class: "link", onclick: remove, "aria-label": `Remove corner ${index + 1}` }, "Remove"));
  }

  #remove(label) {
    return h("p", {}, h("button", { type: "button", class: "btn", onclick: () => this.editor.edits.removeSelected() }, label));
  }

  #door() {
    const { edits, plan, selection } = this.editor;
    const head = h("h2", { id: "card-h" });
    const facts = h("p", { class: "quiet" });
    const sign = h("p", { class: "small" });
    const wrong = h("p", { class: "wrong", role: "alert" });
    const number = this.#text("Number on the plate", "number", "door", 8);
    const kinds = ["door", "opening"].map((kind) =>
      h("input", { type: "radio", name: "door-kind", value: kind, disabled: this.#readonly, onchange: () => edits.change("door", selection.id, { kind }, "changing the kind of door") }),
    );
    const move = (by) => () => edits.slideDoor(selection.door, by);
    this.#facts = () => {
      const { door } = selection;
      if (!door) return;
      head.textContent = `Door ${door.number || "(gets its number when saved)"}`;
      facts.textContent = `Between ${edits.sidesOf(door)}. ${feetAndInches(distance(...door.jambs))} wide.`;
      sign.textContent = this.#signSentence(door);
      number.fill();
      this.#refusal(wrong);
      for (const input of kinds) input.checked = input.value === door.kind;
    };
    const rooms = selection.door.rooms.filter((id) => plan.room.has(id));
    return [
      head,
      facts,
      wrong,
      sign,
      h("fieldset", {}, h("legend", {}, "It is"), h("div", { class: "seg" }, h("label", {}, kinds[0], h("span", {}, "A door that shuts")), h("label", {}, kinds[1], h("span", {}, "An opening without a door")))),
      number.element,
      this.#readonly || h("div", { class: "row" }, h("button", { type: "button", class: "btn", onclick: move(-0.1) }, "Slide one way"), h("button", { type: "button", class: "btn", onclick: move(0.1) }, "Slide the other")),
      h("p", {}, rooms.map((id, index) => [index ? " · " : "", h("button", { type: "button", class: "link", onclick: () => selection.select("room", id) }, labelOf(plan.room.get(id)))]).flat()),
      this.#readonly || this.#remove("Delete this door"),
    ].filter((part) => part !== true);
  }

  #signSentence(door) {
    const [here, there] = door.rooms.map((id) => this.editor.plan.room.get(id));
    if (getsSign(door, here, there)) return there ? "Public meets private here: the door gets a sign." : "It leads from outdoors into a closed area: the door gets a sign.";
    if (door.rooms[1] === null && here?.class === "public") return "This is an entrance: it gets the notice.";
    const open = [here, there].filter((room) => room && classOf(room).value === "undecided").length;
    return open ? `Whether it gets a sign is open: ${plural(open, "room")} beside it ${open === 1 ? "is" : "are"} undecided.` : "No sign is needed here.";
  }
}
