// Rooms copied from one floor to another. They are kept in this browser, so any floor of any page can take them; they
// come to the same metres, with ids of their own, and where a room would lie on another it is left out and named.
import { labelOf } from "./classes.js";
import { h, plural } from "./dom.js";
import { newId } from "./edits.js";
import { problemWith } from "./judge.js";

const NAME = "zonemap.clipboard";

export class Clipboard {
  constructor(editor, storage = window.localStorage) {
    Object.assign(this, { editor, storage });
    editor.keys.bind({ keys: ["c"], ctrl: true, words: "copy the selected rooms", deed: () => this.copy() });
    editor.keys.bind({ keys: ["v"], ctrl: true, words: "put the copied rooms here", deed: () => this.ask() });
    if (window.location.hash === "#paste") this.ask();
  }

  /** The other floors that rooms can go to: [{name, url}]. */
  get floors() {
    return JSON.parse(this.editor.root.dataset.floors ?? "[]");
  }

  copy() {
    const { selection, plan, floor, say, part } = this.editor;
    const { rooms } = selection;
    if (!rooms.length) return say("Select the rooms that are to be copied.");
    const ids = new Set(rooms.map(({ id }) => id));
    const doors = plan.doors.filter((door) => door.rooms.every((id) => id === null || ids.has(id)));
    try {
      this.storage.setItem(NAME, JSON.stringify({ from: floor.id, name: floor.name, rooms, doors }));
    } catch {
      return say("This browser has no space left to keep the copy.");
    }
    const words = `${this.#count({ rooms, doors })} copied. On another floor, press Ctrl V.`;
    say(words);
    const links = this.floors.map(({ name, url }) => h("a", { class: "btn btn-s", href: `${url}#paste` }, `Go to ${name}`));
    const box = part("offer");
    const close = h("button", { type: "button", class: "btn btn-s", onclick: () => (box.hidden = true) }, "Close");
    box.replaceChildren(h("p", {}, words), ...links, close);
    box.hidden = false;
    return null;
  }

  /** Ask before anything is put down: how many, from where, and what would lie on what is here. */
  ask() {
    const { say, offer, tools } = this.editor;
    const found = this.#kept();
    if (!found) return say("Nothing was copied. Select rooms on a floor, and press Ctrl C.");
    if (tools.readonly) return false;
    const { fitting, blocked } = this.#sorted(found.rooms);
    if (!fitting.length) return say(`No room of the ${found.rooms.length} copied fits here: each would lie on a room of this floor.`);
    const left = blocked.length ? ` ${plural(blocked.length, "room")} would lie on rooms of this floor and ${blocked.length === 1 ? "is" : "are"} left out: ${blocked.slice(0, 4).map(labelOf).join(", ")}${blocked.length > 4 ? " and more" : ""}.` : "";
    const doors = this.#doors(found.doors, fitting);
    const words = `Put ${this.#count({ rooms: fitting, doors })} from ${found.name} here?${left}`;
    say(words);
    return offer(words, "Put them here", () => this.#put(fitting, doors, found.name), { label: "Do not", deed: () => say("Nothing was put here.") });
  }

  #put(rooms, doors, from) {
    const { edits, selection, say } = this.editor;
    const ids = new Map(rooms.map(({ id }) => [id, newId()]));
    const copies = rooms.map((room) => ({ ...room, id: ids.get(room.id) }));
    const label = `copying ${plural(rooms.length, "room")} from ${from}`;
    const placed = doors.map((door) => ({ put: "door", value: { ...door, id: newId(), number: "", rooms: door.rooms.map((id) => (id === null ? null : ids.get(id))) } }));
    const problem = edits.make(label, [...edits.changesToAdd(copies), ...placed]);
    if (problem) return say(`Not done: ${problem.words}`);
    selection.selectRooms(copies.map(({ id }) => id));
    return say(`${this.#count({ rooms, doors })} put here. They are selected: drag the handle, or use the arrow keys, to move them together.`);
  }

  /** Rooms that fit between those that are here, and those that do not. */
  #sorted(rooms) {
    const { plan } = this.editor;
    const blocked = rooms.filter((room) => problemWith(plan, new Map([["copy", { ...room, id: "copy" }]])));
    return { blocked, fitting: rooms.filter((room) => !blocked.includes(room)) };
  }

  #doors(doors, rooms) {
    const ids = new Set(rooms.map(({ id }) => id));
    return doors.filter((door) => door.rooms.every((id) => id === null || ids.has(id)));
  }

  #count({ rooms, doors }) {
    return `${plural(rooms.length, "room")}${doors.length ? ` and ${plural(doors.length, "door")}` : ""}`;
  }

  #kept() {
    try {
      const found = JSON.parse(this.storage.getItem(NAME));
      return Array.isArray(found?.rooms) && found.rooms.length ? found : null;
    } catch {
      return null;
    }
  }
}
