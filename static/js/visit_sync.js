// Times pressed and forms saved in the record of a visit are kept on this device first, then sent; without a network they
// wait, also when the page is closed. Each has an id made here, so that the server counts it once. What the server
// refuses stays here until somebody has looked at it. Without this file each form is sent by itself.

import { newId, queueOf } from "./kept_queue.js";
import { freshToken, keepPages, post } from "./kept_send.js";
import { collected, filled, renewed, sentByHand } from "./visit_form.js";

const AGAIN_MS = 20_000;
const root = document.querySelector("[data-visits]");
const queue = queueOf("zonemap-visits", "entries");
const form = document.querySelector("[data-details]");
const mine = new Set(); // ids of forms that were sent from this page, or may have been
let visit = root?.dataset.visit ?? "";
let begun = true;
let typing = false; // whether something is typed and not saved
let closing = false;
let entering = 0; // presses and forms that are not on this device yet
let entered = Promise.resolve(); // fulfilled once they are
let count = 0;
let sending = Promise.resolve(); // one at a time: a second call waits for the first and looks again
if (root && "indexedDB" in window) void begin();

async function begin() {
  const { dataset } = root;
  if (form && !visit) {
    begun = /^#[0-9a-f]{32}$/.test(location.hash);
    visit = begun ? location.hash.slice(1) : newId();
    history.replaceState(null, "", `#${visit}`);
  }
  for (const each of document.querySelectorAll("[data-moment]")) each.addEventListener("submit", onTheWay(pressed));
  for (const each of document.querySelectorAll("[data-begin]")) each.addEventListener("submit", beginRecord);
  document.querySelector("[data-close]")?.addEventListener("submit", close);
  if (form) await beginForm();
  addEventListener("online", () => void send());
  setInterval(() => void send(), AGAIN_MS);
  const letGo = "letGo" in dataset;
  void keepPages(dataset.worker, [dataset.list, dataset.new, ...(dataset.visit && !letGo ? [location.pathname] : [])]);
  if (letGo) navigator.serviceWorker?.controller?.postMessage({ letGo: location.pathname });
  await send();
  root.toggleAttribute("data-ready", true);
}

async function beginForm() {
  for (const id of form.elements.mine.value.split(" ").filter(Boolean)) mine.add(id);
  // A page that was kept is opened many times: its ids are made anew. One that the server refused keeps its own.
  if (!form.querySelector(".errors")) {
    renewed(form, newId);
    await showTyped();
  }
  form.addEventListener("submit", onTheWay(saved));
  for (const kind of ["input", "change"]) form.addEventListener(kind, () => { typing = true; });
}

// What is here of who is signed in: nobody's entries are ever sent under the name of somebody else.
async function waiting() {
  const { account, facility } = root.dataset;
  const all = await queue.all();
  const own = all.filter((item) => item.account === account && item.facility === facility);
  return own.sort((one, other) => one.order.localeCompare(other.order));
}

async function put(kind, id, place, words, more) {
  const at = new Date().toISOString();
  const order = `${at} ${String((count += 1)).padStart(6, "0")}`;
  const { account, facility, list } = root.dataset;
  await queue.put({ id, kind, account, facility, visit, address: list + place, words, at, order, files: [], ...more });
}

// While something is on its way onto the device the page stays: with the page it would be gone.
function onTheWay(does) {
  return async (event) => {
    event.preventDefault();
    entering += 1;
    const done = does(event).finally(() => { entering -= 1; });
    entered = Promise.allSettled([entered, done]);
    await send(await done);
  };
}

async function putBegin() {
  const fields = [["visit", visit], ["entry", newId()], ["pressed", new Date().toISOString()]];
  await put("begin", newId(), "", "A record was begun", { fields });
  begun = true;
}

async function beginRecord(event) {
  event.preventDefault();
  visit = newId();
  await putBegin();
  await send();
  const { list, new: blank } = root.dataset;
  location.assign((await ofThisVisit()).length ? `${blank}#${visit}` : `${list}${visit}`);
}

async function ofThisVisit() {
  return (await waiting()).filter((item) => item.visit === visit && !item.refused);
}

async function pressed({ target, submitter }) {
  if (!begun) await putBegin();
  const value = (name) => target.elements[name]?.value ?? "";
  const chosen = target.querySelector("option:checked");
  const words = [(chosen ?? submitter).textContent.trim(), value("note")].filter(Boolean).join(". ");
  const id = newId();
  const given = ["happening", "at", "note"].map((name) => [name, value(name)]);
  const fields = [["entry", id], ...given, ["pressed", new Date().toISOString()]];
  await put("moment", id, `${visit}/moment`, words, { fields });
  if (chosen) target.reset();
}

async function saved() {
  if (!begun) await putBegin();
  const id = form.elements.entry.value;
  typing = false;
  const { fields, files } = await collected(form);
  for (const item of await ofThisVisit()) if (item.kind === "details" && item.id !== id) mine.add(item.id);
  mine.delete(id);
  fields.push(["mine", [...mine].join(" ")]);
  await put("details", id, visit, "What happened, as written in the form", { fields, files });
  mine.add(id);
  form.elements.entry.value = newId(); // what is typed from here on is an entry of its own
  return id;
}

// Nothing is closed over what is still typed, or on its way to the server.
async function close(event) {
  event.preventDefault();
  closing = true; // from here on no other page comes in between
  await entered;
  if (typing) return await notClosed("what you typed is not saved. Save it, then close the record.");
  await send();
  if ((await ofThisVisit()).length) return await notClosed("close the record once all is sent.");
  event.target.submit();
}

async function notClosed(why) {
  closing = false;
  await show(`Not closed yet: ${why}`);
  root.scrollIntoView({ block: "center" }); // the button is at the other end of a long page
}

// What waits is shown in the form again, so that nobody types it twice.
async function showTyped() {
  const own = (await ofThisVisit()).filter((item) => item.kind === "details");
  if (!own.length) return;
  filled(form, own.at(-1), newId);
  for (const item of own) mine.add(item.id);
}

function send(justSaved = "") {
  const failed = () => show("Something went wrong on this device. Load the page again; what you entered is kept.");
  sending = sending.then(() => sendAll(justSaved)).catch(failed);
  return sending;
}

async function sendAll(justSaved) {
  const sent = [];
  let trouble = "";
  for (const item of await waiting()) {
    if (item.refused) continue;
    const answer = await post(item.address, bodyOf(item));
    if (answer === null || answer.status === 429 || answer.status >= 500) {
      trouble = answer ? "The server cannot take it just now." : "No network.";
      break;
    }
    if (answer.status === 401) return await show("You are signed out.", sent, root.dataset.signin);
    if (answer.ok) {
      await queue.remove(item.id);
      sent.push(item);
      continue;
    }
    const refused = (await answer.json().catch(() => null))?.error ?? "It was refused.";
    await queue.put({ ...item, refused });
    if (item.id === justSaved) return await byHand(item);
  }
  await show(trouble, sent);
  const ours = form && sent.some((item) => item.visit === visit);
  if (ours && !(await ofThisVisit()).length && !typing && !closing && !entering) showSent();
}

// Until the page is there again nothing can be typed or pressed: it would be gone with this one.
function showSent() {
  for (const each of document.querySelectorAll("main :is(button, input, select, textarea)")) each.disabled = true;
  location.replace(`${root.dataset.list}${visit}`);
}

function bodyOf(item) {
  const body = new FormData();
  for (const [name, value] of item.fields) body.append(name, value);
  for (const [name, file] of item.files) body.append(name, file, "photo.jpg");
  return body;
}

async function byHand(item) {
  sentByHand(item, await freshToken());
}

async function show(trouble, sent = [], signin = "") {
  const items = await waiting();
  const open = items.filter((item) => !item.refused).length;
  const waits = open ? `${open} ${open === 1 ? "entry waits" : "entries wait"} to be sent.` : "";
  const said = root.querySelector("[data-said]");
  said.textContent = [items.length || typing ? trouble : "", waits, sent.length && !items.length ? "All is sent." : ""].filter(Boolean).join(" ");
  if (signin && items.length) said.append(" ", link("Sign in: what you entered is kept and sent then.", signin));
  const lines = [...sent.map((item) => line(item, "sent.")), ...items.map((item) => line(item))];
  root.querySelector("[data-waiting]").replaceChildren(...lines);
  root.hidden = !root.textContent.trim();
}

function line(item, sent = "") {
  const made = document.createElement("li");
  const time = new Date(item.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  made.textContent = `${time} ${item.words}: ${sent || item.refused || "waits to be sent."} `;
  if (item.refused && item.kind === "details") made.append(button("Look at it and save", () => byHand(item)));
  else if (item.refused) made.append(button("Remove it here", () => queue.remove(item.id).then(() => show(""))));
  else if (!sent && item.visit !== visit) made.append(link("Open", `${root.dataset.new}#${item.visit}`));
  return made;
}

function button(words, does) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: words });
  made.addEventListener("click", () => void does());
  return made;
}

function link(words, href) {
  return Object.assign(document.createElement("a"), { href, textContent: words });
}
