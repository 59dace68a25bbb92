// Steps that can be undone after a reload, where the drawing is still the one that they belong to.
import { Fingerprint } from "./fingerprint.js";
import { StepStore } from "./step_store.js";

export class StepMemory {
  #kept;

  constructor(editor) {
    this.editor = editor;
    const { plan, history, saver, floor } = editor;
    this.fingerprint = new Fingerprint(plan);
    this.store = new StepStore(floor.id, { history, fingerprint: this.fingerprint, version: () => saver.version });
    this.#kept = editor.tools.readonly ? null : this.store.find();
    this.store.follow();
    if (this.#kept?.print === this.fingerprint.value) this.#restore();
  }

  /** Make changes that were not saved; with the steps that led to them, where these are kept, else as one step. */
  bringBack(label, changes) {
    const { plan, history } = this.editor;
    if (this.#kept?.print !== this.fingerprint.after(changes)) {
      history.do(label, changes);
      return;
    }
    plan.apply(changes);
    this.#restore();
  }

  /** Nothing is brought back: say so where steps are lost because somebody else saved. */
  settle() {
    if (!this.#kept) return;
    const { saver, say } = this.editor;
    const steps = this.#kept.done.length;
    if (steps && this.#kept.version !== saver.version) say(`${saver.savedBy} saved this floor meanwhile. Earlier steps cannot be undone any more.`);
    this.#kept = null;
    this.store.keep();
  }

  #restore() {
    this.editor.history.restore(this.#kept);
    this.#kept = null;
  }
}
