// Leaving the page with changes that are not saved, and coming back to them.
import { ago, plural } from "./dom.js";
import { keyOf } from "./plan.js";

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
    for (const link of document.querySelectorAll("[data-after-saving]")) link.addEventListener("click", (event) => this.#leave(event, link.href));
    window.addEventListener("hashchange", () => editor.showHash());
    this.#offerUnsent();
  }

  async #leave(event, href) {
    const { saver, say } = this.editor;
    if (saver.isIdle) return;
    event.preventDefault();
    await saver.flush();
    if (saver.isIdle) window.location.assign(href);
    else say("Not everything is saved yet. See beside the title.");
  }

  /** What was not saved when the page was left, if there is something. */
  #offerUnsent() {
    const { unsent, tools, base, history, say, offer } = this.editor;
    const found = unsent.find();
    if (!found || tools.readonly) return;
    const keys = found.changes.filter((change) => JSON.stringify(change.value) !== base.get(keyOf(change)));
    const bringBack = () => {
      history.do("what was not saved", found.changes);
      say("Your unsaved changes are back.");
    };
    if (keys.length) {
      const dropped = () => unsent.keep(null);
      offer(`${plural(keys.length, "change")} from ${ago(found.at)} ${keys.length === 1 ? "was" : "were"} not saved. They are kept on this computer.`, "Put them back", bringBack, { label: "Drop them", deed: dropped });
    } else {
      unsent.keep(null);
    }
  }
}
