// The door tool: a preview follows the pointer along the nearest wall; a click places the door.
import { doorAt } from "./doors.js";

const REACH_PX = 28;
const REACH_LEAST = 0.35; // metres

export class DoorTool {
  constructor(editor) {
    this.editor = editor;
    editor.map.on("pointermove", (event) => this.#hover(event));
    editor.map.on("click", (event) => this.#click(event));
    editor.tools.add("door", { hint: "Click on the wall that the door is in." });
    editor.tools.addEventListener("change", () => editor.ghost.clear());
    editor.keys.bind({ keys: ["d"], words: "place a door", deed: () => editor.tools.take("door") });
  }

  get #active() {
    return this.editor.tools.current === "door";
  }

  #find(point) {
    const reach = Math.max(REACH_LEAST, REACH_PX * this.editor.layers.resolution);
    return doorAt(this.editor.plan.rooms, point, reach);
  }

  #hover(event) {
    if (!this.#active || event.dragging) return;
    const found = this.#find(event.coordinate);
    this.editor.map.getTargetElement().style.cursor = found.jambs ? "copy" : "not-allowed";
    this.editor.ghost.show(found);
    this.editor.hint(found.jambs ? `A door between ${this.editor.edits.sidesOf(found)}` : found.problem);
  }

  #click(event) {
    if (!this.#active) return;
    const found = this.#find(event.coordinate);
    if (found.problem) this.editor.say(found.problem);
    else this.editor.edits.addDoor(found);
    this.editor.ghost.clear();
  }
}
