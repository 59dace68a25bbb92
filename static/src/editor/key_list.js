// The list of keys, made from the bindings themselves: what is bound with words stands in it, and nothing else.
import { h } from "./dom.js";

const NAMES = { Escape: "Esc", " ": "Space", Delete: "Del", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };
const POINTER = [
  ["click", "choose a room or door"],
  ["drag", "move the plan; with the Room tool: a rectangle"],
  ["drag a corner", "move it, in all rooms that share it"],
  ["Alt click", "remove a corner"],
  ["wheel, pinch", "closer and farther"],
];

export class KeyList {
  constructor(editor) {
    this.editor = editor;
    this.dialog = h("dialog", { class: "key-list", "aria-labelledby": "keys-h" });
    editor.root.append(this.dialog);
    editor.keys.bind({ keys: ["?"], words: "this list", reads: true, deed: () => this.open() });
    editor.part("keys-open")?.addEventListener("click", () => this.open());
  }

  open() {
    const { keys, tools } = this.editor;
    const bound = keys.list.filter(({ reads }) => reads || !tools.readonly);
    const close = () => this.dialog.close();
    this.dialog.replaceChildren(
      h("div", { class: "row" }, h("h2", { id: "keys-h" }, "Keys"), h("button", { type: "button", class: "btn btn-s push", onclick: close }, "Close")),
      h("p", { class: "small" }, "They work while the focus is on the plan or beside it, and not in a field."),
      h("dl", { class: "keys" }, this.#byWords(bound).map(([words, shown]) => h("div", {}, h("dt", {}, shown.flatMap((key, place) => [place ? " " : "", h("kbd", {}, key)])), h("dd", {}, words)))),
      h("h3", {}, "Pointer and touch"),
      h("dl", { class: "keys" }, (tools.readonly ? POINTER.filter((_, place) => place !== 2 && place !== 3) : POINTER).map(([what, words]) => h("div", {}, h("dt", {}, what), h("dd", {}, words)))),
    );
    if (!this.dialog.open) this.dialog.showModal();
  }

  /** One line for each text, in the order in which the keys were bound. */
  #byWords(bound) {
    const lines = new Map();
    for (const each of bound) lines.set(each.words, [...(lines.get(each.words) ?? []), inWords(each)]);
    return [...lines];
  }
}

function inWords({ keys, ctrl, shift, shown }) {
  if (shown) return shown;
  const [key] = keys;
  const name = NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [ctrl && "Ctrl", shift && "Shift", name].filter(Boolean).join(" ");
}
