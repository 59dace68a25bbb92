// The table twin: every room a row. Rooms are ticked, numbered, named and classed here, sorted by any column, and found
// by what they are called; whoever does not see the plan can do the whole job in it.
import { squareFeet } from "./areas.js";
import { CLASSES, classOf, getsSign, labelOf } from "./classes.js";
import { copyOf, h } from "./dom.js";
import { areaOf } from "./outline.js";

const FIRST = 60;
const natural = new Intl.Collator("en", { numeric: true });

const byNumber = (a, b) => natural.compare(a.number || "\uffff", b.number || "\uffff") || natural.compare(a.name, b.name);
const ORDERS = {
  decide: (a, b) => Number(b.class === "undecided") - Number(a.class === "undecided") || byNumber(a, b),
  number: byNumber,
  name: (a, b) => natural.compare(a.name || "\uffff", b.name || "\uffff") || byNumber(a, b),
  class: (a, b) => classOf(a).word.localeCompare(classOf(b).word) || byNumber(a, b),
  area: (a, b) => areaOf(b) - areaOf(a) || byNumber(a, b),
};

export class Table {
  #all = false;
  #asked = null;
  #rows = new Map(); // room id -> {row, of: what it was drawn from}

  constructor(editor, root, { onPick }) {
    Object.assign(this, { editor, onPick });
    this.root = root;
    this.body = root.querySelector("tbody");
    this.foot = root.querySelector("[data-table-foot]");
    this.order = root.querySelector("[data-table-order]");
    this.search = root.querySelector("[data-table-search]");
    this.all = root.querySelector("[data-table-all]");
    const draw = () => this.#soon();
    for (const what of [editor.plan, editor.selection]) what.addEventListener("change", draw);
    for (const name of ["load", "numbers"]) editor.plan.addEventListener(name, draw);
    for (const name of ["refused", "accepted"]) editor.saver.addEventListener(name, draw);
    this.order.addEventListener("change", draw);
    this.search.addEventListener("input", draw);
    this.all?.addEventListener("change", () => editor.selection.selectRooms(this.all.checked ? this.#wanted().map(({ id }) => id) : []));
    this.#wide();
    this.#draw();
  }

  /** The button that spreads the table over the page. */
  #wide() {
    const button = this.root.querySelector("[data-table-wide]");
    button?.addEventListener("click", () => {
      const wide = this.editor.root.classList.toggle("editor-wide");
      button.setAttribute("aria-pressed", String(wide));
      this.editor.map.updateSize();
    });
  }

  #soon() {
    this.#asked ??= requestAnimationFrame(() => {
      this.#asked = null;
      this.#draw();
    });
  }

  #wanted() {
    const wanted = this.search.value.trim().toLowerCase();
    const fits = (room) => !wanted || `${labelOf(room)} ${room.department ?? ""} ${classOf(room).word}`.toLowerCase().includes(wanted);
    return this.editor.plan.rooms.filter(fits).sort(ORDERS[this.order.value]);
  }

  #draw() {
    const rooms = this.#wanted();
    const shown = this.#all ? rooms : rooms.slice(0, FIRST);
    const doors = this.#doorsByRoom();
    const rows = shown.map((room) => this.#row(room, doors.get(room.id) ?? []));
    this.#keepRows(shown);
    const same = rows.length === this.body.children.length && rows.every((row, place) => row === this.body.children[place]);
    if (!same) this.#put(rows.length ? rows : [this.#empty()]);
    this.#drawFoot(shown.length, rooms.length);
    this.#drawAll(rooms);
  }

  /** Put these rows into the table; who was in a field stays in it. */
  #put(rows) {
    const here = this.body.contains(document.activeElement) ? document.activeElement : null;
    const [room, field] = [here?.closest("tr")?.dataset.room, here?.dataset.field];
    this.body.replaceChildren(...rows);
    if (room && field) this.body.querySelector(`tr[data-room="${CSS.escape(room)}"] [data-field="${field}"]`)?.focus({ preventScroll: true });
  }

  #keepRows(shown) {
    const ids = new Set(shown.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!ids.has(id)) this.#rows.delete(id);
  }

  #doorsByRoom() {
    const found = new Map();
    for (const door of this.editor.plan.doors) {
      for (const id of door.rooms) if (id) found.set(id, [...(found.get(id) ?? []), door]);
    }
    return found;
  }

  /** The row of a room: the one that is there, unless what it shows has changed. */
  #row(room, doors) {
    const { selection, saver } = this.editor;
    const [signs, more] = this.#doorWords(doors);
    const refused = Boolean(saver.refusalOf(`room:${room.id}`));
    const of = [room, signs, more, refused];
    const kept = this.#rows.get(room.id);
    const isSame = kept && of.every((each, place) => each === kept.of[place]);
    const row = isSame ? kept.row : this.#newRow(room, [signs, more], refused, kept?.row);
    this.#rows.set(room.id, { row, of });
    const now = selection.has(room.id);
    row.classList.toggle("now", now);
    row.querySelector("[data-field=tick]").checked = now;
    row.querySelector("[data-field=open]").setAttribute("aria-pressed", String(now));
    return row;
  }

  #newRow(room, [signs, more], refused, before) {
    const { selection, tools, edits } = this.editor;
    const off = tools.readonly;
    const name = labelOf(room);
    const tick = h("input", { type: "checkbox", "data-field": "tick", "aria-label": `Select ${name}`, onchange: () => selection.toggle(room.id) });
    const open = h("button", { type: "button", class: "link", "data-field": "open", "data-room": room.id, onclick: () => this.onPick(this.editor.plan.room.get(room.id)) }, room.number || "No number");
    const choice = h("select", { class: "in in-s wide-only", "data-field": "class", "aria-label": `Class of ${name}`, disabled: off, onchange: ({ target }) => edits.setClass([this.editor.plan.room.get(room.id)], target.value) },
      CLASSES.map(({ value, word }) => h("option", { value, selected: value === room.class }, word)));
    const cells = [
      h("td", {}, tick),
      h("th", { scope: "row" }, open, h("span", { class: "narrow-only" }, ` ${room.name}`), this.#field(room, "number", "Number", 24, before), refused ? h("span", { class: "wrong" }, " Not saved") : null),
      h("td", { class: "wide-only" }, this.#field(room, "name", "Name", 80, before)),
      h("td", {}, h("span", { class: "z narrow-only" }, copyOf(`mark-${room.class}`), ` ${classOf(room).word}`), choice),
      h("td", { class: "num wide-only" }, squareFeet(areaOf(room))),
      h("td", { class: "num" }, signs || h("span", { class: "narrow-only" }, "–"), h("span", { class: "wide-only" }, ` ${more}`)),
    ];
    if (!before) return h("tr", { "data-room": room.id }, ...cells);
    const field = before.contains(document.activeElement) ? document.activeElement.dataset.field : null;
    before.replaceChildren(...cells);
    if (field) before.querySelector(`[data-field="${field}"]`)?.focus({ preventScroll: true });
    return before;
  }

  /** A field of the wide table. One that is being typed in stays as it is. */
  #field(room, field, label, most, before) {
    const there = before?.querySelector(`[data-field="${field}"]`);
    if (there && there === document.activeElement) return there;
    const input = h("input", { class: "in in-s wide-only", maxlength: most, value: room[field], autocomplete: "off", spellcheck: "false", "data-field": field, "aria-label": `${label} of ${labelOf(room)}`, disabled: this.editor.tools.readonly });
    input.addEventListener("change", () => {
      this.editor.edits.change("room", room.id, { [field]: input.value.replace(/\s+/g, " ").trim() }, `changing the ${label.toLowerCase()}`);
    });
    input.addEventListener("keydown", (event) => this.#step(event, field));
    return input;
  }

  /** Enter and the arrows up and down go to the same field of the next row or the one before, as in a spreadsheet. */
  #step(event, field) {
    const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const rows = [...this.body.children];
    const next = rows[rows.indexOf(event.target.closest("tr")) + by];
    (next ?? event.target.closest("tr")).querySelector(`[data-field="${field}"]`)?.focus();
  }

  /** Numbers of the doors that get a sign, and how many others there are. */
  #doorWords(doors) {
    const { plan } = this.editor;
    const signed = doors.filter((door) => getsSign(door, ...door.rooms.map((id) => plan.room.get(id)))).map(({ number }) => number || "new");
    const more = doors.length - signed.length;
    return [signed.sort(natural.compare).join(", "), more ? `${signed.length ? "and " : ""}${more} without` : ""];
  }

  #empty() {
    const words = this.search.value.trim() ? "No room has that number or name." : "No room is drawn yet. Take the Room tool and drag from corner to corner, or draw one by numbers.";
    return h("tr", {}, h("td", { colspan: 6 }, words));
  }

  #drawAll(rooms) {
    if (!this.all) return;
    const ticked = rooms.filter(({ id }) => this.editor.selection.has(id)).length;
    this.all.checked = rooms.length > 0 && ticked === rooms.length;
    this.all.indeterminate = ticked > 0 && ticked < rooms.length;
  }

  #drawFoot(shown, count) {
    const all = () => {
      this.#all = true;
      this.#draw();
    };
    const more = shown < count ? h("button", { type: "button", class: "link", onclick: all }, "Show all") : null;
    const words = count ? `${shown.toLocaleString("en")} of ${count.toLocaleString("en")} rooms. ` : "";
    this.foot.replaceChildren(words, ...(more ? [more] : []));
  }
}
