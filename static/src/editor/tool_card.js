// The card of the tool in hand: the same work by numbers and lists, for those who do not draw with a pointer.

export class ToolCard {
  #cards = new Map();

  constructor(editor) {
    this.editor = editor;
    this.element = editor.part("tool-card");
    editor.tools.addEventListener("change", () => queueMicrotask(() => this.draw())); // after the tools let go
    this.element?.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      editor.map.getTargetElement().focus();
    });
    editor.selection.addEventListener("change", () => this.#cards.get(editor.tools.current)?.fill?.());
  }

  /** ``card()`` makes {elements, fill()} for the tool of this name, each time it is taken in hand. */
  add(name, card) {
    this.#cards.set(name, { make: card });
  }

  draw() {
    if (!this.element) return;
    const card = this.#cards.get(this.editor.tools.current);
    this.element.hidden = !card;
    this.element.replaceChildren();
    if (!card) return;
    const { elements, fill } = card.make();
    card.fill = fill;
    this.element.replaceChildren(...elements);
    fill?.();
  }
}
