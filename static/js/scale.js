// Setting the scale: four points on the plan, kept in step with the fields of the form.
// Every point can be clicked, dragged, moved with the arrow keys, or typed. Without this file the fields remain,
// and the picture is a button that tells the server where it was clicked.

import { PlanViewer } from "./scale_viewer.js";

const NAMES = ["a", "b", "c", "d"];
const WHAT = {
  a: "one end of a length you know",
  b: "the other end",
  c: "one end of a second length, in another direction",
  d: "the other end of the second length",
};
const LOUPE_ZOOM = 4;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const frame = document.querySelector("[data-scale]");
if (frame) begin(frame);

function begin(frame) {
  const form = document.querySelector("form[data-points]");
  const { id, width, height } = frame.dataset;
  const viewer = new PlanViewer(frame.querySelector("[data-canvas]"), { id, width: Number(width), height: Number(height) });
  const page = { frame, form, viewer, active: "a", points: {}, marks: {}, loupe: frame.querySelector("[data-loupe]") };
  for (const name of NAMES) prepare(page, name);
  for (const group of form.querySelectorAll("[data-points-set]")) group.hidden = false;
  for (const details of form.querySelectorAll("details[data-typed]")) details.open = false;
  frame.hidden = false;
  viewer.addEventListener("tap", (event) => tapped(page, event.detail));
  viewer.addEventListener("move", () => draw(page));
  viewer.addEventListener("paint", () => magnify(page));
  viewer.addEventListener("hover", (event) => magnify(page, event.detail));
  const tools = { in: () => viewer.zoomBy(1.6), out: () => viewer.zoomBy(1 / 1.6), fit: () => viewer.fit() };
  for (const button of frame.querySelectorAll("[data-tool]")) {
    button.addEventListener("click", tools[button.dataset.tool]);
  }
  page.active = NAMES.find((name) => !page.points[name]) ?? "a";
  say(page);
}

function prepare(page, name) {
  const { form, frame, viewer } = page;
  const mark = frame.querySelector(`[data-mark="${name}"]`);
  page.marks[name] = mark;
  read(page, name);
  for (const axis of ["x", "y"]) {
    field(form, name, axis).addEventListener("change", () => {
      read(page, name);
      if (page.points[name]) viewer.reveal(page.points[name]);
      draw(page);
    });
  }
  form.querySelector(`[data-set="${name}"]`).addEventListener("click", () => choose(page, name));
  mark.addEventListener("focus", () => activate(page, name));
  mark.addEventListener("keydown", (event) => nudge(page, name, event));
  let held = null;
  mark.addEventListener("pointerdown", (event) => {
    mark.setPointerCapture(event.pointerId);
    const at = viewer.toScreen(page.points[name]);
    held = { x: event.clientX - at.x, y: event.clientY - at.y };
  });
  mark.addEventListener("pointermove", (event) => {
    if (held) put(page, name, viewer.toPlan(event.clientX - held.x, event.clientY - held.y));
  });
  for (const ends of ["pointerup", "pointercancel"]) mark.addEventListener(ends, () => (held = null));
}

function field(form, name, axis) {
  return form.elements.namedItem(`${name}${axis}`);
}

function read(page, name) {
  const [x, y] = ["x", "y"].map((axis) => field(page.form, name, axis).value.trim().replace(",", "."));
  const there = x !== "" && y !== "" && Number.isFinite(Number(x)) && Number.isFinite(Number(y));
  page.points[name] = there ? page.viewer.inside({ x: Number(x), y: Number(y) }) : null;
}

// Ends to a tenth of a pixel: finer than anybody can click.
function put(page, name, point) {
  const at = page.viewer.inside(point);
  page.points[name] = at;
  field(page.form, name, "x").value = at.x.toFixed(1);
  field(page.form, name, "y").value = at.y.toFixed(1);
  draw(page);
  magnify(page);
}

function tapped(page, point) {
  put(page, page.active, point);
  const next = NAMES.find((name) => !page.points[name]);
  page.active = next ?? page.active;
  say(page);
  draw(page);
  magnify(page);
}

// The button of a point: go to it, or set it down in the middle of what is seen, ready for the arrow keys.
function choose(page, name) {
  page.active = name;
  if (!page.points[name]) put(page, name, page.viewer.middle());
  page.viewer.reveal(page.points[name]);
  draw(page);
  page.marks[name].focus();
}

function activate(page, name) {
  page.active = name;
  say(page);
  draw(page);
  magnify(page);
}

function nudge(page, name, event) {
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  const step = event.shiftKey ? 10 : 1;
  const { x, y } = page.points[name];
  put(page, name, { x: x + arrow[0] * step, y: y + arrow[1] * step });
  page.viewer.reveal(page.points[name]);
}

function say(page) {
  const status = page.frame.querySelector("[data-status]");
  const set = page.points[page.active];
  const [first, second] = [["a", "b"], ["c", "d"]].map((pair) => pair.every((name) => page.points[name]));
  const label = page.active.toUpperCase();
  if (set) status.textContent = `${label} is chosen: drag it, or move it with the arrow keys (with Shift by 10).`;
  else if (first && !second && page.active === "c") status.textContent = `Type the length of A to B. To check it, click ${WHAT.c} (C).`;
  else status.textContent = `Click ${WHAT[page.active]} (${label}). Zoom in to be exact.`;
}

function draw(page) {
  const { frame, viewer } = page;
  for (const name of NAMES) {
    const [mark, point] = [page.marks[name], page.points[name]];
    mark.hidden = !point;
    mark.classList.toggle("mark-active", name === page.active);
    page.form.querySelector(`[data-set="${name}"]`).setAttribute("aria-pressed", String(name === page.active));
    if (!point) continue;
    const at = viewer.toScreen(point);
    mark.style.transform = `translate(${at.x}px, ${at.y}px)`;
    const where = `column ${Math.round(point.x)}, row ${Math.round(point.y)}`;
    mark.setAttribute("aria-label", `Point ${name.toUpperCase()}, ${where}. The arrow keys move it.`);
  }
  for (const [from, to] of [["a", "b"], ["c", "d"]]) {
    for (const line of frame.querySelectorAll(`[data-line="${from}${to}"]`)) {
      const ends = [page.points[from], page.points[to]];
      line.toggleAttribute("hidden", !ends.every(Boolean));
      if (!ends.every(Boolean)) continue;
      const [start, end] = ends.map((point) => viewer.toScreen(point));
      for (const [key, value] of Object.entries({ x1: start.x, y1: start.y, x2: end.x, y2: end.y })) {
        line.setAttribute(key, value.toFixed(1));
      }
    }
  }
}

// The neighbourhood of the chosen point, or of the pointer that is about to set it, four times as large as the
// picture; it keeps out of the point's way.
function magnify(page, pointer = null) {
  const { loupe, viewer } = page;
  const point = page.points[page.active] ?? pointer;
  loupe.hidden = !point;
  if (!point) return;
  const at = viewer.toScreen(point);
  loupe.classList.toggle("loupe-left", at.x > viewer.across / 2 && at.y < viewer.down / 2);
  const canvas = loupe.querySelector("canvas");
  const half = canvas.clientWidth / 2 / LOUPE_ZOOM;
  viewer.paintOn(canvas, { x: point.x - half, y: point.y - half, zoom: LOUPE_ZOOM });
  loupe.querySelector("[data-loupe-name]").textContent = page.active.toUpperCase();
}
