// Suggested classes, kind by kind, with their reasons. The server reads them from the saved draft; nothing is marked
// before somebody accepts it, and each acceptance is one step that can be undone.
import { classOf, labelOf } from "./classes.js";
import { copyOf, h, plural } from "./dom.js";
import { fetchJson } from "./server.js";

export class SuggestPanel {
  #found = null;
  #why = "";
  #asking = 0;
  #unfolded = new Set(); // keys of the lines whose rooms are listed

  constructor(editor) {
    this.editor = editor;
    this.element = editor.part("suggest");
    this.button = editor.part("suggest-open");
    if (!this.element) return; // who may not draw
    editor.keys.bind({ keys: ["g"], words: "suggested classes", deed: () => this.toggle() });
    this.button.addEventListener("click", () => this.toggle());
    editor.plan.addEventListener("change", () => this.isOpen && this.#draw());
    editor.plan.addEventListener("load", () => this.isOpen && this.#ask());
    editor.saver.addEventListener("accepted", () => this.isOpen && this.#ask());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  toggle() {
    const opens = this.element.hidden;
    this.element.hidden = !opens;
    this.button.setAttribute("aria-expanded", String(opens));
    if (!opens) {
      this.editor.spotlight.show([]);
      this.button.focus();
      return;
    }
    this.#draw();
    this.element.querySelector("h2").focus();
    this.#ask();
  }

  /** Ask the server, once what is drawn is saved. Only the last answer counts. */
  async #ask() {
    const turn = ++this.#asking;
    try {
      await this.editor.saver.flush();
      const found = await fetchJson(this.editor.root.dataset.suggestions);
      if (turn !== this.#asking) return;
      [this.#found, this.#why] = [found, ""];
    } catch {
      if (turn !== this.#asking) return;
      this.#why = "The server cannot be reached. Try again in a moment.";
    }
    if (this.isOpen) this.#draw();
  }

  /** A suggestion's rooms that are still there and undecided. */
  #rooms({ rooms }) {
    return rooms.map((id) => this.editor.plan.room.get(id)).filter((room) => room?.class === "undecided");
  }

  #draw() {
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.is : null;
    const lines = (this.#found?.suggestions ?? []).filter((each) => this.#rooms(each).length);
    const open = (this.#found?.unclear ?? []).map((each) => ({ ...each, key: `unclear ${each.name} ${each.reason}` }));
    const nothing = { key: "nothing", name: "not recognised", reason: "Name and number say nothing that zonemap knows.", rooms: this.#found?.unrecognised ?? [] };
    const left = [...open, nothing].filter((each) => this.#rooms(each).length);
    const [plain, apart] = [lines.filter((each) => !each.conflict), lines.filter((each) => each.conflict)];
    const close = h("button", { type: "button", class: "btn btn-s push", "data-is": "close", onclick: () => this.toggle() }, "Close");
    this.element.replaceChildren(
      h("div", { class: "row" }, h("h2", { id: "suggest-h", tabindex: "-1", "data-is": "head" }, "Suggested classes"), close),
      h("p", { class: "small", role: "status" }, this.#state(lines)),
      ...this.#allSure(lines),
      ...this.#list("", plain, (each) => this.#line(each)),
      ...this.#list("Look closely", apart, (each) => this.#line(each)),
      ...this.#list("For you to decide", left, (each) => this.#openLine(each)),
    );
    if (focused) (this.element.querySelector(`[data-is="${CSS.escape(focused)}"]`) ?? this.element.querySelector("h2")).focus();
  }

  #state(lines) {
    if (this.#why) return this.#why;
    if (!this.#found) return "Looking at the rooms…";
    if (lines.length) return "Nothing is marked before you accept it. Each step can be undone.";
    return this.editor.plan.rooms.some((room) => room.class === "undecided") ? "No undecided room says what it may be." : "Every room is decided.";
  }

  #allSure(lines) {
    const sure = lines.filter((each) => each.sure);
    if (sure.length < 2) return [];
    const count = sure.reduce((sum, each) => sum + this.#rooms(each).length, 0);
    const accept = () => this.#accept(sure, `marking ${plural(count, "room")} as suggested`, `${plural(count, "room")} marked as suggested.`);
    const ids = () => sure.flatMap((each) => this.#rooms(each).map(({ id }) => id));
    const button = h("button", { type: "button", class: "btn btn-main", "data-is": "all", onclick: accept }, `Accept all ${plural(count, "room")} that are sure`);
    return [h("p", {}, this.editor.spotlight.follow(button, ids))];
  }

  #list(heading, lines, draw) {
    if (!lines.length) return [];
    return [heading && h("h3", {}, heading), h("ul", { class: "suggested-list" }, lines.map(draw))].filter(Boolean);
  }

  #line(each) {
    const rooms = this.#rooms(each);
    const word = classOf({ class: each.class }).word.toLowerCase();
    const what = `${rooms.length.toLocaleString("en")} ${each.name}`;
    const accept = () => this.#accept([each], `marking ${what} as ${word}`, `${what}: ${word} now.`);
    const button = h("button", { type: "button", class: "btn btn-s", "data-is": `accept ${each.key}`, "aria-label": `Accept: ${what} ${word}`, onclick: accept }, "Accept");
    const head = h("p", {}, copyOf(`mark-${each.class}`), " ", h("b", {}, `${what}: ${word}`), each.sure ? null : h("span", { class: "chip" }, "Likely"));
    const item = h("li", {},
      h("div", { class: "row suggested-head" }, head, h("span", { class: "push" }, button)),
      h("p", { class: "small" }, `${each.reason} `, h("span", { class: "quiet" }, each.source)),
      each.conflict ? h("p", { class: "small" }, each.conflict) : null,
      this.#roomList(each, rooms));
    return this.editor.spotlight.follow(item, () => rooms.map(({ id }) => id));
  }

  #openLine(each) {
    const rooms = this.#rooms(each);
    const item = h("li", {}, h("p", { class: "small" }, h("b", {}, `${rooms.length.toLocaleString("en")} ${each.name}. `), each.reason), this.#roomList(each, rooms));
    return this.editor.spotlight.follow(item, () => rooms.map(({ id }) => id));
  }

  /** The rooms of a line, on demand; each is shown on the plan, and chosen with a click. */
  #roomList({ key }, rooms) {
    const details = h("details", { open: this.#unfolded.has(key) }, h("summary", { class: "small", "data-is": `fold ${key}` }, rooms.length === 1 ? "Which room" : "Which rooms"));
    const list = () => {
      const buttons = rooms.map((room) => {
        const button = h("button", { type: "button", class: "link", onclick: () => this.editor.show("room", room.id) }, labelOf(room));
        for (const name of ["pointerenter", "focusin"]) button.addEventListener(name, (event) => this.#alone(event, room.id));
        return h("li", {}, button);
      });
      details.append(h("ul", { class: "room-links small" }, buttons));
    };
    if (details.open) list();
    details.addEventListener("toggle", () => {
      if (details.open) this.#unfolded.add(key);
      else this.#unfolded.delete(key);
      if (details.open && details.childElementCount === 1) list();
    });
    return details;
  }

  #alone(event, id) {
    event.stopPropagation();
    this.editor.spotlight.show([id]);
  }

  #accept(lines, label, words) {
    const changes = lines.flatMap((each) => this.#rooms(each).map((room) => ({ put: "room", value: { ...room, class: each.class } })));
    this.editor.history.close();
    this.editor.history.do(label, changes);
    this.editor.say(`${words} Undo takes it back.`);
    const next = this.element.querySelector('[data-is^="accept "]') ?? this.element.querySelector("h2");
    next.focus();
  }
}
