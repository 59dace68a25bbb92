// What is selected: one room or door, and which corner of the room the keys move.

export class Selection extends EventTarget {
  kind = null;
  id = null;
  corner = null;

  constructor(plan) {
    super();
    this.plan = plan;
    plan.addEventListener("load", () => this.clear());
    plan.addEventListener("change", () => this.#check());
    plan.addEventListener("numbers", () => this.#changed());
  }

  get key() {
    return this.kind ? `${this.kind}:${this.id}` : null;
  }

  get room() {
    return this.kind === "room" ? this.plan.room.get(this.id) : undefined;
  }

  get door() {
    return this.kind === "door" ? this.plan.door.get(this.id) : undefined;
  }

  select(kind, id) {
    if (this.kind === kind && this.id === id) return;
    [this.kind, this.id, this.corner] = [kind, id, null];
    this.#changed();
  }

  clear() {
    this.select(null, null);
  }

  pickCorner(index) {
    this.corner = index;
    this.#changed();
  }

  /** Undo may have taken away what was selected, or changed it. */
  #check() {
    if (this.kind && !this.plan[this.kind].has(this.id)) [this.kind, this.id, this.corner] = [null, null, null];
    if (this.corner !== null && this.corner >= (this.room?.ring.length ?? 0)) this.corner = null;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
