// Names from a list of rooms: the server compares, somebody looks it over, one step fills them in.
import { h, plural } from "./dom.js";
import { ask } from "./trace_server.js";

export class TraceList {
  constructor(editor, element) {
    this.editor = editor;
    this.form = element.querySelector("[data-list-form]");
    this.box = element.querySelector("[data-list-found]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#compare();
    });
  }

  async #compare() {
    const button = this.form.querySelector("button");
    button.disabled = true;
    this.#tell("Comparing…");
    try {
      await this.editor.saver.flush();
      this.#show(await ask(this.form.action, new FormData(this.form)));
    } catch (error) {
      this.box.replaceChildren(h("p", { class: "wrong", role: "alert" }, error.message));
    } finally {
      button.disabled = false;
    }
  }

  #tell(words) {
    this.box.replaceChildren(h("p", { class: "small", role: "status" }, words));
  }

  #show({ listed, fills, suggested, agree, unmatched }) {
    const { plan } = this.editor;
    const there = (rooms) => rooms.filter(({ id }) => plan.room.has(id));
    const [sure, likely] = [there(fills), there(suggested)];
    const missing = unmatched.length ? ` ${plural(unmatched.length, "line")} of the list match${unmatched.length === 1 ? "es" : ""} no room here: ${unmatched.slice(0, 8).join(", ")}${unmatched.length > 8 ? "…" : "."}` : "";
    const same = agree ? ` ${plural(agree, "room")} say${agree === 1 ? "s" : ""} the same already.` : "";
    this.box.replaceChildren(
      h("p", { class: "small", role: "status" }, `${plural(listed, "room")} in the list.${same}${missing}`),
      ...this.#offer(sure, "Matched by number", `Fill in ${plural(sure.length, "room")}`, "btn btn-main"),
      ...this.#offer(likely, "Matched by size alone: look closely", `Fill in ${plural(likely.length, "room")} by size`, "btn"),
    );
    if (!sure.length && !likely.length) this.box.append(h("p", { class: "small" }, "Nothing of this floor would change. Check that the numbers of the rooms are filled in, here and in the list."));
  }

  /** One kind of matches: the button that fills them in, and what it would fill in. */
  #offer(fills, heading, label, look) {
    if (!fills.length) return [];
    const { editor } = this;
    const see = (id) => editor.lookAt(editor.plan.room.get(id).ring);
    const rows = fills.map(({ id, number = "", name = "", department = "" }) =>
      h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => see(id) }, number || "no number")), h("td", {}, name), h("td", {}, department)));
    const head = h("thead", {}, h("tr", {}, ["Number", "Name", "Department"].map((word) => h("th", { scope: "col" }, word))));
    return [
      h("h3", {}, heading),
      h("p", {}, h("button", { type: "button", class: look, "data-list-fill": true, onclick: () => this.#fill(fills) }, label)),
      h("div", { class: "scroll trace-table", tabindex: "0", role: "region", "aria-label": `${heading}, can be scrolled` }, h("table", { class: "tight small" }, h("caption", { class: "out" }, heading), head, h("tbody", {}, rows))),
    ];
  }

  #fill(fills) {
    const { plan, history, say } = this.editor;
    const changes = fills.filter(({ id }) => plan.room.has(id)).map(({ id, ...fields }) => ({ put: "room", value: { ...plan.room.get(id), ...fields } }));
    history.close();
    history.do(`filling in ${plural(changes.length, "room")} from a list`, changes);
    say(`${plural(changes.length, "room")} filled in from the list. Undo takes it back.`);
    this.#tell(`${plural(changes.length, "room")} filled in.`);
    this.form.reset();
  }
}
