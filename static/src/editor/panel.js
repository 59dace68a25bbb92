// The card of what is selected: one room, many rooms, or a door. Everything can be done here without the pointer.
import { copyOf } from "./dom.js";
import { doorCard } from "./door_card.js";
import { manyCard } from "./many_card.js";
import { roomCard } from "./room_card.js";
import { spotCard } from "./spot_card.js";

export class Panel {
  #shown; // nothing yet, which is not the same as null: nothing selected
  #fill = () => {};

  constructor(editor, element) {
    this.editor = editor;
    this.element = element;
    const draw = () => this.draw();
    editor.selection.addEventListener("change", draw);
    editor.saver.addEventListener("refused", draw);
    editor.saver.addEventListener("accepted", draw);
    this.draw();
  }

  /** Go to the first field: that of the tool in hand, if it has a card, else that of what is selected. */
  focus() {
    const tool = this.editor.part("tool-card");
    const card = tool && !tool.hidden ? tool : this.element;
    card.querySelector("input:not([type=radio]), input[type=radio]:checked, select, button")?.focus();
  }

  /** Draw the card anew where something else is selected, else only what changed: the focus stays where it is. */
  draw() {
    const { selection } = this.editor;
    if (this.#shown !== selection.key) {
      this.#shown = selection.key;
      const { elements, fill } = this.#card();
      this.#fill = fill;
      this.element.replaceChildren(...elements.flat().filter(Boolean));
    }
    this.#fill();
  }

  #card() {
    const { selection } = this.editor;
    if (selection.isMany) return manyCard(this.editor);
    if (selection.room) return roomCard(this.editor);
    if (selection.door) return doorCard(this.editor);
    if (selection.kind === "spot") return spotCard(this.editor);
    return { elements: [copyOf("nothing-selected")], fill: () => {} };
  }
}

/** The sentence with which the server refused what is selected, in an element. */
export function fillRefusal({ saver, selection }, element) {
  const refusal = saver.refusalOf(selection.key);
  element.textContent = refusal ? `Not saved. ${refusal.message}` : "";
  element.hidden = !refusal;
}
