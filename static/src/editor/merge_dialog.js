// Joining rooms: which of them gives its number, name and class to the whole is asked first.
import { classOf, labelOf } from "./classes.js";
import { h, plural } from "./dom.js";
import { areaOf } from "./outline.js";
import { mergedShape } from "./merge.js";
import { mergeRooms } from "./reshape.js";

const ROOMS_MOST = 40;

export class MergeDialog {
  constructor(editor) {
    this.editor = editor;
    this.dialog = h("dialog", { class: "ask", "aria-labelledby": "merge-h" });
    editor.root.append(this.dialog);
    editor.keys.bind({ keys: ["j"], words: "join the selected rooms", deed: () => this.open() });
    editor.part("join")?.addEventListener("click", () => this.open());
  }

  open() {
    const { plan, selection, say, edits, map } = this.editor;
    const { rooms } = selection;
    if (rooms.length < 2) return say("Select two rooms or more that share a wall, or that a thin wall parts. Shift and click takes one more; so do the ticks in the table.");
    if (rooms.length > ROOMS_MOST) return say(`At most ${ROOMS_MOST} rooms can be joined at once.`);
    const ids = new Set(rooms.map(({ id }) => id));
    const { problem, strips } = mergedShape(rooms, plan.rooms.filter(({ id }) => !ids.has(id)), { across: true });
    if (problem) return say(problem);
    const sorted = [...rooms].sort((one, two) => areaOf(two) - areaOf(one));
    const choices = sorted.map((room, place) => h("label", { class: "pick" }, h("input", { type: "radio", name: "keep", value: room.id, checked: place === 0 }), h("span", {}, labelOf(room), " ", h("span", { class: "quiet" }, classOf(room).word))));
    const inner = plan.doors.filter((door) => door.rooms.every((id) => ids.has(id))).length;
    const classes = new Set(rooms.map((room) => room.class)).size;
    const close = () => {
      this.dialog.close();
      map.getTargetElement().focus();
    };
    const join = (event) => {
      event.preventDefault();
      const keep = plan.room.get(this.dialog.querySelector("input:checked").value);
      close();
      const refused = mergeRooms(edits, rooms, keep);
      if (refused) say(refused);
    };
    this.dialog.replaceChildren(
      h("form", { class: "stack-s", onsubmit: join },
        h("h2", { id: "merge-h" }, `Join ${plural(rooms.length, "room")} into one`),
        h("fieldset", {}, h("legend", {}, "Number, name and class of the whole"), choices),
        classes > 1 ? h("p", { class: "small" }, "The rooms have different classes. The whole gets the class of the one chosen here.") : null,
        strips.length ? h("p", { class: "small" }, wallWords(strips)) : null,
        inner ? h("p", { class: "small" }, `${plural(inner, "door")} between them ${inner === 1 ? "goes" : "go"}.`) : null,
        h("p", { class: "row" }, h("button", { class: "btn btn-main", type: "submit" }, "Join them"), h("button", { class: "btn", type: "button", onclick: close }, "Cancel"))));
    this.dialog.showModal();
    return null;
  }
}

/** That the wall between them goes, and how thick it is. */
function wallWords(strips) {
  const thick = Math.max(...strips.map(({ wide }) => wide));
  const walls = strips.length === 1 ? "The wall between them" : `${strips.length} walls between them`;
  return `${walls}, up to ${Math.round(thick * 100)} cm (${Math.round(thick / 0.0254)} in) thick, become${strips.length === 1 ? "s" : ""} part of the whole.`;
}
