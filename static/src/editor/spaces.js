// Parts of the floor in no room that rooms enclose, such as a central waiting area that nobody has drawn. The server
// measures them after each save (zonemap/geometry/uncovered.py); here they wait until somebody makes one a room.
import { boxOf, holds } from "./outline.js";
import { inBox } from "./rings.js";
import { fitted } from "./reshape.js";
import { fetchJson } from "./server.js";

const WAIT_MS = 500;

export class Spaces extends EventTarget {
  #asked = null;
  #found = [];

  constructor(editor) {
    super();
    this.editor = editor;
    editor.saver.addEventListener("accepted", () => this.#soon());
    editor.plan.addEventListener("load", () => this.#soon());
    this.#soon();
  }

  /** Those that are still free, {kind: "space", area, place, rooms, ring, holes}. */
  get found() {
    const { plan } = this.editor;
    return this.#found.filter(({ place }) => !plan.rooms.some((room) => inBox(place, boxOf(room)) && holds(room, place)));
  }

  #soon() {
    clearTimeout(this.#asked);
    this.#asked = setTimeout(() => this.#ask().catch(() => {}), WAIT_MS); // the next save brings them
  }

  async #ask() {
    const { version, spaces } = await fetchJson(this.editor.root.dataset.spaces);
    if (version !== this.editor.saver.version) return;
    this.#found = spaces.map((each) => ({ kind: "space", ...each }));
    this.dispatchEvent(new CustomEvent("change"));
  }
}

/** Make a space a room; without what would lie on others, where rounding puts it there. Gives the reason where it cannot be. */
export function makeRoom({ edits, plan }, { ring, holes }) {
  const problem = edits.addRoom(ring, holes);
  if (!problem) return null;
  const shape = holes.length ? null : fitted(plan, ring);
  return shape ? edits.addRoom(shape[0], shape.slice(1)) : problem;
}
