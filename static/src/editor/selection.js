// What is selected: one door, or one room or more; and which corner of a single room the keys move.
import { cornersOf } from "./outline.js";

export class Selection extends EventTarget {
  #kind = null;
  #ids = []; // in the order in which they were taken
  #there = new Set();
  corner = null;

  constructor(plan) {
    super();
    this.plan = plan;
    plan.addEventListener("load", () => this.clear());
    plan.addEventListener("change", () => this.#check());
    plan.addEventListener("numbers", () => this.#changed());
  }

  get kind() {
    return this.#kind;
  }

  /** The id of what is selected, where it is one thing. */
  get id() {
    return this.#ids.length === 1 ? this.#ids[0] : null;
  }

  get ids() {
    return this.#ids;
  }

  /** Tells one selection from another: "room:1f", "rooms:1f,20", or null. */
  get key() {
    if (!this.#kind) return null;
    return this.isMany ? `rooms:${this.#ids.join()}` : `${this.#kind}:${this.#ids[0]}`;
  }

  /** The room, where just one is selected. */
  get room() {
    return this.#kind === "room" && this.#ids.length === 1 ? this.plan.room.get(this.#ids[0]) : undefined;
  }

  get rooms() {
    return this.#kind === "room" ? this.#ids.map((id) => this.plan.room.get(id)) : [];
  }

  get isMany() {
    return this.#ids.length > 1;
  }

  get door() {
    return this.#kind === "door" ? this.plan.door.get(this.#ids[0]) : undefined;
  }

  has(id) {
    return this.#there.has(id);
  }

  select(kind, id) {
    if (kind) this.#set(kind, [id]);
    else this.#set(null, []);
  }

  /** Select these rooms, however many. */
  selectRooms(ids) {
    this.#set(ids.length ? "room" : null, [...new Set(ids)]);
  }

  /** Take a room into what is selected, or out of it. */
  toggle(id) {
    const now = this.#kind === "room" ? this.#ids : [];
    this.selectRooms(now.includes(id) ? now.filter((each) => each !== id) : [...now, id]);
  }

  clear() {
    this.#set(null, []);
  }

  pickCorner(corner) {
    this.corner = corner;
    this.#changed();
  }

  #set(kind, ids) {
    if (this.#kind === kind && this.#ids.length === ids.length && ids.every((id, place) => id === this.#ids[place])) return;
    [this.#kind, this.#ids, this.corner] = [kind, ids, null];
    this.#there = new Set(ids);
    this.#changed();
  }

  /** Undo may have taken away what was selected, or changed it. */
  #check() {
    if (this.#kind && !this.#ids.every((id) => this.plan[this.#kind].has(id))) {
      this.#ids = this.#ids.filter((id) => this.plan[this.#kind].has(id));
      if (!this.#ids.length) this.#kind = null;
      this.#there = new Set(this.#ids);
      this.corner = null;
    }
    if (this.corner !== null && this.corner >= (this.room ? cornersOf(this.room).length : 0)) this.corner = null;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
