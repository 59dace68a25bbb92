// The buttons beside the plan that are no tools: undo and redo, closer and farther, the whole sheet.
import { fit, zoom } from "./map.js";

export class Toolbar {
  constructor(editor) {
    this.editor = editor;
    const { map, keys, history } = editor;
    const deeds = {
      undo: () => keys.press("z", { ctrl: true }),
      redo: () => keys.press("y", { ctrl: true }),
      closer: () => zoom(map, 0.7),
      farther: () => zoom(map, -0.7),
      whole: () => fit(map, undefined, 150),
    };
    for (const [name, deed] of Object.entries(deeds)) editor.part(name)?.addEventListener("click", deed);
    history.addEventListener("change", () => this.#draw());
    editor.tools.addEventListener("change", () => {
      editor.hint(editor.tools.hint);
      map.getTargetElement().style.cursor = "";
    });
    this.#draw();
  }

  #draw() {
    const { history } = this.editor;
    this.#button("undo", "Undo", history.undoLabel);
    this.#button("redo", "Redo", history.redoLabel);
  }

  #button(name, word, label) {
    const button = this.editor.part(name);
    if (!button) return;
    button.disabled = !label;
    button.title = label ? `${word} ${label}` : "";
  }
}
