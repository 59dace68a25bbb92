// The tool that finds rooms on the plan: all at once, or the one that is clicked in. It proposes; a person keeps or drops.
import { plural } from "./dom.js";
import { problemWith } from "./judge.js";
import { withShape } from "./outline.js";
import { distance } from "./rings.js";
import { TraceFound } from "./trace_found.js";
import { TraceGhosts } from "./trace_ghosts.js";
import { TraceList } from "./trace_list.js";
import { TraceOptions } from "./trace_options.js";
import { ask } from "./trace_server.js";
import { summary } from "./trace_words.js";

const HINT = "Click inside a room. Click again for another outline; Enter keeps it.";
const SAME_PX = 40; // a second click nearer than that to the first asks for the next outline
const NOTHING = { rooms: [], doors: [], unsure: new Set(), warnings: [], there: 0, unfit: 0 };

export class TraceTool {
  #found = NOTHING;
  #offered = []; // outlines of the room that was clicked in, the best first
  #place = 0; // which of them is shown
  #clicked = null;
  #giveUp = null; // of the question that is being asked

  constructor(editor) {
    this.editor = editor;
    this.element = editor.part("trace");
    if (!this.element) return; // no plan, or somebody who may not draw
    this.part = (name) => this.element.querySelector(`[data-trace-${name}]`);
    this.ghosts = new TraceGhosts(editor);
    this.options = new TraceOptions(editor, this.element, this.ghosts);
    this.found = new TraceFound(this.part("found"), {
      keep: () => this.#keepAll(),
      drop: () => this.#drop(),
      show: (room) => this.#look(room),
      leave: (room) => this.#leave(room),
      changed: () => this.#showFound(),
    });
    this.list = new TraceList(editor, this.element);
    editor.tools.add("trace", { hint: HINT, takesDrag: () => this.options.takesDrag });
    editor.tools.addEventListener("change", () => this.#changed());
    editor.map.on("click", (event) => { // nothing is given back: false would keep the click from the tools after this
      if (this.#isInHand && !this.options.takesDrag) this.#click(event.coordinate);
    });
    this.#bind();
  }

  get #isInHand() {
    return this.editor.tools.current === "trace";
  }

  #bind() {
    const { keys, tools, map } = this.editor;
    this.part("all").addEventListener("click", () => this.#findAll());
    this.part("here").addEventListener("click", () => this.#click(map.getView().getCenter()));
    this.part("cancel").addEventListener("click", () => this.#cancel());
    this.part("close").addEventListener("click", () => tools.take("select"));
    const inHand = (deed) => () => this.#isInHand && deed() !== false;
    keys.bind({ keys: ["t"], words: "find rooms on the plan", deed: () => tools.take("trace") });
    keys.bind({ keys: [" "], words: "while finding rooms: the room in the middle, then its next outline", deed: inHand(() => this.#click(map.getView().getCenter())) });
    keys.bind({ keys: ["Enter"], deed: inHand(() => this.#enter()) });
    keys.bind({ keys: ["Escape"], deed: inHand(() => this.#escape()) });
  }

  #changed() {
    this.element.hidden = !this.#isInHand;
    if (this.#isInHand) {
      this.part("all").focus({ preventScroll: true });
      return;
    }
    this.#cancel();
    this.options.stop();
    this.options.ghosts.showBox(null);
    if (this.#offered.length) this.#forget();
    if (!this.found.isOpen) this.ghosts.show();
  }

  // --- all rooms ----------------------------------------------------------------------------------------------------

  async #findAll() {
    this.#forget();
    this.found.close();
    const answer = await this.#asking("Looking for rooms", this.element.dataset.all, this.options.question);
    if (!answer) return;
    this.#found = { ...answer, unsure: new Set(answer.unsure) };
    this.editor.say(this.#found.rooms.length ? `Found: ${summary(this.#found)} Keep them, or drop them.` : "Nothing new was found.");
    this.found.show(this.#found);
    this.#showFound();
    this.part("found").querySelector("h3").focus({ preventScroll: true });
    if (!answer.texts && this.element.hasAttribute("data-reads") && this.#found.rooms.length) await this.#readLabels();
  }

  /** The letters of a picture take longer, so they come after the outlines, which may be kept before. */
  async #readLabels() {
    const found = this.#found;
    const rooms = found.rooms.map(({ id, ring, holes }) => (holes ? { id, ring, holes } : { id, ring }));
    const answer = await this.#asking("Reading the numbers", this.element.dataset.labels, { rooms });
    if (!answer || found !== this.#found) return;
    for (const room of found.rooms) {
      const { number, name } = answer.labels[room.id] ?? {};
      room.number ||= number ?? "";
      room.name ||= name ?? "";
    }
    this.found.fill();
    this.#showFound();
    this.editor.say(`Numbers read: ${summary(found)}`);
  }

  #showFound(chosen = null) {
    this.ghosts.show({ ...this.#found, chosen });
  }

  #look(room) {
    this.editor.lookAt(room.ring);
    this.#showFound(room.id);
  }

  #leave(room) {
    const { rooms, doors, unsure } = this.#found;
    unsure.delete(room.id);
    this.#found = { ...this.#found, rooms: rooms.filter((each) => each !== room), doors: doors.filter((door) => !door.rooms.includes(room.id)) };
    if (!this.#found.rooms.length) return this.#drop();
    this.found.show(this.#found);
    return this.#showFound();
  }

  #keepAll() {
    const { rooms, doors } = this.#found;
    const { plan, edits, history } = this.editor;
    this.#cancel();
    const fit = rooms.filter((room) => !problemWith(plan, new Map([[room.id, kept(room)]])));
    const there = new Set([...plan.room.keys(), ...fit.map(({ id }) => id), null]);
    const standing = doors.filter((door) => door.rooms.every((id) => there.has(id)));
    const changes = [...edits.changesToAdd(fit.map(kept)), ...standing.map((value) => ({ put: "door", value }))];
    const what = `${plural(fit.length, "room")} and ${plural(standing.length, "door")}`;
    history.close();
    history.do(`keeping ${what}`, changes);
    const lost = rooms.length - fit.length;
    this.editor.say(`Kept: ${what}.${lost ? ` ${plural(lost, "room")} lay on what was drawn meanwhile and ${lost === 1 ? "was" : "were"} left out.` : ""} Undo takes them back.`);
    this.#drop();
    this.editor.tools.take("select");
    this.editor.map.getTargetElement().focus();
  }

  #drop() {
    this.#cancel();
    this.#found = NOTHING;
    this.found.close();
    this.ghosts.show();
  }

  // --- the room that is clicked in ------------------------------------------------------------------------------------

  async #click(point) {
    const near = this.#clicked && distance(this.#clicked, point) < SAME_PX * this.editor.layers.resolution;
    if (near && this.#offered.length) return this.#next();
    this.#clicked = point;
    this.#offered = [];
    const answer = await this.#asking("Looking for the room", this.element.dataset.at, { ...this.options.question, point });
    if (!answer) return null;
    [this.#offered, this.#place] = [answer.rooms, 0];
    if (answer.rooms.length) return this.#showOffered();
    this.#forget();
    return this.editor.say("No outline was found around that place. Click nearer to the middle of the room, or draw it by hand.");
  }

  #next() {
    this.#place = (this.#place + 1) % this.#offered.length;
    this.#showOffered();
  }

  #showOffered() {
    const room = this.#offered[this.#place];
    this.ghosts.show({ rooms: [room], chosen: room.id });
    const label = [room.number, room.name].filter(Boolean).join(" ");
    this.editor.say(`Outline ${this.#place + 1} of ${this.#offered.length}${label ? `: ${label}` : ""}. Enter keeps it; a click shows the next; Esc drops it.`);
  }

  #enter() {
    const room = this.#offered[this.#place];
    if (!room) return false;
    const problem = this.editor.edits.tryTo("keeping a room that was found", this.editor.edits.changesToAdd([kept(room)]));
    if (problem) return true;
    this.#forget();
    this.editor.selection.select("room", room.id);
    this.editor.say("Room kept. Choose its class, number and name, or click inside the next room.");
    return true;
  }

  #escape() {
    if (this.#giveUp) this.#cancel();
    else if (this.options.takesDrag) this.options.stop();
    else if (this.#offered.length) this.#forget();
    else if (this.found.isOpen) this.#drop();
    else return false;
    return true;
  }

  #forget() {
    [this.#offered, this.#clicked] = [[], null];
    if (this.found.isOpen) this.#showFound();
    else this.ghosts.show();
  }

  // --- asking ---------------------------------------------------------------------------------------------------------

  #cancel() {
    this.#giveUp?.abort();
  }

  /** The server's answer, or null where it was given up or refused; how long it takes is counted meanwhile. */
  async #asking(words, address, question) {
    this.#cancel();
    const mine = (this.#giveUp = new AbortController());
    const began = Date.now();
    const count = () => {
      this.part("progress").textContent = `${words}: ${Math.floor((Date.now() - began) / 1000)} s`;
    };
    count();
    this.#waiting(true);
    const ticking = setInterval(count, 1000);
    try {
      return await ask(address, question, mine.signal);
    } catch (error) {
      if (mine.signal.aborted) return null;
      this.part("wrong").textContent = error.message;
      this.part("wrong").hidden = false;
      return null;
    } finally {
      clearInterval(ticking);
      if (this.#giveUp === mine) {
        this.#giveUp = null;
        this.#waiting(false);
      }
    }
  }

  #waiting(on) {
    this.part("wait").hidden = !on;
    this.part("all").disabled = on;
    if (on) this.part("wrong").hidden = true;
  }
}

/** A proposal as a room of the plan. */
function kept({ id, ring, number, name, holes = [] }) {
  return withShape({ id, ring, number: number.trim(), name: name.trim(), class: "undecided" }, [ring, ...holes]);
}
