// The walk from door to door. A tick is kept on the phone first, then sent; without a network it waits, also when the
// page is closed. Without this file each tick is a form of its own.

import { keepPages, post } from "./kept_send.js";
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
  void keepPages(walk.dataset.worker, [location.pathname]);
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
  return await post(walk.dataset.ticks, body);
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
