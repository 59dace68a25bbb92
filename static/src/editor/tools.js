// Which tool is in hand: "select", "room", "door" or one that a part added. The toolbar's buttons show it.

export class Tools extends EventTarget {
  current = "select";
  #hints = new Map([["select", ""]]);
  #drags = []; // of tools: whether a drag that begins now is theirs

  constructor(buttons, { readonly = false } = {}) {
    super();
    this.buttons = buttons;
    this.readonly = readonly;
    for (const button of buttons) button.addEventListener("click", () => this.take(button.dataset.tool));
    this.#show();
  }

  /** Add a tool. ``hint`` is shown over the plan while it is in hand; ``takesDrag(event)`` says where a drag does not pan. */
  add(name, { hint = "", takesDrag = null } = {}) {
    this.#hints.set(name, hint);
    if (takesDrag) this.#drags.push((event) => this.current === name && takesDrag(event));
  }

  /** A drag that some part takes whatever tool is in hand. */
  addDrag(takesDrag) {
    this.#drags.push(takesDrag);
  }

  letPan(event) {
    return !this.#drags.some((takes) => takes(event));
  }

  get hint() {
    return this.#hints.get(this.current) ?? "";
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
