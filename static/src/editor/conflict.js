// Two people on one floor. The second one is told, sees both drawings, and chooses. Nothing is lost either way.
import Feature from "ol/Feature.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { labelOf } from "./classes.js";
import { ago, h, plural } from "./dom.js";
import { polygonOf } from "./layers.js";
import { shapeOf } from "./outline.js";
import { byKey, difference, keyOf, SPOT, textOf } from "./plan.js";
import { around } from "./rings.js";
import { theirsStyles } from "./styles.js";

export class ConflictCard {
  constructor(editor, element) {
    Object.assign(this, { editor, element });
    this.source = new VectorSource();
    const style = () => theirsStyles(editor.layers.colours);
    editor.map.addLayer(new VectorLayer({ source: this.source, zIndex: 7, className: "ed-lines", style }));
    editor.saver.addEventListener("state", ({ detail }) => {
      if (detail.name === "conflict") this.#show(detail.theirs);
    });
  }

  #show(theirs) {
    const { saver, plan } = this.editor;
    const mine = saver.changes();
    const keys = new Set(mine.map(keyOf));
    const other = difference(plan, theirs.floor).filter((change) => !keys.has(keyOf(change)));
    const both = this.#changedByBoth(theirs.floor, mine);
    this.#drawTheirs(theirs.floor, [...other.map(keyOf), ...both]);
    const heading = `${theirs.saved_by} saved this floor ${ago(theirs.saved_at)}. Nothing is lost.`;
    this.element.replaceChildren(
      h("h2", { tabindex: "-1" }, heading),
      h("p", {}, `You have ${plural(mine.length, "change")} that ${mine.length === 1 ? "is" : "are"} not saved: ${this.#names([...keys])}.`),
      h("p", {}, both.length ? `You both changed ${this.#names(both, theirs.floor)}: the dotted outline is theirs.` : `Theirs do not touch yours${other.length ? "; they show as dotted outlines" : ""}.`),
      h("div", { class: "row" },
        h("button", { type: "button", class: "btn btn-main", onclick: () => this.#putMineOnTop(theirs, mine) }, "Save mine as a new draft on top"),
        h("button", { type: "button", class: "btn", onclick: () => this.#takeTheirs(theirs, mine) }, `Take ${theirs.saved_by}’s drawing`)),
    );
    this.element.hidden = false;
    this.element.querySelector("h2").focus();
  }

  /** Keys that I changed, where what they have differs from mine. Their version of what I did not touch is theirs alone. */
  #changedByBoth(floor, mine) {
    const { base } = this.editor;
    const now = byKey(floor);
    return mine.map(keyOf).filter((key) => textOf(now.get(key)) !== (base.get(key) ?? ""));
  }

  #putMineOnTop(theirs, mine) {
    const { plan, saver, history, setBase } = this.editor;
    const kept = mine.filter((change) => stillFits(change, theirs.floor, mine));
    setBase(theirs.floor);
    plan.load(theirs.floor);
    history.clear();
    history.do("your changes on top", kept);
    this.#close();
    saver.resume(theirs, kept.map(keyOf));
    this.editor.layers.setBoundary(theirs.boundary);
    const lost = mine.length - kept.length;
    this.editor.say(`Your changes stand on top of ${theirs.saved_by}’s.${lost ? ` ${plural(lost, "door")} had no room any more and ${lost === 1 ? "was" : "were"} left out.` : ""}`);
  }

  #takeTheirs(theirs, mine) {
    const { plan, saver, history, setBase, offer } = this.editor;
    setBase(theirs.floor);
    plan.load(theirs.floor);
    history.clear();
    this.#close();
    saver.resume(theirs, []);
    this.editor.layers.setBoundary(theirs.boundary);
    offer(`You see ${theirs.saved_by}’s drawing. Your ${plural(mine.length, "change")} ${mine.length === 1 ? "is" : "are"} put aside.`, "Bring mine back", () =>
      history.do("bringing back your changes", mine.filter((change) => stillFits(change, plan, mine))));
  }

  #close() {
    this.source.clear();
    this.element.hidden = true;
    this.element.replaceChildren();
    this.editor.map.getTargetElement().focus();
  }

  #drawTheirs(floor, keys) {
    const wanted = new Set(keys);
    this.source.clear();
    if (floor.waiting_spot && wanted.has(`spot:${SPOT}`)) this.source.addFeature(new Feature(polygonOf([around(floor.waiting_spot, 0.6)])));
    for (const room of floor.rooms) {
      if (wanted.has(`room:${room.id}`)) this.source.addFeature(new Feature(polygonOf(shapeOf(room))));
    }
  }

  #names(keys, floor = null) {
    const { plan } = this.editor;
    const named = keys.slice(0, 6).map((key) => {
      const id = key.slice(5);
      if (key.startsWith("spot:")) return "where officers wait";
      if (key.startsWith("door:")) return `door ${plan.door.get(id)?.number || "new"}`;
      const room = plan.room.get(id) ?? floor?.rooms.find((each) => each.id === id);
      return room ? labelOf(room) : "a room that was deleted";
    });
    const more = keys.length - named.length;
    return more > 0 ? `${named.join(", ")} and ${more} more` : named.join(", ");
  }
}

/** Whether a change can stand on a floor: a door needs its rooms there, or among the changes. */
function stillFits(change, floor, changes) {
  if (change.put !== "door") return true;
  const rooms = new Set(floor.rooms.map(({ id }) => id));
  for (const each of changes) {
    if (each.put === "room") rooms.add(each.value.id);
    if (each.drop === "room") rooms.delete(each.id);
  }
  return change.value.rooms.every((id) => id === null || rooms.has(id));
}
