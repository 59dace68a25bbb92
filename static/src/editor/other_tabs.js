// The same floor in two tabs of one browser: each is told, and one that has nothing unsaved follows what the other saves.
import { fetchJson } from "./server.js";

export class OtherTabs {
  #others = new Set();
  #behind = false; // whether another tab has saved since

  constructor(editor) {
    this.editor = editor;
    this.element = editor.part("elsewhere");
    if (!window.BroadcastChannel || editor.tools.readonly) return;
    this.channel = new BroadcastChannel(`zonemap.floor.${editor.floor.id}`);
    this.channel.addEventListener("message", ({ data }) => this.#hear(data));
    editor.saver.addEventListener("accepted", ({ detail }) => this.#tell("saved", { version: detail.version }));
    editor.saver.addEventListener("state", ({ detail }) => detail.name === "saved" && this.#follow());
    window.addEventListener("pagehide", () => this.#tell("gone"));
    window.addEventListener("pageshow", () => this.#tell("here"));
    document.addEventListener("visibilitychange", () => this.#follow());
    this.#tell("here");
  }

  #tell(what, more = {}) {
    this.channel.postMessage({ what, tab: this.editor.tab.id, ...more });
  }

  #hear({ what, tab, version }) {
    if (what === "gone") this.#others.delete(tab);
    else this.#others.add(tab);
    if (what === "here") this.#tell("here too");
    if (what === "saved" && version > this.editor.saver.version) this.#behind = true;
    this.#show();
    this.#follow();
  }

  #show() {
    this.element.hidden = !this.#others.size;
    this.element.textContent = this.#others.size ? "This floor is open in another tab of this browser, too. Draw in one of them." : "";
  }

  /** Take over what the other tab saved, once nothing of our own is unsaved and somebody looks at this one. */
  async #follow() {
    const { saver } = this.editor;
    if (!this.#behind || document.hidden || !saver.isIdle || saver.state.name !== "saved") return;
    this.#behind = false;
    const draft = await fetchJson(this.editor.root.dataset.draft).catch(() => null);
    if (!draft || draft.version <= saver.version || !saver.isIdle) return;
    this.editor.takeOver(draft);
    this.editor.say("What the other tab saved is shown here now. Steps before it cannot be undone here.");
  }
}
