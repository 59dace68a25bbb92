// Overlaps, gaps and slivers: marked on the map and listed as soon as they are there, each with what would mend it.
// Nothing is mended without a click.
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import { squareFeet } from "./areas.js";
import { labelOf } from "./classes.js";
import { findings } from "./cover.js";
import { touching } from "./cut.js";
import { h, plural } from "./dom.js";
import { polygonOf } from "./layers.js";
import { areaOf, shapeOf } from "./outline.js";
import { closeGap, cutFrom, giveTo, mergeRooms } from "./reshape.js";
import { contains } from "./rings.js";
import { makeRoom, Spaces } from "./spaces.js";
import { problemStyles } from "./styles.js";

const WAIT_MS = 200;
const FIRST_MS = 1_000; // the plan is drawn first
const LISTED_MOST = 40;

export class Problems {
  #asked = null;
  found = [];

  constructor(editor) {
    this.editor = editor;
    this.element = editor.part("problems");
    this.list = h("ul", { class: "problem-list" });
    this.head = h("h2", { id: "problems-h" });
    this.more = h("p", { class: "small quiet" });
    this.element?.replaceChildren(this.head, h("p", { class: "small" }, "Found by measuring. Nothing is changed until you choose."), this.list, this.more);
    this.source = new VectorSource();
    const style = (feature) => problemStyles(editor.layers.colours, feature.get("kind"));
    editor.map.addLayer(new VectorLayer({ source: this.source, zIndex: 7, className: "ed-lines", style }));
    this.spaces = new Spaces(editor);
    this.spaces.addEventListener("change", () => this.#soon());
    for (const name of ["change", "load"]) editor.plan.addEventListener(name, () => this.#soon());
    this.#soon(FIRST_MS);
  }

  #soon(ms = WAIT_MS) {
    clearTimeout(this.#asked);
    this.#asked = setTimeout(() => this.look(), ms);
  }

  /** Look for problems now, and show them. */
  look() {
    const before = this.found.length;
    const measured = findings(this.editor.plan.rooms);
    const isTold = ({ place }) => measured.some(({ ring }) => ring && contains(ring, place));
    this.found = [...measured, ...this.spaces.found.filter((space) => !isTold(space))];
    this.#mark();
    if (!this.element) return;
    this.element.hidden = !this.found.length;
    this.head.textContent = `${plural(this.found.length, "place")} to check`;
    if (this.found.length || before) this.#write();
  }

  #mark() {
    this.source.clear(true);
    this.source.addFeatures(this.found.flatMap((each) => {
      const shapes = each.ring ? [polygonOf([each.ring, ...(each.holes ?? [])]), new Point(each.place)] : [new Point(each.place)];
      return shapes.map((geometry) => new Feature({ geometry, kind: each.kind }));
    }));
  }

  #write() {
    const focused = this.list.contains(document.activeElement) ? [...this.list.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    this.list.replaceChildren(...this.found.slice(0, LISTED_MOST).map((each) => this.#line(each)));
    const more = this.found.length - LISTED_MOST;
    this.more.textContent = more > 0 ? `${more} more come up when these are mended.` : "";
    if (focused >= 0) (this.list.querySelectorAll("button")[focused] ?? this.list.querySelector("button") ?? this.editor.map.getTargetElement()).focus({ preventScroll: true });
  }

  #line(found) {
    const rooms = found.rooms.map((id) => this.editor.plan.room.get(id)).filter(Boolean);
    if (found.ring) rooms.sort((a, b) => touching(shapeOf(b), [found.ring]) - touching(shapeOf(a), [found.ring]));
    const show = () => this.#show(found);
    const fixes = this.editor.tools.readonly ? [] : this.#fixes(found, rooms);
    return h("li", {},
      h("button", { type: "button", class: "link", onclick: show }, wordsOf(found, rooms)),
      h("span", { class: "row" }, fixes.map(([words, deed]) => h("button", { type: "button", class: "btn btn-s", onclick: () => this.#mend(deed) }, words))));
  }

  #show({ kind, rooms, place, ring }) {
    const { selection, tools, plan } = this.editor;
    tools.take("select");
    const there = rooms.filter((id) => plan.room.has(id));
    if (kind === "space") selection.clear(); // the rooms around it would hide it
    else if (there.length === 1) selection.select("room", there[0]);
    else selection.selectRooms(there);
    this.editor.lookAt(ring ?? [place]);
  }

  #mend(deed) {
    const problem = deed();
    if (problem) this.editor.say(problem);
  }

  /** What would mend it, the likeliest first: [words, deed]. */
  #fixes(found, rooms) {
    const { kind, ring, area } = found;
    if (kind === "space") return [["Make a room of it", () => makeRoom(this.editor, found)]];
    const { edits } = this.editor;
    const [one, two] = rooms;
    const name = toldApart(rooms);
    if (kind === "overlap") return [[one, two], [two, one]].sort(([a], [b]) => areaOf(b) - areaOf(a)).map(([from, other]) => [`Cut it off ${name(from)}`, () => cutFrom(edits, from, other)]);
    if (kind === "crack") return [[`Move ${name(two)} to it`, () => closeGap(edits, two, one)], [`Move ${name(one)} to it`, () => closeGap(edits, one, two)]];
    if (kind === "gap") {
      const given = rooms.slice(0, 2).map((room) => [`Give it to ${name(room)}`, () => giveTo(edits, room, ring)]);
      return area > 0.5 ? [...given, ["Make it a room", () => edits.addRoom(ring)]] : given;
    }
    return this.#sliverFixes(one);
  }

  #sliverFixes(room) {
    const { plan, edits } = this.editor;
    const beside = plan.rooms
      .filter((other) => other !== room)
      .map((other) => ({ other, long: touching(shapeOf(room), shapeOf(other)) }))
      .filter(({ long }) => long > 0)
      .sort((a, b) => b.long - a.long)
      .slice(0, 2);
    return [...beside.map(({ other }) => [`Join it to ${labelOf(other)}`, () => mergeRooms(edits, [other, room], other)]), ["Delete it", () => edits.removeRooms([room])]];
  }
}

/** How to call each of these rooms: two that have one name, as unnamed rooms have, are told apart by their size. */
function toldApart(rooms) {
  const [one, two] = [...rooms].sort((a, b) => areaOf(b) - areaOf(a));
  if (!two || labelOf(one) !== labelOf(two)) return labelOf;
  return (room) => `${labelOf(room)}, the ${room === one ? "larger" : "smaller"}`;
}

/** A finding as a person says it. */
function wordsOf({ kind, area, wide }, rooms) {
  const names = rooms.slice(0, 3).map(labelOf).join(" and ");
  if (kind === "space") return `In no room: ${squareFeet(area)}${names ? `, beside ${names}${rooms.length > 3 ? " and more" : ""}` : ""}`;
  const size = area < 0.01 ? `${Math.round(area * 10_000)} cm²` : `${area.toFixed(2)} m²`;
  if (kind === "overlap") return `${names} lie on one another: ${size}`;
  if (kind === "crack") return `${names} do not quite meet: ${(wide * 100).toFixed(1)} cm apart`;
  if (kind === "gap") return `Gap between ${names}: ${size}`;
  return `${names} is as narrow as a wall: ${size}`;
}
