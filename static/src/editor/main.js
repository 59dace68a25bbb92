// Starts the editor on the page that holds it.
import { ConflictCard } from "./conflict.js";
import { DoorTool } from "./door_tool.js";
import { h, plural, ago } from "./dom.js";
import { Edits } from "./edits.js";
import { Ghost } from "./ghost.js";
import { Grips } from "./grips.js";
import { History } from "./history.js";
import { Keys } from "./keys.js";
import { Layers } from "./layers.js";
import { fit, makeMap, zoom } from "./map.js";
import { Panel } from "./panel.js";
import { keyOf, Plan } from "./plan.js";
import { box } from "./rings.js";
import { RoomTool } from "./room_tool.js";
import { SaveState } from "./save_state.js";
import { Saver } from "./saver.js";
import { scaleBar } from "./scale_bar.js";
import { SelectTool } from "./select_tool.js";
import { Selection } from "./selection.js";
import { fetchJson, sendChanges } from "./server.js";
import { Table } from "./table.js";
import { Tools } from "./tools.js";
import { Unsent } from "./unsent.js";

const SNAP_PX = 10;

class Editor {
  constructor(root, draft) {
    const part = (name) => root.querySelector(`[data-${name}]`);
    const readonly = root.hasAttribute("data-readonly");
    const address = root.dataset.draft;
    this.root = root;
    this.part = part;
    this.unsent = new Unsent(draft.floor.id);
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
    this.tools = new Tools([...root.querySelectorAll("[data-tool]")], { readonly });
    this.edits = new Edits(this.plan, this.history, this.selection, (words) => this.say(words));
    this.map = makeMap(part("map"), draft.floor, (event) => this.#mayPan(event));
    this.layers = new Layers(this.map, this.plan, this.saver);
    this.ghost = new Ghost(this.map, this.layers);
    this.grips = new Grips(this);
    this.doorTool = new DoorTool(this);
    this.roomTool = new RoomTool(this);
    this.selectTool = new SelectTool(this);
    this.map.addInteraction(this.roomTool);
    this.map.addInteraction(this.selectTool);
    this.panel = new Panel(this, part("card"));
    this.table = new Table(this, part("twin"), { onPick: (room) => this.show("room", room.id) });
    this.keys = new Keys(this, root);
    this.saveState = new SaveState(this.saver, document.querySelector("[data-save]"), () => this.stored);
    this.conflict = new ConflictCard(this, part("conflict"));
    scaleBar(this.map, part("scale-bar"));
    this.#buttons();
    this.#listen();
  }

  /** How near, in metres, a pointer has to be for snapping. */
  get reach() {
    return SNAP_PX * this.layers.resolution;
  }

  /** What the server has of each room and door, to tell who changed what. */
  setBase = (floor) => {
    this.base = new Map(["room", "door"].flatMap((kind) => floor[`${kind}s`].map((value) => [`${kind}:${value.id}`, JSON.stringify(value)])));
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

  /** The plan's own lines in full, or faint where they are in the way of the names. */
  toggleFaint() {
    const faint = this.map.getTargetElement().classList.toggle("map-faint");
    this.part("picture").setAttribute("aria-pressed", String(faint));
  }

  /** Select a room or door and bring it into sight. */
  show(kind, id) {
    this.tools.take("select");
    this.selection.select(kind, id);
    const corners = kind === "room" ? this.plan.room.get(id).ring : this.plan.door.get(id).jambs;
    const around = box(corners, 3);
    const view = this.map.getView();
    const seen = view.calculateExtent(this.map.getSize());
    const inside = around[0] >= seen[0] && around[1] >= seen[1] && around[2] <= seen[2] && around[3] <= seen[3];
    if (!inside) fit(this.map, box(corners, 6), 150);
  }

  /** The boundary and what is missing take the server a moment, so they come after the drawing. */
  async loadFacts() {
    const found = await fetchJson(this.root.dataset.facts);
    if (found.version !== this.saver.version) return; // a save was quicker, and brought its own
    this.layers.setBoundary(found.boundary);
    this.#missing(found.missing);
  }

  /** What was not saved when the page was left, if there is something. */
  offerUnsent() {
    const found = this.unsent.find();
    if (!found || this.tools.readonly) return;
    const keys = found.changes.filter((change) => JSON.stringify(change.value) !== this.base.get(keyOf(change)));
    const bringBack = () => {
      this.history.do("what was not saved", found.changes);
      this.say("Your unsaved changes are back.");
    };
    if (keys.length) {
      const dropped = () => this.unsent.keep(null);
      this.offer(`${plural(keys.length, "change")} from ${ago(found.at)} ${keys.length === 1 ? "was" : "were"} not saved. They are kept on this computer.`, "Put them back", bringBack, { label: "Drop them", deed: dropped });
    } else {
      this.unsent.keep(null);
    }
  }

  #mayPan(event) {
    const { button, pointerType } = event.originalEvent;
    if (button === 1) return true;
    return button !== 2 && (pointerType !== undefined) && this.roomTool.letsPan;
  }

  #buttons() {
    const deeds = {
      undo: () => this.keys.undo(),
      redo: () => this.keys.redo(),
      closer: () => zoom(this.map, 0.7),
      farther: () => zoom(this.map, -0.7),
      whole: () => fit(this.map, undefined, 150),
      picture: () => this.toggleFaint(),
    };
    for (const [name, deed] of Object.entries(deeds)) this.part(name)?.addEventListener("click", deed);
    const draw = () => {
      this.#undoButton("undo", this.history.undoLabel);
      this.#undoButton("redo", this.history.redoLabel);
    };
    this.history.addEventListener("change", draw);
    draw();
  }

  #undoButton(name, label) {
    const button = this.part(name);
    if (!button) return;
    button.disabled = !label;
    button.title = label ? `${name === "undo" ? "Undo" : "Redo"} ${label}` : "";
  }

  /** The count of what is missing, and whether the floor can be designated now. */
  #missing(found) {
    const head = document.querySelector("[data-designate]");
    if (!head) return;
    head.querySelector("[data-missing]").hidden = !found.length;
    head.querySelector("[data-missing] .chip").textContent = String(found.length);
    head.querySelector("[data-go]").hidden = found.length > 0;
    head.querySelector("[data-not-yet]").hidden = !found.length;
  }

  #listen() {
    this.saver.addEventListener("accepted", ({ detail }) => {
      this.#missing(detail.missing);
      const floor = { rooms: this.plan.rooms, doors: this.plan.doors };
      if (!this.saver.count) this.setBase(floor);
    });
    this.tools.addEventListener("change", () => {
      const hints = { select: "", room: "Drag from corner to corner, or click the corners one by one.", door: "Click on the wall that the door is in." };
      this.hint(hints[this.tools.current]);
      this.map.getTargetElement().style.cursor = "";
    });
    window.addEventListener("online", () => this.saver.count && this.saver.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.saver.isIdle) return;
      this.saver.flush();
      event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.saver.count) this.saver.flush();
    });
    // A page that shows the floor as it is saved must not come before the last change.
    for (const link of document.querySelectorAll("[data-after-saving]")) link.addEventListener("click", (event) => this.#leave(event, link.href));
    window.addEventListener("hashchange", () => this.showHash());
  }

  async #leave(event, href) {
    if (this.saver.isIdle) return;
    event.preventDefault();
    await this.saver.flush();
    if (this.saver.isIdle) window.location.assign(href);
    else this.say("Not everything is saved yet. See beside the title.");
  }

  /** #room-<id> and #door-<id> lead to what they name. */
  showHash() {
    const [, kind, id] = window.location.hash.match(/^#(room|door)-(.+)$/) ?? [];
    if (kind && this.plan[kind].has(id)) this.show(kind, id);
  }
}

async function start(root) {
  const wait = document.querySelector("[data-loading]");
  try {
    const draft = await fetchJson(root.dataset.draft);
    root.hidden = false;
    if (wait) wait.hidden = true;
    const editor = new Editor(root, draft);
    editor.offerUnsent();
    editor.showHash();
    root.dataset.ready = "yes";
    editor.loadFacts().catch(() => {}); // the next save brings them
    root.editor = editor; // the journeys look at the map through this
  } catch (error) {
    if (wait) wait.firstElementChild.textContent = error.message;
    throw error;
  }
}

const root = document.querySelector("[data-editor]");
if (root) start(root);
