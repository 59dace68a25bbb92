// The editor on one page: what every part works on (the plan, its history, what is selected, the map), and how a part
// speaks to the person. Parts stand in parts.js; each puts itself to work in its constructor.
import { h } from "./dom.js";
import { Edits } from "./edits.js";
import { Ghost } from "./ghost.js";
import { Grips } from "./grips.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { Layers } from "./layers.js";
import { fit, makeMap } from "./map.js";
import { byKey, Plan, textOf } from "./plan.js";
import { box } from "./rings.js";
import { Saver } from "./saver.js";
import { Selection } from "./selection.js";
import { fetchJson, sendChanges } from "./server.js";
import { Tools } from "./tools.js";
import { Unsent } from "./unsent.js";

const SNAP_PX = 10;

export class Editor {
  /** ``tab`` is {id, living}: which tab of the browser this is, and which live (this_tab.js). */
  constructor(root, draft, tab) {
    const address = root.dataset.draft;
    this.root = root;
    this.floor = draft.floor;
    this.tab = tab;
    this.unsent = new Unsent(draft.floor.id, tab);
    this.stored = true;
    this.plan = new Plan(draft.floor);
    this.setBase(draft.floor);
    this.saver = new Saver(this.plan, {
      version: draft.version,
      savedAt: draft.saved_at,
      savedBy: draft.saved_by,
      send: (version, changes) => sendChanges(address, version, changes),
      keep: (state) => {
        this.stored = this.unsent.keep(state);
      },
    });
    this.history = new History(this.plan);
    this.selection = new Selection(this.plan);
    this.tools = new Tools([...root.querySelectorAll("[data-tool]")], { readonly: root.hasAttribute("data-readonly") });
    this.keys = new Keys(root, this.tools);
    this.edits = new Edits(this.plan, this.history, this.selection, this.say);
    this.map = makeMap(this.part("map"), draft.floor, (event) => this.#mayPan(event));
    this.layers = new Layers(this.map, this.plan, this.saver);
    this.ghost = new Ghost(this.map, this.layers);
    this.grips = new Grips(this);
  }

  /** The element of the page that carries this name: part("map") is [data-map]. */
  part = (name) => this.root.querySelector(`[data-${name}]`);

  /** How near, in metres, a pointer has to be for snapping. */
  get reach() {
    return SNAP_PX * this.layers.resolution;
  }

  /** What the server has of each room and door, to tell who changed what. */
  setBase = (floor) => {
    this.base = new Map([...byKey(floor)].map(([key, value]) => [key, textOf(value)]));
  };

  /** Say it to everybody: in the line under the plan, which screen readers read out. */
  say = (words) => {
    this.part("say").textContent = words;
  };

  /** Show it only: what is under the pointer changes too often to be read out. */
  hint(words) {
    this.part("hint").textContent = words;
  }

  /** A sentence with one button, until either is used. */
  offer = (words, label, deed, other = null) => {
    const box = this.part("offer");
    const close = () => {
      box.hidden = true;
      box.replaceChildren();
    };
    const button = (text, act) => h("button", { type: "button", class: "btn", onclick: () => (close(), act()) }, text);
    box.replaceChildren(h("p", {}, words), button(label, deed), button(other?.label ?? "Close", other?.deed ?? (() => {})));
    box.hidden = false;
  };

  /** Select a room, a door or the waiting spot and bring it into sight. */
  show(kind, id) {
    this.tools.take("select");
    this.selection.select(kind, id);
    const { ring, jambs, at } = this.plan[kind].get(id);
    this.lookAt(ring ?? jambs ?? [at]);
  }

  /** Bring these places into sight, where they are not. */
  lookAt(places) {
    const around = box(places, 3);
    const seen = this.map.getView().calculateExtent(this.map.getSize());
    const inside = around[0] >= seen[0] && around[1] >= seen[1] && around[2] <= seen[2] && around[3] <= seen[3];
    if (!inside) fit(this.map, box(places, 6), 150);
  }

  /** Go on from a newer draft, with nothing of one's own unsaved. */
  takeOver(draft) {
    this.setBase(draft.floor);
    this.plan.load(draft.floor);
    this.history.clear();
    this.saver.resume(draft, []);
    this.loadFacts().catch(() => {}); // the next save brings them
  }

  /** The boundary and what is missing take the server a moment, so they come after the drawing. */
  async loadFacts() {
    const found = await fetchJson(this.root.dataset.facts);
    if (found.version !== this.saver.version) return; // a save was quicker, and brought its own
    this.layers.setBoundary(found.boundary);
    this.readiness.show(found.missing);
  }

  /** #room-<id>, #door-<id> and #spot-waiting lead to what they name. */
  showHash() {
    const [, kind, id] = window.location.hash.match(/^#(room|door|spot)-(.+)$/) ?? [];
    if (kind && this.plan[kind].has(id)) this.show(kind, id);
  }

  #mayPan(event) {
    const { button, pointerType } = event.originalEvent;
    if (button === 1) return true;
    return button !== 2 && pointerType !== undefined && this.tools.letPan(event);
  }
}
