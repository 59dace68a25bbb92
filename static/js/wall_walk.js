// The walk from door to door. A tick is kept on the phone first, then sent; without a network it waits, also when the
// page is closed. Without this file each tick is a form of its own.

import { newId, put, remove, waiting } from "./wall_queue.js";
import { small } from "./wall_photo.js";

const AGAIN_MS = 20_000;
const SAID = { posted: "hangs", missing: "not there" };

const walk = document.querySelector("[data-walk]");
if (walk && "indexedDB" in window) begin();

async function begin() {
  for (const item of walk.querySelectorAll("[data-sheet]")) item.querySelector("form").addEventListener("submit", ticked);
  walk.querySelector("[data-bar]").hidden = false;
  walk.querySelector("[data-left]").addEventListener("change", (event) => {
    walk.toggleAttribute("data-only-left", event.target.checked);
  });
  for (const tick of await waiting(walk.dataset.facility)) show(tick, "waits to be sent");
  addEventListener("online", () => void send());
  setInterval(() => void send(), AGAIN_MS);
  keepPage();
  await send();
}

async function ticked(event) {
  event.preventDefault();
  const form = event.target;
  const file = form.elements.namedItem("photo").files[0];
  const value = (name) => form.elements.namedItem(name).value;
  const tick = {
    id: newId(),
    facility: walk.dataset.facility,
    floor: value("floor"),
    sheet: value("sheet"),
    number: value("number"),
    event: event.submitter?.value ?? "posted",
    at: new Date().toISOString(),
    photo: file ? await small(file) : null,
  };
  await put(tick);
  form.elements.namedItem("photo").value = "";
  show(tick, "waits to be sent");
  await send();
}

let sending = null; // one at a time: a second call waits for the first and looks again

function send() {
  sending = (sending ?? Promise.resolve()).then(sendAll).catch(() => say("Something went wrong on this phone. Load the page again; what you ticked is kept."));
  return sending;
}

async function sendAll() {
  for (const tick of await waiting(walk.dataset.facility)) {
    const answer = await sent(tick);
    if (answer === null || answer.status >= 500) return say("No network.");
    if (answer.status === 401) return askToSignIn();
    const refused = answer.ok ? "" : ((await answer.json().catch(() => null))?.error ?? "It was refused.");
    await remove(tick.id);
    // A photo that cannot be read must not cost the tick, which was kept before the photo was read.
    show(tick, refused || (tick.photo ? "sent, with its photo" : "sent"));
  }
  await say("");
}

async function sent(tick) {
  const body = new FormData();
  for (const name of ["id", "floor", "sheet", "number", "event", "at"]) body.append(name, tick[name]);
  if (tick.photo) body.append("photo", tick.photo, "photo.jpg");
  const post = async (token) => {
    const headers = { "X-CSRF-Token": token, Accept: "application/json" };
    return await fetch(walk.dataset.ticks, { method: "POST", body, headers });
  };
  try {
    const answer = await post(document.querySelector("meta[name=csrf-token]").content);
    // A page that was kept bears the token of an older session.
    return answer.status === 403 ? await post(await freshToken()) : answer;
  } catch {
    return null;
  }
}

async function freshToken() {
  const text = await (await fetch(location.pathname)).text();
  const token = new DOMParser().parseFromString(text, "text/html").querySelector("meta[name=csrf-token]").content;
  document.querySelector("meta[name=csrf-token]").content = token;
  return token;
}

function show(tick, how) {
  const item = document.getElementById(`sheet-${tick.sheet}`);
  if (!item) return;
  const time = new Date(tick.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  item.querySelector("[data-ticked]").textContent = `Ticked ${time}: ${SAID[tick.event]}, ${how}.`;
  item.toggleAttribute("data-done", tick.event === "posted");
}

async function say(trouble) {
  const left = (await waiting(walk.dataset.facility)).length;
  const items = [...walk.querySelectorAll("[data-sheet]")];
  const done = items.filter((item) => item.hasAttribute("data-done")).length;
  const waits = left ? `${left} ${left === 1 ? "tick waits" : "ticks wait"} to be sent.` : "";
  walk.querySelector("[data-said]").textContent = [`${done} of ${items.length} on the wall.`, trouble, waits].filter(Boolean).join(" ");
}

async function askToSignIn() {
  await say("You are signed out.");
  const link = document.createElement("a");
  link.href = walk.dataset.signin;
  link.textContent = "Sign in: what you ticked is kept and sent then.";
  walk.querySelector("[data-said]").append(" ", link);
}

// The worker keeps this page and what it is made of, so that it opens where there is no network.
async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(walk.dataset.worker);
    const ready = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType("resource").map((each) => new URL(each.name));
    const own = loaded.filter((each) => each.origin === location.origin && each.pathname.startsWith("/static/"));
    ready.active.postMessage({ keep: [location.pathname, ...new Set(own.map((each) => each.pathname + each.search))] });
  } catch {
    // Without a worker the open page still keeps its ticks.
  }
}
