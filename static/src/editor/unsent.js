// What is not saved yet is also kept in this browser, until the server has it.

export class Unsent {
  constructor(floorId, storage = window.localStorage) {
    this.name = `zonemap.unsent.${floorId}`;
    this.storage = storage;
  }

  /** Keep {version, changes}, or forget it when null. A full or forbidden storage must not stop the editor. */
  keep(state) {
    try {
      if (state) this.storage.setItem(this.name, JSON.stringify({ ...state, at: new Date().toISOString() }));
      else this.storage.removeItem(this.name);
      return true;
    } catch {
      return false;
    }
  }

  /** What was kept: {version, changes, at}, or null. */
  find() {
    try {
      const found = JSON.parse(this.storage.getItem(this.name));
      return Array.isArray(found?.changes) && found.changes.length ? found : null;
    } catch {
      return null;
    }
  }
}
