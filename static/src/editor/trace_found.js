// The list of what was found: a summary, every room with its number and name to be confirmed, keep and drop.
import { h, plural } from "./dom.js";
import { leftOut, summary } from "./trace_words.js";

const natural = new Intl.Collator("en", { numeric: true });

export class TraceFound {
  /** ``deeds`` are keep(), drop(), show(room): what the buttons do. ``changed()`` after somebody typed. */
  constructor(element, deeds) {
    Object.assign(this, { element, deeds });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  close() {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  show(found) {
    this.found = found;
    this.summary = h("p", { role: "status" });
    this.body = h("tbody");
    const { keep, drop } = this.deeds;
    const missing = leftOut(found);
    this.element.replaceChildren(...[
      h("h3", { tabindex: "-1" }, "Found on the plan"),
      this.summary,
      ...found.warnings.map((words) => h("p", { class: "note small" }, words)),
      missing && h("p", { class: "small" }, missing),
      h("p", { class: "row" },
        h("button", { type: "button", class: "btn btn-main", "data-trace-keep": true, onclick: keep }, `Keep all ${plural(found.rooms.length, "room")}`),
        h("button", { type: "button", class: "btn", onclick: drop }, "Drop")),
      this.#looks(),
      h("p", { class: "small quiet" }, "Look the numbers and names over. What you type here is kept with the rooms."),
      this.#table(),
    ].filter(Boolean));
    this.element.hidden = false;
    this.fill();
  }

  /** Write numbers and names anew, but not where somebody is typing. */
  fill() {
    this.summary.textContent = summary(this.found);
    if (this.body.contains(document.activeElement)) return;
    const order = [...this.found.rooms].sort((a, b) => natural.compare(a.number || "\uffff", b.number || "\uffff"));
    this.body.replaceChildren(...order.map((room) => this.#row(room)));
  }

  /** The outlines that the tracing was not sure of, each a way to it. */
  #looks() {
    const { rooms, unsure } = this.found;
    if (!unsure.size) return null;
    const buttons = rooms.filter(({ id }) => unsure.has(id)).map((room, index) =>
      h("li", {}, h("button", { type: "button", class: "link", onclick: () => this.deeds.show(room) }, room.number || room.name || `Outline ${index + 1}`)));
    return h("section", { class: "stack-s" }, h("h3", {}, "To look at"), h("ul", { class: "trace-looks small" }, buttons));
  }

  #table() {
    const head = ["Number", "Name", "Not this one"].map((words) => h("th", { scope: "col" }, words));
    return h("div", { class: "scroll trace-table", tabindex: "0", role: "region", "aria-label": "Rooms that were found, can be scrolled" },
      h("table", { class: "tight small" }, h("caption", { class: "out" }, "Rooms that were found"), h("thead", {}, h("tr", {}, head)), this.body));
  }

  #row(room) {
    const named = room.number || room.name || "room without a number";
    const field = (name, most, words) => h("input", {
      class: "in in-s", value: room[name], maxlength: most, autocomplete: "off", spellcheck: "false", "aria-label": `${words} of ${named}`,
      onfocus: () => this.deeds.show(room),
      oninput: ({ target }) => {
        room[name] = target.value.replace(/\s+/g, " ").trimStart();
        this.deeds.changed();
      },
    });
    const leave = h("button", { type: "button", class: "link", "aria-label": `Leave out ${named}`, onclick: () => this.deeds.leave(room) }, "Leave out");
    return h("tr", {}, h("td", {}, field("number", 24, "Number")), h("td", {}, field("name", 80, "Name")), h("td", {}, leave));
  }
}
