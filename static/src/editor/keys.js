// Keys. They work while the focus is in the editor and not in a field, so that nobody sets them off by typing.
// Parts bind keys with words that tell what they do; of several bindings of a key the last one that applies is used.

export class Keys {
  #bindings = [];

  constructor(root, tools) {
    this.tools = tools;
    root.addEventListener("keydown", (event) => this.#hear(event));
  }

  /**
   * Bind a key: ``keys`` as KeyboardEvent.key says them, letters small; ``words`` for the list of keys, left out for
   * what needs none; ``reads`` where it works for those who may not draw, too; ``fields`` where it works in a field, too.
   * ``deed(event)`` gives false where the key means nothing now.
   */
  bind({ keys, ctrl = false, shift = null, words = "", shown = null, reads = false, fields = false, deed }) {
    this.#bindings.push({ keys, ctrl, shift, words, shown, reads, fields, deed });
  }

  /** All bindings that have words, in the order in which they were made. */
  get list() {
    return this.#bindings.filter(({ words }) => words);
  }

  /** Do what a key does; false where it does nothing. */
  press(key, event = {}) {
    const name = key.length === 1 ? key.toLowerCase() : key;
    const ctrl = Boolean(event.ctrl ?? (event.ctrlKey || event.metaKey));
    const fits = (each) => (each.fields || !event.target || !isField(event.target)) && each.keys.includes(name) && each.ctrl === ctrl && (each.shift === null || each.shift === Boolean(event.shiftKey));
    return this.#bindings.findLast((each) => fits(each) && (each.reads || !this.tools.readonly) && each.deed(event) !== false) !== undefined;
  }

  #hear(event) {
    if (event.defaultPrevented || pressesButton(event)) return;
    if (this.press(event.key, event)) event.preventDefault();
  }
}

function isField(element) {
  return element.matches("input:not([type=radio]):not([type=checkbox]), select, textarea") || Boolean(element.closest("dialog"));
}

/** Enter and Space on a button, link or the like are its own. */
function pressesButton({ key, target }) {
  return (key === "Enter" || key === " ") && target.matches("button, a, summary, input");
}
