// The map: the sheet in metres, y up, and the picture of the plan as tiles upon it.
import Map from "ol/Map.js";
import View from "ol/View.js";
import DragPan from "ol/interaction/DragPan.js";
import MouseWheelZoom from "ol/interaction/MouseWheelZoom.js";
import PinchZoom from "ol/interaction/PinchZoom.js";
import TileLayer from "ol/layer/Tile.js";
import Projection from "ol/proj/Projection.js";
import TileImage from "ol/source/TileImage.js";
import TileGrid from "ol/tilegrid/TileGrid.js";
import { box } from "./rings.js";

const TILE_PX = 512;
const MARGIN_PX = 24;
const CLOSEST = 0.004; // metres a screen pixel

/** The sheet's extent in metres: the picture's, or that of the rooms where there is no picture. */
export function sheetExtent(floor) {
  if (floor.picture) {
    const { width_px: wide, height_px: high } = floor.picture;
    return [0, 0, wide * floor.scale.metres_per_pixel, high * floor.scale.metres_per_pixel];
  }
  const corners = floor.rooms.flatMap(({ ring }) => ring);
  return corners.length ? box(corners, 2) : [0, 0, 40, 30];
}

/** The map over a floor. ``mayPan(event)`` says whether one pointer that is dragged moves the sheet. */
export function makeMap(target, floor, mayPan) {
  const extent = sheetExtent(floor);
  const projection = new Projection({ code: "zonemap:sheet", units: "m", extent });
  const [wide, high] = [extent[2] - extent[0], extent[3] - extent[1]];
  const view = new View({
    projection,
    center: [extent[0] + wide / 2, extent[1] + high / 2],
    resolution: Math.max(wide, high) / 500,
    minResolution: CLOSEST,
    maxResolution: Math.max(wide, high) / 120,
    enableRotation: false,
    extent: [extent[0] - wide / 2, extent[1] - high / 2, extent[2] + wide / 2, extent[3] + high / 2],
    constrainOnlyCenter: true,
    smoothExtentConstraint: false,
  });
  const interactions = [new DragPan({ condition: mayPan }), new PinchZoom(), new MouseWheelZoom()];
  const layers = floor.picture ? [pictureLayer(floor, extent, projection)] : [];
  const map = new Map({ target, view, layers, controls: [], interactions, moveTolerance: 3 });
  map.set("sheet", extent);
  const corners = floor.rooms.flatMap(({ ring }) => ring);
  fit(map, corners.length ? box(corners, 1) : extent);
  return map;
}

function pictureLayer(floor, extent, projection) {
  const { id, width_px: wide, height_px: high } = floor.picture;
  const deepest = Math.max(0, Math.ceil(Math.log2(Math.max(wide, high) / TILE_PX)));
  const resolutions = Array.from({ length: deepest + 1 }, (_, z) => 2 ** (deepest - z) * floor.scale.metres_per_pixel);
  const tileGrid = new TileGrid({ extent, origin: [extent[0], extent[3]], resolutions, tileSize: TILE_PX });
  const source = new TileImage({
    projection,
    tileGrid,
    tileUrlFunction: ([z, x, y]) => `/pictures/${id}/${z}/${x}/${y}.png`,
    transition: 0,
  });
  return new TileLayer({ className: "ed-picture", extent, source, zIndex: 0 });
}

/** Show an extent, or the whole sheet. */
export function fit(map, extent = map.get("sheet"), duration = 0) {
  map.updateSize();
  const padding = [MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX];
  map.getView().fit(extent, { padding, duration, minResolution: 0.01 });
}

export function zoom(map, by) {
  const view = map.getView();
  view.cancelAnimations();
  view.animate({ zoom: view.getZoom() + by, duration: 120 });
}
