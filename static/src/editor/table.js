// The table twin: every room a row, in words. The same names as on the plan, real buttons, and the work can start here.
import { classOf, getsSign, labelOf } from "./classes.js";
import { copyOf, h } from "./dom.js";

const FIRST = 60;
const natural = new Intl.Collator("en", { numeric: true });

const ORDERS = {
  decide: (a, b) => Number(b.class === "undecided") - Number(a.class === "undecided") || byNumber(a, b),
  number: byNumber,
  class: (a, b) => classOf(a).word.localeCompare(classOf(b).word) || byNumber(a, b),
};

function byNumber(a, b) {
  return natural.compare(a.number || "\uffff", b.number || "\uffff") || natural.compare(a.name, b.name);
}

export class Table {
  #all = false;
  #asked = null;

  constructor(editor, root, { onPick }) {
    Object.assign(this, { editor, onPick });
    this.body = root.querySelector("tbody");
    this.foot = root.querySelector("[data-table-foot]");
    this.order = root.querySelector("[data-table-order]");
    this.search = root.querySelector("[data-table-search]");
    const draw = () => this.#soon();
    for (const what of [editor.plan, editor.selection]) what.addEventListener("change", draw);
    for (const name of ["load", "numbers"]) editor.plan.addEventListener(name, draw);
    for (const name of ["refused", "accepted"]) editor.saver.addEventListener(name, draw);
    this.order.addEventListener("change", draw);
    this.search.addEventListener("input", draw);
    this.#draw();
  }

  #soon() {
    this.#asked ??= requestAnimationFrame(() => {
      this.#asked = null;
      this.#draw();
    });
  }

  #draw() {
    const wanted = this.search.value.trim().toLowerCase();
    const rooms = this.editor.plan.rooms
      .filter((room) => !wanted || labelOf(room).toLowerCase().includes(wanted))
      .sort(ORDERS[this.order.value]);
    const shown = this.#all ? rooms : rooms.slice(0, FIRST);
    const focused = this.body.contains(document.activeElement) ? document.activeElement.dataset.room : null;
    const doors = this.#doorsByRoom();
    this.body.replaceChildren(...(rooms.length ? shown.map((room) => this.#row(room, doors.get(room.id) ?? [])) : [this.#empty(wanted)]));
    if (focused) this.body.querySelector(`[data-room="${CSS.escape(focused)}"]`)?.focus();
    this.#drawFoot(shown.length, rooms.length);
  }

  #doorsByRoom() {
    const found = new Map();
    for (const door of this.editor.plan.doors) {
      for (const id of door.rooms) if (id) found.set(id, [...(found.get(id) ?? []), door]);
    }
    return found;
  }

  #row(room, doors) {
    const { plan, selection, saver } = this.editor;
    const now = selection.has(room.id);
    const pick = () => this.onPick(room);
    const button = h("button", { type: "button", class: "link", "data-room": room.id, "aria-pressed": String(now), onclick: pick }, room.number || "No number");
    const refused = saver.refusalOf(`room:${room.id}`) ? h("span", { class: "wrong" }, "Not saved") : null;
    const signs = doors.filter((door) => getsSign(door, ...door.rooms.map((id) => plan.room.get(id)))).map(({ number }) => number || "new");
    return h("tr", { class: now ? "now" : null },
      h("th", { scope: "row" }, button, ` ${room.name}`, refused),
      h("td", {}, h("span", { class: "z" }, copyOf(`mark-${room.class}`), ` ${classOf(room).word}`)),
      h("td", { class: "num" }, signs.sort(natural.compare).join(", ") || "–"));
  }

  #empty(wanted) {
    const words = wanted ? "No room has that number or name." : "No room is drawn yet. Take the Room tool and drag from corner to corner.";
    return h("tr", {}, h("td", { colspan: 3 }, words));
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
