// Bundles the editor into the folder given as the first argument: editor.js, desk.js and licences.txt.
// hatch_build.py calls it; nothing in the output depends on the time, the machine or the folder.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error("Say which folder to write to.");

// What classes of OpenLayers name and the editor never reaches: styles written as JSON, the buttons and gestures of an
// ordinary map, pictures of other projections. A sixth of its code; each stands in for itself and fails if it is used.
const UNUSED = {
  "ol/render/canvas/style.js": 'export function flatStyleLikeToStyleFunction() { throw new Error("Give a style function."); }',
  "ol/interaction/defaults.js": 'export function defaults() { throw new Error("Name the interactions."); }',
  "ol/control/defaults.js": 'export function defaults() { throw new Error("Name the controls."); }',
  "ol/reproj/Tile.js": 'export default class { constructor() { throw new Error("The sheet has one projection."); } }',
};

const withoutUnused = {
  name: "without-unused",
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.ol.+js$/ }, ({ path }) => {
      const name = Object.keys(UNUSED).find((each) => path.replaceAll("\\", "/").endsWith(`/node_modules/${each}`));
      return name ? { contents: UNUSED[name], loader: "js" } : null;
    });
  },
};

const result = await build({
  absWorkingDir: here,
  entryPoints: ["editor/main.js"],
  outfile: join(out, "editor.js"),
  bundle: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari16"],
  minify: true,
  plugins: [withoutUnused],
  metafile: true,
  legalComments: "none",
  banner: { js: "/* The zonemap editor. Licences of the libraries inside: licences.txt beside this file. */" },
  logLevel: "warning",
});

// The desk without a server: one plain script, because a page opened from a USB stick may load no modules.
await build({
  absWorkingDir: here,
  entryPoints: ["desk/main.js"],
  outfile: join(out, "desk.js"),
  bundle: true,
  format: "iife",
  target: ["chrome109", "firefox115", "safari16"],
  minify: true,
  logLevel: "warning",
});

/** "node_modules/ol/x.js" -> "ol"; a scoped name keeps both parts; our own files give undefined. */
function packageOf(path) {
  return path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
}

function licenceOf(name) {
  const folder = join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(the package carries no licence text)";
  return `${name} ${about.version} (${about.license})\n${"-".repeat(72)}\n${text}\n`;
}

// Only what left code in the bundle counts: the rest was shaken out.
const [bundle] = Object.values(result.metafile.outputs);
const inside = Object.entries(bundle.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
const names = [...new Set(inside.map(([path]) => packageOf(path)).filter(Boolean))].sort();
writeFileSync(join(out, "licences.txt"), names.map(licenceOf).join("\n\n"));
