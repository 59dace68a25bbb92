// How rooms, doors and the boundary look on the canvas. Made once for each kind and kept, for a floor has thousands.
import Circle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Icon from "ol/style/Icon.js";
import RegularShape from "ol/style/RegularShape.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import Point from "ol/geom/Point.js";
import Polygon from "ol/geom/Polygon.js";
import { classOf, getsSign } from "./classes.js";
import { fillOf } from "./colours.js";
import { boxOf, shapeOf } from "./outline.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';
const SMALL = `11px ${FONT}`;
const BOLD_SMALL = `bold 10px ${FONT}`;
const BOLD = `bold 12px ${FONT}`;
const LINE_PX = 13;
const NARROWEST_PX = 2.5; // of any letter
const kept = new WeakMap(); // colours -> what was made from them

function once(colours, name, make) {
  if (!kept.has(colours)) kept.set(colours, new Map());
  const made = kept.get(colours);
  if (!made.has(name)) made.set(name, make());
  return made.get(name);
}

export function roomFill(room, colours) {
  return once(colours, `fill ${room.class}`, () => new Style({ fill: new Fill({ color: fillOf(colours.zones[room.class]) }) }));
}

/** The outline. A room that the server refused has a broken one in the colour of errors. */
export function roomOutline(colours, refused) {
  return once(colours, `line ${refused}`, () => outlineStyle(colours, refused));
}

function outlineStyle(colours, refused) {
  const stroke = refused
    ? new Stroke({ color: colours.error, width: 4, lineDash: [8, 6] })
    : new Stroke({ color: colours["plan-wall"], width: 1.25 });
  return new Style({ stroke });
}

/** Number and letter, and the name below it, as far as they fit into the room. */
export function nameStyle(room, colours, resolution) {
  const { letter, value } = classOf(room);
  const first = [room.number, value === "private" && room.number ? "" : letter].filter(Boolean).join(" ");
  if (isTooSmall(room, first, resolution)) return null;
  const [x, y, wide, high] = middleOf(room);
  const font = [BOLD, BOLD_SMALL].find((each) => widthOf(first, each) <= wide / resolution - 2);
  if (!font || high < LINE_PX * resolution) return null;
  const lines = [first, font];
  const name = room.name && high > 30 * resolution ? fitted(room.name, wide / resolution) : "";
  if (name) lines.push("\n", "", name, SMALL);
  const zone = colours.zones[value];
  const text = new Text({
    text: lines,
    fill: new Fill({ color: zone.ink }),
    stroke: new Stroke({ color: zone.fill, width: 3 }),
    overflow: true,
  });
  return new Style({ text, geometry: new Point([x, y]) });
}

/** Whether a text cannot fit into a room, told by its box alone: of a large floor seen from afar that is every room. */
function isTooSmall(room, text, resolution) {
  const [left, low, right, high] = boxOf(room);
  return high - low < LINE_PX * resolution || right - left < text.length * NARROWEST_PX * resolution;
}

const middles = new WeakMap(); // of rooms: a room that changes is another object

/** A point well inside the room, how wide the room is there, and how high its box is, in metres. */
export function middleOf(room) {
  if (!middles.has(room)) {
    const polygon = new Polygon(shapeOf(room).map((ring) => [...ring, ring[0]]));
    const [, low, , high] = polygon.getExtent();
    middles.set(room, [...polygon.getInteriorPoint().getCoordinates(), high - low]);
  }
  return middles.get(room);
}

const widths = new Map(); // of words in a font, in pixels
let ruler = null;

function widthOf(words, font = SMALL) {
  const key = `${font} ${words}`;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!widths.has(key)) {
    ruler.font = font;
    widths.set(key, ruler.measureText(words).width);
  }
  return widths.get(key);
}

/** A name cut to what fits in so many pixels; nothing where too little of it would be left to tell it. */
function fitted(name, px) {
  if (widthOf(name) <= px - 4) return name;
  const most = Math.floor((name.length * (px - 12)) / widthOf(name));
  return most < 6 ? "" : `${name.slice(0, most).trimEnd()}…`;
}

export function boundaryStyles(colours) {
  return once(colours, "boundary", () => [
    new Style({ stroke: new Stroke({ color: colours["plan-edge"], width: 7, lineJoin: "round" }), zIndex: 1 }),
    new Style({ stroke: new Stroke({ color: colours["plan-wall"], width: 4, lineJoin: "round" }), zIndex: 2 }),
  ]);
}

/** A door: a light gap in the wall; of an opening, a broken one. */
export function gapStyles({ kind }, colours) {
  const dash = kind === "opening" ? [3, 4] : undefined;
  return once(colours, `gap ${kind}`, () => [
    new Style({ stroke: new Stroke({ color: colours["plan-wall"], width: 9, lineCap: "butt" }), zIndex: 3 }),
    new Style({ stroke: new Stroke({ color: colours["plan-edge"], width: 5, lineCap: "butt", lineDash: dash }), zIndex: 4 }),
  ]);
}

/** The plate with a door's number, once it is near enough to be read. It is dark where a sign or a notice hangs. */
export function plateStyle(door, [here, there], colours, resolution) {
  const sign = getsSign(door, here, there) || (!door.rooms[1] && here?.class === "public");
  if (resolution > (sign ? 0.14 : 0.045)) return null;
  const [[ax, ay], [bx, by]] = door.jambs;
  return new Style({
    geometry: new Point([(ax + bx) / 2, (ay + by) / 2]),
    text: new Text({
      text: door.number || "+",
      font: `bold 11px ${FONT}`,
      fill: new Fill({ color: sign ? colours["plan-plate-ink"] : colours.ink }),
      backgroundFill: new Fill({ color: sign ? colours["plan-wall"] : colours.surface }),
      backgroundStroke: new Stroke({ color: sign ? colours["plan-edge"] : colours.ink, width: 1 }),
      padding: [2, 4, 1, 4],
    }),
    zIndex: 5,
  });
}

/** A threshold: a square on its tip around the door, so that no colour is needed to tell it. */
export function thresholdStyles(colours, chosen) {
  const square = (color, width) => new RegularShape({ points: 4, radius: chosen ? 24 : 19, angle: 0, stroke: new Stroke({ color, width }) });
  return once(colours, `threshold ${chosen}`, () => [
    new Style({ image: square(colours["focus-gap"], chosen ? 9 : 6), zIndex: 1 }),
    new Style({ image: square(chosen ? colours.focus : colours.action, chosen ? 4 : 2.5), zIndex: 2 }),
  ]);
}

/** The disc of the waiting spot, as the map shows it. */
export function spotStyles(colours, chosen) {
  return once(colours, `spot ${chosen}`, () => [
    ...(chosen ? [new Style({ image: new Circle({ radius: 18, stroke: new Stroke({ color: colours.focus, width: 3.5 }), fill: new Fill({ color: colours["focus-gap"] }) }), zIndex: 1 })] : []),
    new Style({
      image: new Circle({ radius: 12, fill: new Fill({ color: colours["plan-wall"] }), stroke: new Stroke({ color: colours["plan-edge"], width: 2.5 }) }),
      text: new Text({ text: "W", font: `bold 14px ${FONT}`, fill: new Fill({ color: colours["plan-plate-ink"] }) }),
      zIndex: 2,
    }),
  ]);
}

export function selectionStyles(colours) {
  return once(colours, "selection", () => [
    new Style({ stroke: new Stroke({ color: colours["focus-gap"], width: 7 }), zIndex: 1 }),
    new Style({ stroke: new Stroke({ color: colours.focus, width: 3.5 }), zIndex: 2 }),
  ]);
}

/** A corner to drag; ``chosen`` is the one that the keys move. */
export function gripStyle(colours, chosen) {
  const size = chosen ? 8 : 5.5;
  const fill = new Fill({ color: chosen ? colours.focus : colours.surface });
  return once(colours, `grip ${chosen}`, () => new Style({
    image: new RegularShape({ points: 4, radius: size * Math.SQRT2, angle: Math.PI / 4, fill, stroke: new Stroke({ color: colours.focus, width: 2 }) }),
    zIndex: 4,
  }));
}

/** The middle of an edge, where a drag makes a new corner. */
export function middleStyle(colours) {
  return once(colours, "middle", () => new Style({
    image: new Circle({ radius: 3.5, fill: new Fill({ color: colours.surface }), stroke: new Stroke({ color: colours.focus, width: 1.5 }) }),
    zIndex: 3,
  }));
}

const FOUR_WAYS = "M12 2L15.5 6H13V11H18V8.5L22 12L18 15.5V13H13V18H15.5L12 22L8.5 18H11V13H6V15.5L2 12L6 8.5V11H11V6H8.5Z";

/** The handle that moves a whole room: a plate with arrows in four directions. */
export function handleStyle(colours) {
  return once(colours, "handle", () => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d");
    context.fillStyle = colours.surface;
    context.strokeStyle = colours.focus;
    context.lineWidth = 4;
    context.beginPath();
    context.arc(32, 32, 28, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
    context.translate(32 - 18, 32 - 18);
    context.scale(1.5, 1.5);
    context.fillStyle = colours.focus;
    context.fill(new Path2D(FOUR_WAYS));
    return new Style({ image: new Icon({ img: canvas, size: [64, 64], scale: 0.5 }), zIndex: 6 });
  });
}

/** What is being drawn: dashed, so that it is not taken for a room yet. */
export function sketchStyles(colours, bad) {
  const colour = bad ? colours.error : colours.focus;
  return once(colours, `sketch ${bad}`, () => [
    new Style({ stroke: new Stroke({ color: colours["focus-gap"], width: 6 }), zIndex: 1 }),
    new Style({ stroke: new Stroke({ color: colour, width: 3, lineDash: [8, 5] }), fill: new Fill({ color: "rgba(179, 64, 10, 0.12)" }), zIndex: 2 }),
  ]);
}

export function refusalStyle(colours) {
  const cross = (color, width) => new Style({
    image: new RegularShape({ points: 4, radius: 11, radius2: 0, angle: Math.PI / 4, stroke: new Stroke({ color, width }) }),
    zIndex: 7,
  });
  return once(colours, "refusal", () => [cross(colours["focus-gap"], 7), cross(colours.error, 3.5)]);
}

/** The cross in the middle of the plan while measuring by keys. */
export function crossStyle(colours) {
  return once(colours, "cross", () => [[colours["focus-gap"], 4], [colours.ink, 1.5]].map(([color, width]) => new Style({
    image: new RegularShape({ points: 4, radius: 9, radius2: 0, angle: 0, stroke: new Stroke({ color, width }) }),
    zIndex: 7,
  })));
}

/** A length beside the middle of a measured piece. */
export function lengthStyle(colours, words) {
  return new Style({
    text: new Text({
      text: words,
      font: BOLD,
      overflow: true,
      offsetY: -14,
      fill: new Fill({ color: colours.ink }),
      backgroundFill: new Fill({ color: colours.surface }),
      padding: [2, 4, 1, 4],
    }),
    zIndex: 8,
  });
}

export function gridLineStyle(colours) {
  return once(colours, "grid", () => new Style({ stroke: new Stroke({ color: colours.wait, width: 0.5 }) }));
}

export function theirsStyles(colours) {
  return once(colours, "theirs", () => [
    new Style({ stroke: new Stroke({ color: colours["focus-gap"], width: 6 }), zIndex: 1 }),
    new Style({ stroke: new Stroke({ color: colours.wait, width: 3, lineDash: [3, 5] }), zIndex: 2 }),
  ]);
}

/** A place to check: a ring in the colour of errors, and a wash over a gap that is large enough to see. */
export function problemStyles(colours, kind) {
  return once(colours, `problem ${kind}`, () => [
    new Style({
      fill: new Fill({ color: "rgba(179, 64, 10, 0.35)" }),
      stroke: new Stroke({ color: colours.error, width: 2 }),
      image: new Circle({ radius: 9, stroke: new Stroke({ color: colours["focus-gap"], width: 6 }) }),
      zIndex: 1,
    }),
    new Style({ image: new Circle({ radius: 9, stroke: new Stroke({ color: colours.error, width: 3 }) }), zIndex: 2 }),
  ]);
}
