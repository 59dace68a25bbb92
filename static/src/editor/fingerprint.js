// A short mark of a whole plan, to tell whether it is the very drawing that some steps belong to. It is kept up with each
// change at the cost of that change alone: the marks of all rooms and doors, added bit by bit.
import { byKey, textOf } from "./plan.js";

/** Two 32-bit numbers out of a text; one letter that differs changes both. */
function marksOf(text) {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    one = Math.imul(one ^ code, 0x9e3779b1);
    two = Math.imul(two ^ code, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(two ^ (two >>> 13), 0xc2b2ae35);
  two = Math.imul(two ^ (two >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return [one >>> 0, two >>> 0];
}

/** The marks of one room, door or spot. The order of its fields does not count: the server may write another. */
function marksAt(key, value) {
  return value ? marksOf(`${key} ${textOf(value)}`) : [0, 0];
}

export class Fingerprint {
  #sum = [0, 0];
  #known = new Map(); // key -> the marks that are in the sum

  constructor(plan) {
    this.plan = plan;
    plan.addEventListener("load", () => this.#all());
    for (const name of ["change", "numbers"]) plan.addEventListener(name, ({ detail }) => this.#note(detail));
    this.#all();
  }

  get value() {
    return this.#sum.map((part) => part.toString(36)).join(".");
  }

  /** What it would be after these changes, which are not made. */
  after(changes) {
    const sum = [...this.#sum];
    const seen = new Map();
    for (const change of changes) {
      const key = change.put ? `${change.put}:${change.value.id}` : `${change.drop}:${change.id}`;
      const now = marksAt(key, change.put ? change.value : undefined);
      add(sum, seen.get(key) ?? this.#known.get(key) ?? [0, 0]);
      add(sum, now);
      seen.set(key, now);
    }
    return sum.map((part) => part.toString(36)).join(".");
  }

  #all() {
    this.#sum = [0, 0];
    this.#known.clear();
    this.#note([...byKey(this.plan).keys()]);
  }

  #note(keys) {
    for (const key of keys) {
      const value = this.plan.at(key);
      add(this.#sum, this.#known.get(key) ?? [0, 0]);
      this.#known.delete(key);
      if (!value) continue;
      this.#known.set(key, marksAt(key, value));
      add(this.#sum, this.#known.get(key));
    }
  }
}

/** Bit by bit, so that adding twice takes away again. */
function add(sum, marks) {
  sum[0] = (sum[0] ^ marks[0]) >>> 0;
  sum[1] = (sum[1] ^ marks[1]) >>> 0;
}
