// Undo and redo: a list of commands, each with the changes that do it and those that undo it.

const MOST = 500;

export class History extends EventTarget {
  #done = [];
  #undone = [];

  constructor(plan) {
    super();
    this.plan = plan;
  }

  /** Make a change that can be undone. Commands with the same ``merge`` that follow one another count as one. */
  do(label, changes, merge = null) {
    if (!changes.length) return;
    const backward = this.plan.apply(changes);
    const last = this.#done.at(-1);
    if (merge && last?.merge === merge) {
      this.#done.splice(-1, 1, { label, forward: [...last.forward, ...changes], backward: [...backward, ...last.backward], merge });
    } else {
      this.#done.push({ label, forward: changes, backward, merge });
    }
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
    this.#changed();
  }

  /** What comes next starts a command of its own, even if it is of the same kind. */
  close() {
    const last = this.#done.at(-1);
    if (last) last.merge = null;
  }

  undo() {
    const command = this.#done.pop();
    if (!command) return null;
    this.plan.apply(command.backward);
    this.#undone.push(command);
    this.#changed();
    return command.label;
  }

  redo() {
    const command = this.#undone.pop();
    if (!command) return null;
    command.merge = null;
    this.plan.apply(command.forward);
    this.#done.push(command);
    this.#changed();
    return command.label;
  }

  get undoLabel() {
    return this.#done.at(-1)?.label ?? null;
  }

  get redoLabel() {
    return this.#undone.at(-1)?.label ?? null;
  }

  /** The steps that can be undone, the oldest first. */
  get done() {
    return this.#done;
  }

  /** The steps that can be done again, the next one last. */
  get undone() {
    return this.#undone;
  }

  /** Take over steps that belong to the plan as it is now. */
  restore({ done, undone }) {
    this.#done = [...done];
    this.#undone = [...undone];
    this.#changed();
  }

  get length() {
    return this.#done.length;
  }

  clear() {
    this.#done = [];
    this.#undone = [];
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("change"));
  }
}
