// A plan that can be moved and zoomed, drawn from its tiles (zonemap/intake/tiles.py says how they are cut).
// All positions are pixels of the picture, from its top left corner, unless a name says "screen".

const TILE = 512;
const TAP = 6; // screen pixels that a finger may tremble
const NEAREST = 16; // screen pixels of one picture pixel

export class PlanViewer extends EventTarget {
  // Fires "move" when the view has changed, "paint" when it is drawn, "tap" and "hover" with a point of the plan.
  constructor(canvas, { id, width, height }) {
    super();
    Object.assign(this, { canvas, id, width, height, x: 0, y: 0, zoom: 1, tiles: new Map(), pointers: new Map() });
    this.deepest = Math.max(0, Math.ceil(Math.log2(Math.max(width, height) / TILE)));
    new ResizeObserver(() => this.resize()).observe(canvas);
    canvas.addEventListener("pointerdown", (event) => this.press(event));
    canvas.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, (event) => this.release(event));
    // Else the browser follows a tap with a click, which would land on the mark that the tap has just set down.
    canvas.addEventListener("touchend", (event) => event.preventDefault(), { passive: false });
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  resize() {
    const fresh = this.across === undefined;
    const box = this.canvas.getBoundingClientRect();
    [this.across, this.down] = [box.width, box.height];
    if (fresh) this.fit();
    else this.moved();
  }

  fit() {
    this.zoom = this.least();
    this.x = this.width / 2 - this.across / this.zoom / 2;
    this.y = this.height / 2 - this.down / this.zoom / 2;
    this.moved();
  }

  least() {
    return Math.min(this.across / this.width, this.down / this.height);
  }

  toPlan(screenX, screenY) {
    return { x: this.x + screenX / this.zoom, y: this.y + screenY / this.zoom };
  }

  toScreen({ x, y }) {
    return { x: (x - this.x) * this.zoom, y: (y - this.y) * this.zoom };
  }

  middle() {
    return this.inside(this.toPlan(this.across / 2, this.down / 2));
  }

  inside({ x, y }) {
    return { x: Math.min(Math.max(x, 0), this.width), y: Math.min(Math.max(y, 0), this.height) };
  }

  zoomBy(factor, screenX = this.across / 2, screenY = this.down / 2) {
    const held = this.toPlan(screenX, screenY);
    this.zoom = Math.min(Math.max(this.zoom * factor, this.least() / 2), NEAREST);
    this.x = held.x - screenX / this.zoom;
    this.y = held.y - screenY / this.zoom;
    this.moved();
  }

  moveBy(screenX, screenY) {
    this.x -= screenX / this.zoom;
    this.y -= screenY / this.zoom;
    this.moved();
  }

  // Bring a point into sight, and no further than is needed.
  reveal(point, margin = 40) {
    const at = this.toScreen(point);
    const off = (value, most) => Math.min(0, most - margin - value) + Math.max(0, margin - value);
    const [right, below] = [off(at.x, this.across), off(at.y, this.down)];
    if (right !== 0 || below !== 0) this.moveBy(right, below);
  }

  moved() {
    const middle = this.inside(this.toPlan(this.across / 2, this.down / 2)); // never out of sight altogether
    this.x = middle.x - this.across / this.zoom / 2;
    this.y = middle.y - this.down / this.zoom / 2;
    if (!this.waiting) this.waiting = requestAnimationFrame(() => this.paint());
    this.dispatchEvent(new Event("move"));
  }

  paint() {
    this.waiting = 0;
    this.paintOn(this.canvas, this);
    this.dispatchEvent(new Event("paint"));
  }

  // Draw a view {x, y, zoom} on a canvas: first the coarse levels that are there, then the level that fits.
  paintOn(canvas, view) {
    const ratio = devicePixelRatio || 1;
    const [across, down] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(across * ratio)) canvas.width = Math.round(across * ratio);
    if (canvas.height !== Math.round(down * ratio)) canvas.height = Math.round(down * ratio);
    const pen = canvas.getContext("2d");
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, -view.x * view.zoom * ratio, -view.y * view.zoom * ratio);
    pen.imageSmoothingEnabled = view.zoom * ratio < 3;
    pen.beginPath();
    pen.rect(0, 0, this.width, this.height);
    pen.fillStyle = "#fff";
    pen.fill();
    pen.save();
    pen.clip(); // the tiles are white beyond the picture's edge
    const wanted = Math.min(Math.max(Math.ceil(this.deepest + Math.log2(view.zoom * ratio) - 0.3), 0), this.deepest);
    for (let z = 0; z <= wanted; z += 1) this.paintLevel(pen, z, view, across, down, z === 0 || z === wanted);
    pen.restore();
  }

  paintLevel(pen, z, view, across, down, fetch) {
    const side = TILE * 2 ** (this.deepest - z); // of a tile, in pixels of the picture
    const right = Math.min(view.x + across / view.zoom, this.width);
    const below = Math.min(view.y + down / view.zoom, this.height);
    for (let row = Math.max(0, Math.floor(view.y / side)); row * side < below; row += 1) {
      for (let column = Math.max(0, Math.floor(view.x / side)); column * side < right; column += 1) {
        const tile = this.tile(z, column, row, fetch);
        if (tile?.complete && tile.naturalWidth > 0) pen.drawImage(tile, column * side, row * side, side, side);
      }
    }
  }

  tile(z, x, y, fetch) {
    const address = `/pictures/${this.id}/${z}/${x}/${y}.png`;
    if (!this.tiles.has(address) && fetch) {
      const image = new Image();
      image.addEventListener("load", () => this.moved());
      image.src = address;
      this.tiles.set(address, image);
    }
    return this.tiles.get(address);
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  press(event) {
    if (event.button !== 0) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, this.place(event));
    if (this.pointers.size === 1) [this.began, this.still] = [this.place(event), true];
    else this.still = false;
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    const now = this.place(event);
    if (before === undefined) {
      this.dispatchEvent(new CustomEvent("hover", { detail: this.inside(this.toPlan(now.x, now.y)) }));
      return;
    }
    if (this.still && Math.hypot(now.x - this.began.x, now.y - this.began.y) < TAP) return;
    this.still = false;
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    if (other === undefined) this.moveBy(now.x - before.x, now.y - before.y);
    else this.pinch(before, now, other);
  }

  pinch(before, now, other) {
    const [was, is] = [before, now].map((at) => Math.hypot(at.x - other.x, at.y - other.y));
    this.moveBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    if (was > 0) this.zoomBy(is / was, (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  release(event) {
    if (!this.pointers.delete(event.pointerId) || !this.still || event.type === "pointercancel") return;
    this.still = false;
    const point = this.toPlan(this.began.x, this.began.y);
    const on = this.inside(point);
    if (on.x === point.x && on.y === point.y) this.dispatchEvent(new CustomEvent("tap", { detail: point }));
  }

  wheel(event) {
    event.preventDefault();
    const at = this.place(event);
    this.zoomBy(2 ** (-event.deltaY / (event.deltaMode === 1 ? 12 : 400)), at.x, at.y);
  }
}
