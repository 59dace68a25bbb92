// Colours and hatches of the classes, read from the style sheet, so that light and dark have one source.
import { CLASSES } from "./classes.js";

/** All colours that the canvas needs, as they are now. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const zones = Object.fromEntries(
    CLASSES.map(({ value, token }) => [
      value,
      { fill: colour(`--z-${token}`), ink: colour(`--z-${token}-ink`), hatch: colour(`--z-${token}-hatch`) || null, token },
    ]),
  );
  const plain = ["plan-wall", "plan-edge", "plan-plate-ink", "focus", "focus-gap", "error", "surface", "ink", "page", "action", "wait"];
  return { zones, ...Object.fromEntries(plain.map((name) => [name, colour(`--${name}`)])) };
}

export function onThemeChange(listener) {
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", listener);
}

/** What a canvas may be filled with for a class: its colour, or a small tile with the hatch upon it. */
export function fillOf(zone, ratio = window.devicePixelRatio || 1) {
  const draw = HATCHES[zone.token];
  if (!draw || !zone.hatch) return zone.fill;
  const [wide, high] = draw.size;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round(high * ratio);
  const context = canvas.getContext("2d");
  context.scale(canvas.width / wide, canvas.height / high);
  context.fillStyle = zone.fill;
  context.fillRect(0, 0, wide, high);
  context.strokeStyle = context.fillStyle = zone.hatch;
  context.lineWidth = 1;
  draw(context, wide, high);
  return context.createPattern(canvas, "repeat");
}

function lines(context, ...segments) {
  context.beginPath();
  for (const [ax, ay, bx, by] of segments) {
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
  }
  context.stroke();
}

function slant(context, wide, high) {
  lines(context, [-1, high + 1, wide + 1, -1], [-1, 1, 1, -1], [wide - 1, high + 1, wide + 1, high - 1]);
}

const HATCHES = {
  undecided: Object.assign((context) => {
    context.beginPath();
    context.arc(5, 5, 1.2, 0, 2 * Math.PI);
    context.fill();
  }, { size: [10, 10] }),
  outdoor: Object.assign((context) => lines(context, [0, 2.5, 10, 2.5], [9, 7.5, 18, 7.5]), { size: [18, 10] }),
  private: Object.assign(slant, { size: [14, 14] }),
  residential: Object.assign((context, wide, high) => {
    slant(context, wide, high);
    lines(context, [-1, -1, wide + 1, high + 1], [-1, high - 1, 1, high + 1], [wide - 1, -1, wide + 1, 1]);
  }, { size: [12, 12] }),
  records: Object.assign((context) => lines(context, [3, 0, 3, 8]), { size: [6, 8] }),
};
