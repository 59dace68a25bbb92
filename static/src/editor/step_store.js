// Undo and redo outlive a reload: each step is kept in this tab under a name of its own, so that keeping one more costs
// that step alone. Beside them stand their order and the fingerprint of the drawing that they belong to.

const CHARACTERS_MOST = 3_000_000; // browsers give a page about 5 million

export class StepStore {
  #names = new WeakMap(); // step -> its name
  #sizes = new Map(); // name -> characters
  #leftOut = new WeakSet();
  #next = 1;

  constructor(floorId, { history, fingerprint, version, storage = window.sessionStorage }) {
    Object.assign(this, { history, fingerprint, version, storage, name: `zonemap.steps.${floorId}` });
  }

  /** Keep up with the history from now on. */
  follow() {
    this.history.addEventListener("change", () => this.keep());
    this.fingerprint.plan.addEventListener("numbers", () => this.keep());
  }

  /** What was kept: {print, version, done, undone}, or null where there is nothing, or not all of it. */
  find() {
    try {
      const kept = JSON.parse(this.storage.getItem(this.name));
      if (!kept) return null;
      const steps = (names) => names.map((each) => this.#read(each));
      return { print: kept.print, version: kept.version, done: steps(kept.done), undone: steps(kept.undone) };
    } catch {
      return null;
    }
  }

  /** Keep the steps as they are now. What does not fit is left out, the oldest first, and stays so. */
  keep() {
    const { undone } = this.history;
    let done = this.history.done.filter((step) => !this.#leftOut.has(step));
    while (!this.#write(done, undone)) {
      if (!done.length) {
        this.drop();
        return;
      }
      const most = Math.ceil(done.length / 8);
      for (const step of done.slice(0, most)) this.#leftOut.add(step);
      done = done.slice(most);
    }
  }

  /** Forget everything that is kept for this floor. */
  drop() {
    for (const name of this.#all()) this.storage.removeItem(name);
    this.#sizes.clear();
    this.#names = new WeakMap();
  }

  #read(name) {
    const text = this.storage.getItem(`${this.name}.${name}`);
    const step = JSON.parse(text);
    if (!Array.isArray(step?.forward) || !Array.isArray(step.backward)) throw new Error("a step is missing");
    this.#names.set(step, name);
    this.#sizes.set(name, text.length);
    this.#next = Math.max(this.#next, name + 1);
    return step;
  }

  #write(done, undone) {
    try {
      const wanted = new Set([...done, ...undone].map((step) => this.#names.get(step)));
      for (const name of this.#sizes.keys()) if (!wanted.has(name)) this.#remove(name);
      const [before, after] = [done, undone].map((steps) => steps.map((step) => this.#named(step)));
      if (this.#size > CHARACTERS_MOST) return false;
      this.storage.setItem(this.name, JSON.stringify({ print: this.fingerprint.value, version: this.version(), done: before, undone: after }));
      return true;
    } catch {
      return false; // the browser's own limit
    }
  }

  get #size() {
    return [...this.#sizes.values()].reduce((sum, each) => sum + each, 0);
  }

  #named(step) {
    if (!this.#sizes.has(this.#names.get(step))) {
      const name = this.#next++;
      const { label, forward, backward } = step;
      const text = JSON.stringify({ label, forward, backward });
      this.storage.setItem(`${this.name}.${name}`, text);
      this.#names.set(step, name);
      this.#sizes.set(name, text.length);
    }
    return this.#names.get(step);
  }

  #remove(name) {
    this.storage.removeItem(`${this.name}.${name}`);
    this.#sizes.delete(name);
  }

  #all() {
    return Object.keys(this.storage).filter((each) => each === this.name || each.startsWith(`${this.name}.`));
  }
}
