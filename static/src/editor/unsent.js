// What is not saved yet is also kept in this browser, until the server has it: each page under a name of its own, so
// that two tabs do not overwrite each other, nor a page what the one before it left.
import { keyOf } from "./plan.js";

export class Unsent {
  #name;

  /** ``tab`` is {id, living}, as this_tab.js has it. */
  constructor(floorId, tab, storage = window.localStorage) {
    this.prefix = `zonemap.unsent.${floorId}.`;
    this.tab = tab;
    this.storage = storage;
    this.#name = `${this.prefix}${tab.id}.${Date.now().toString(36)}`;
  }

  /** Keep {version, changes}, or forget it when null. A full or forbidden storage must not stop the editor. */
  keep(state) {
    try {
      if (state) this.storage.setItem(this.#name, JSON.stringify({ ...state, at: new Date().toISOString() }));
      else this.storage.removeItem(this.#name);
      return true;
    } catch {
      return false;
    }
  }

  /** What pages before this one left, of this tab or of tabs that are gone: {changes, at, names}, or null. */
  find() {
    try {
      const left = Object.keys(this.storage).filter((name) => this.#isLeft(name)).map((name) => ({ name, ...JSON.parse(this.storage.getItem(name)) }));
      const found = left.filter(({ changes }) => Array.isArray(changes)).sort((one, two) => one.at.localeCompare(two.at));
      const newest = new Map(found.flatMap(({ changes }) => changes.map((change) => [keyOf(change), change])));
      return newest.size ? { changes: [...newest.values()], at: found.at(-1).at, names: found.map(({ name }) => name) } : null;
    } catch {
      return null;
    }
  }

  /** Forget what was found. */
  drop({ names }) {
    for (const name of names) this.storage.removeItem(name);
  }

  #isLeft(name) {
    if (!name.startsWith(this.prefix) || name === this.#name) return false;
    const owner = name.slice(this.prefix.length).split(".")[0];
    return owner === this.tab.id || !this.tab.living.has(owner);
  }
}
