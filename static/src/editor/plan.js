// The plan being edited: rooms, doors and the waiting spot by id. Values are never changed in place, only put or dropped,
// so a value that is still the same object is the same value. A change is {put: kind, value} or {drop: kind, id}.

const GRID = 1000; // positions on a metre

/** A length or coordinate on the millimetre grid, or shared corners drift apart. */
export function onGrid(value) {
  return Math.round(value * GRID) / GRID + 0;
}

export function gridPoint([x, y]) {
  return [onGrid(x), onGrid(y)];
}

export function keyOf(change) {
  return change.put ? `${change.put}:${change.value.id}` : `${change.drop}:${change.id}`;
}

/** What a floor is made of; of spots it has one or none. */
export const KINDS = ["room", "door", "spot"];
export const SPOT = "waiting"; // the id of the spot where officers wait

/** The values of one kind that a floor document, or a plan, has. */
export function valuesOf(floor, kind) {
  if (kind !== "spot") return floor[`${kind}s`];
  return floor.waiting_spot ? [{ id: SPOT, at: floor.waiting_spot }] : [];
}

/** All of a floor by key: a Map of "room:1f" to its value. */
export function byKey(floor) {
  return new Map(KINDS.flatMap((kind) => valuesOf(floor, kind).map((value) => [`${kind}:${value.id}`, value])));
}

/** A value as a text that is the same for whoever wrote it: in any order of fields, with or without those that say nothing. */
export function textOf(value) {
  const says = ([name, field]) => field !== undefined && field !== "" && !(Array.isArray(field) && !field.length) && !(name === "control" && field === "sign");
  return value ? JSON.stringify(Object.fromEntries(Object.entries(value).filter(says).sort(([one], [two]) => (one < two ? -1 : 1)))) : "";
}

export class Plan extends EventTarget {
  #order = new Map(); // key -> place among all that ever were

  constructor(floor = { rooms: [], doors: [] }) {
    super();
    this.load(floor);
  }

  /** Take over a floor as the server wrote it; everything from before is gone. */
  load(floor) {
    this.room = new Map(floor.rooms.map((room) => [room.id, room]));
    this.door = new Map(floor.doors.map((door) => [door.id, door]));
    this.spot = new Map(valuesOf(floor, "spot").map((spot) => [spot.id, spot]));
    this.numbers = new Map(floor.doors.map((door) => [door.id, door.number]));
    this.#order = new Map([...byKey(floor).keys()].map((key, place) => [key, place]));
    this.dispatchEvent(new CustomEvent("load"));
  }

  get rooms() {
    return [...this.room.values()];
  }

  get doors() {
    return [...this.door.values()];
  }

  /** Where officers are asked to wait, as a floor document has it, or null. */
  get waiting_spot() {
    return this.spot.get(SPOT)?.at ?? null;
  }

  /** The room, door or spot under a key such as "room:1f", or undefined. */
  at(key) {
    const cut = key.indexOf(":");
    return this[key.slice(0, cut)].get(key.slice(cut + 1));
  }

  doorsOf(roomId) {
    return this.doors.filter((door) => door.rooms.includes(roomId));
  }

  /** Make the changes, and give back those that undo them. */
  apply(changes) {
    const backward = changes.map((change) => this.#step(change)).reverse();
    if (changes.length) this.dispatchEvent(new CustomEvent("change", { detail: changes.map(keyOf) }));
    return backward;
  }

  /** Numbers that the server gave to new doors. They are given once, so undo and redo keep them. */
  giveNumbers(numbers) {
    const given = [];
    for (const [id, number] of Object.entries(numbers)) {
      this.numbers.set(id, number);
      const door = this.door.get(id);
      if (door && !door.number) {
        this.door.set(id, { ...door, number });
        given.push(`door:${id}`);
      }
    }
    if (given.length) this.dispatchEvent(new CustomEvent("numbers", { detail: given }));
  }

  #step(change) {
    const kind = change.put ?? change.drop;
    const id = change.put ? change.value.id : change.id;
    const before = this[kind].get(id);
    if (!change.put) this[kind].delete(id);
    else if (before) this[kind].set(id, this.#numbered(kind, change.value));
    else this.#add(kind, this.#numbered(kind, change.value));
    return before ? { put: kind, value: before } : { drop: kind, id };
  }

  /** A new one goes to the end; one that comes back goes to where it was, so that undo gives the very same floor. */
  #add(kind, value) {
    const key = `${kind}:${value.id}`;
    const isBack = this.#order.has(key);
    if (!isBack) this.#order.set(key, this.#order.size);
    this[kind].set(value.id, value);
    if (isBack) {
      const place = ([id]) => this.#order.get(`${kind}:${id}`);
      this[kind] = new Map([...this[kind]].sort((one, two) => place(one) - place(two)));
    }
  }

  #numbered(kind, value) {
    if (kind === "door" && !value.number && this.numbers.get(value.id)) return { ...value, number: this.numbers.get(value.id) };
    return value;
  }
}

/** What turns the first floor document into the second. */
export function difference(from, to) {
  const changes = [];
  for (const kind of KINDS) {
    const before = new Map(valuesOf(from, kind).map((value) => [value.id, textOf(value)]));
    for (const value of valuesOf(to, kind)) {
      if (before.get(value.id) !== textOf(value)) changes.push({ put: kind, value });
      before.delete(value.id);
    }
    for (const id of before.keys()) changes.push({ drop: kind, id });
  }
  return changes;
}
