// Saves by itself, one request at a time. What is not saved is known by key ("room:1f"), so a room that changes twice is
// sent once, and undoing back to what the server has is sent like any other change.
//
// state.name is "saved", "saving", "unsent" (with why), "refused" (with how many) or "conflict" (with theirs).
import { byKey, textOf } from "./plan.js";

const DELAY_MS = 900;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000];

export class Saver extends EventTarget {
  #dirty = new Map(); // key -> "waiting", or the server's refusal {message, place}
  #timer = null;
  #flying = null;
  #tries = 0;
  #unanswered = null; // what was sent when no answer came back: the server may have it all the same

  /** ``send(version, changes)`` gives {status, body}, or throws when nothing came back. ``keep(state)`` stores what is unsent. */
  constructor(plan, { send, keep, version, savedAt, savedBy }) {
    super();
    Object.assign(this, { plan, send, keep, version, savedAt, savedBy });
    this.state = { name: "saved" };
    plan.addEventListener("change", ({ detail }) => this.#note(detail));
  }

  get count() {
    return this.#dirty.size;
  }

  /** The unsaved keys, refused ones included. */
  get keys() {
    return [...this.#dirty.keys()];
  }

  get isIdle() {
    return !this.count && !this.#flying;
  }

  /** The server's sentence about a room or door that it refused, or null. */
  refusalOf(key) {
    const mark = this.#dirty.get(key);
    return mark && mark !== "waiting" ? mark : null;
  }

  /** The unsaved changes as they would be sent. */
  changes(keys = this.keys) {
    return keys.map((key) => {
      const [kind, id] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
      const value = this.plan.at(key);
      return value ? { put: kind, value } : { drop: kind, id };
    });
  }

  /** Save at once, or as soon as the request under way is back. */
  async flush() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#flying) return this.#flying;
    if (this.state.name === "conflict") return null;
    this.#flying = this.#sendAll().finally(() => {
      this.#flying = null;
    });
    return this.#flying;
  }

  /** After a conflict: go on from their version; ``keys`` are what is then still to be sent. */
  resume({ version, saved_at: at, saved_by: by }, keys) {
    Object.assign(this, { version, savedAt: at, savedBy: by });
    this.#dirty = new Map(keys.map((key) => [key, "waiting"]));
    this.#keep();
    this.#show({ name: keys.length ? "saving" : "saved" });
    if (keys.length) this.#soon(0);
  }

  #note(keys) {
    for (const key of keys) this.#dirty.set(key, "waiting");
    // Whatever was refused may be in order now: a door, for one, when its room is.
    for (const key of this.#dirty.keys()) this.#dirty.set(key, "waiting");
    this.#keep();
    if (this.state.name === "conflict") return;
    this.#show({ name: "saving" });
    this.#soon(DELAY_MS);
  }

  #soon(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), ms);
  }

  async #sendAll() {
    for (let keys = this.#waiting(); keys.length; keys = this.#waiting()) {
      this.#show({ name: "saving" });
      const sent = new Map(keys.map((key) => [key, this.plan.at(key)]));
      let answer;
      try {
        answer = await this.send(this.version, this.changes(keys));
      } catch {
        this.#unanswered = sent;
        return this.#later("The server cannot be reached.");
      }
      if (!this.#take(answer, sent)) return null;
    }
    const refused = this.count;
    this.#show(refused ? { name: "refused", count: refused } : { name: "saved" });
    return null;
  }

  #waiting() {
    return this.keys.filter((key) => this.#dirty.get(key) === "waiting");
  }

  /** Note an answer; true where sending may go on. */
  #take({ status, body }, sent) {
    if (status === 200) {
      this.#accept(body, sent);
      return true;
    }
    if (status === 400 && body.refused?.length) return this.#refuse(body.refused, sent);
    if (status === 409 && this.#arrived(body.theirs)) {
      this.#accept(body.theirs, this.#unanswered);
      return true;
    }
    if (status === 409 && body.theirs) {
      this.#show({ name: "conflict", theirs: body.theirs });
      return false;
    }
    this.#later(body.error ?? "The server could not save it.", status !== 401 && status !== 403);
    return false;
  }

  /** Whether the version that is in our way is the one that we sent when no answer came back. */
  #arrived(theirs) {
    if (!this.#unanswered || theirs?.version !== this.version + 1) return false;
    const there = byKey(theirs.floor);
    return [...this.#unanswered].every(([key, sent]) => alike(sent, there.get(key)));
  }

  #accept(body, sent) {
    this.#tries = 0;
    this.#unanswered = null;
    for (const [key, value] of sent) {
      if (this.plan.at(key) === value) this.#dirty.delete(key);
    }
    Object.assign(this, { version: body.version, savedAt: body.saved_at, savedBy: body.saved_by });
    this.plan.giveNumbers(body.doors);
    this.#keep();
    this.dispatchEvent(new CustomEvent("accepted", { detail: body }));
  }

  #refuse(refused, sent) {
    let known = false;
    for (const { kind, id, message, place } of refused) {
      const key = `${kind}:${id}`;
      if (!this.#dirty.has(key) || this.plan.at(key) !== sent.get(key)) continue;
      this.#dirty.set(key, { message, place });
      known = true;
    }
    if (!known) {
      this.#later(refused[0].message, false);
      return false;
    }
    this.dispatchEvent(new CustomEvent("refused"));
    return true;
  }

  #later(why, again = true) {
    this.#show({ name: "unsent", why });
    if (again) this.#soon(RETRY_MS[Math.min(this.#tries++, RETRY_MS.length - 1)]);
    return null;
  }

  #keep() {
    this.keep(this.count ? { version: this.version, changes: this.changes() } : null);
  }

  #show(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent("state", { detail: state }));
  }
}

/** Whether the server's value is the one that was sent; a door may have got its number there. */
function alike(sent, theirs) {
  if (!sent || !theirs) return !sent && !theirs;
  const number = sent.number || theirs.number;
  return textOf({ ...sent, number }) === textOf(theirs);
}
