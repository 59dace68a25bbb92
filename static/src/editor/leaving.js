// Leaving the page with changes that are not saved, and coming back to them.
import { ago, plural } from "./dom.js";
import { keyOf, textOf } from "./plan.js";

export class Leaving {
  constructor(editor) {
    this.editor = editor;
    const { saver } = editor;
    window.addEventListener("online", () => saver.count && saver.flush());
    window.addEventListener("beforeunload", (event) => {
      if (saver.isIdle) return;
      saver.flush();
      event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && saver.count) saver.flush();
    });
    // A page that shows the floor as it is saved must not come before the last change.
    for (const link of document.querySelectorAll("[data-after-saving]")) link.addEventListener("click", (event) => this.leave(event, link.href));
    window.addEventListener("hashchange", () => editor.showHash());
    this.#offerUnsent();
  }

  /** Follow a link once everything is saved. */
  async leave(event, href) {
    const { saver, say } = this.editor;
    if (saver.isIdle) return;
    event.preventDefault();
    await saver.flush();
    if (saver.isIdle) window.location.assign(href);
    else say("Not everything is saved yet. See beside the title.");
  }

  /** What was not saved when the page was left, if there is something. */
  #offerUnsent() {
    const { unsent, tools, base, memory, say, offer } = this.editor;
    const found = tools.readonly ? null : unsent.find();
    const forget = () => {
      if (found) unsent.drop(found);
      memory.settle();
    };
    const count = found?.changes.filter((change) => textOf(change.value) !== (base.get(keyOf(change)) ?? "")).length ?? 0;
    if (!count) {
      forget(); // the server has it
      return;
    }
    const bringBack = () => {
      memory.bringBack("what was not saved", found.changes);
      forget();
      say("Your unsaved changes are back.");
    };
    offer(`${plural(count, "change")} from ${ago(found.at)} ${count === 1 ? "was" : "were"} not saved. They are kept on this computer.`, "Put them back", bringBack, { label: "Drop them", deed: forget });
  }
}
