// Which tool is in hand: "select", "room" or "door". The toolbar's buttons show it.

export class Tools extends EventTarget {
  current = "select";

  constructor(buttons, { readonly = false } = {}) {
    super();
    this.buttons = buttons;
    this.readonly = readonly;
    for (const button of buttons) button.addEventListener("click", () => this.take(button.dataset.tool));
    this.#show();
  }

  take(name) {
    if (this.readonly || this.current === name) return;
    this.current = name;
    this.#show();
    this.dispatchEvent(new CustomEvent("change"));
  }

  get canShape() {
    return this.current === "select" && !this.readonly;
  }

  #show() {
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.tool === this.current));
  }
}
