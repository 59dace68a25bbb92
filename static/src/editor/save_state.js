// The words beside the title: saved (when, as which draft), saving, not saved and why. They are always there.
import { clock, copyOf, h, plural } from "./dom.js";

export class SaveState {
  constructor(saver, element, isKept) {
    Object.assign(this, { saver, element, isKept });
    saver.addEventListener("state", () => this.draw());
    this.draw();
  }

  draw() {
    const [icon, words, ...buttons] = this.#words(this.saver.state);
    this.element.replaceChildren(copyOf(`icon-${icon}`), h("span", {}, ...words), ...buttons);
    this.element.classList.toggle("save-not", ["unsent", "refused", "conflict"].includes(this.saver.state.name));
  }

  #words(state) {
    const { saver } = this;
    const where = this.isKept() ? "Kept on this computer." : "Do not close this page.";
    switch (state.name) {
      case "saving":
        return ["clock", [h("b", {}, "Saving…")]];
      case "unsent":
        return ["offline", [h("b", {}, "Not saved: "), `${state.why} ${plural(saver.count, "change")}. ${where} `], this.#retry()];
      case "refused":
        return ["bang", [h("b", {}, "Not saved: "), `${plural(state.count, "change")} cannot be kept as drawn. The rest is saved.`]];
      case "conflict":
        return ["people", [h("b", {}, "Not saved: "), `${state.theirs.saved_by} was faster. ${where}`]];
      default:
        return ["store", [h("b", {}, `Saved ${clock(saver.savedAt)}`), ` as draft ${saver.version}, by ${saver.savedBy}`]];
    }
  }

  #retry() {
    return h("button", { type: "button", class: "btn btn-s", onclick: () => this.saver.flush() }, "Try again");
  }
}
