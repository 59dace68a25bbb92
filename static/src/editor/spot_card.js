// The waiting spot by list and buttons: in which public room it is. The card of the tool, and of the spot when selected.
import { labelOf } from "./classes.js";
import { h } from "./dom.js";
import { choiceField, refill } from "./fields.js";
import { placeIn, putSpot, removeSpot, roomAt, spotOf, spotSentence } from "./spot.js";

const natural = new Intl.Collator("en", { numeric: true });

export function spotCard(editor) {
  const { plan, tools } = editor;
  const where = h("p", {});
  const rooms = choiceField("Public room", []);
  const none = h("p", { class: "small" }, "No room is public yet. Mark the lobby or the waiting room as public first.");
  const put = h("button", { type: "submit", class: "btn" }, "Put it in this room");
  const remove = h("button", { type: "button", class: "btn", onclick: () => removeSpot(editor) }, "Remove it");
  const fill = () => {
    const spot = spotOf(plan);
    const open = plan.rooms.filter((room) => room.class === "public").sort((one, two) => natural.compare(labelOf(one), labelOf(two)));
    where.textContent = spotSentence(plan);
    if (document.activeElement !== rooms.select) refill(rooms.select, open.map((room) => [room.id, labelOf(room)]));
    const here = spot && roomAt(plan, spot.at);
    if (here?.class === "public" && document.activeElement !== rooms.select) rooms.select.value = here.id;
    none.hidden = open.length > 0;
    form.hidden = !open.length;
    remove.hidden = !spot;
  };
  const send = (event) => {
    event.preventDefault();
    const room = plan.room.get(rooms.select.value);
    if (!room || putSpot(editor, placeIn(room))) return;
    editor.lookAt([spotOf(plan).at]);
    fill();
  };
  const form = h("form", { class: "stack-s", onsubmit: send }, rooms.element, h("p", { class: "row" }, put, remove));
  const elements = [h("h2", {}, "Where officers wait"), where];
  return { elements: tools.readonly ? elements : [...elements, none, form], fill };
}
