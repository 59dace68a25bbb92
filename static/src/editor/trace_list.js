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

  #show({ listed, fills, unmatched }) {
    const { plan } = this.editor;
    const there = fills.filter(({ id }) => plan.room.has(id));
    const missing = unmatched.length ? ` ${plural(unmatched.length, "line")} of the list match${unmatched.length === 1 ? "es" : ""} no room here: ${unmatched.slice(0, 8).join(", ")}${unmatched.length > 8 ? "…" : "."}` : "";
    const words = `${plural(listed, "room")} in the list. ${plural(there.length, "room")} of this floor would change.${missing}`;
    if (!there.length) {
      this.#tell(words);
      return;
    }
    const rows = there.map((fill) => h("tr", {}, h("th", { scope: "row" }, h("button", { type: "button", class: "link", onclick: () => this.editor.lookAt(plan.room.get(fill.id).ring) }, fill.number || "no number")), h("td", {}, fill.name), h("td", {}, fill.department ?? "")));
    this.box.replaceChildren(
      h("p", { class: "small", role: "status" }, words),
      h("p", {}, h("button", { type: "button", class: "btn btn-main", "data-list-fill": true, onclick: () => this.#fill(there) }, `Fill in ${plural(there.length, "room")}`)),
      h("div", { class: "scroll trace-table", tabindex: "0", role: "region", "aria-label": "What the list says, can be scrolled" },
        h("table", { class: "tight small" }, h("caption", { class: "out" }, "What the list says"), h("thead", {}, h("tr", {}, ["Number", "Name", "Department"].map((word) => h("th", { scope: "col" }, word)))), h("tbody", {}, rows))));
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
