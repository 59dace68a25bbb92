// Which tab of the browser this is, and which others live. A tab has an id, which outlives a reload, and holds a lock of
// that name for as long as it lives: a tab that was duplicated finds it taken, and gets an id of its own.
import { newId } from "./edits.js";

const STORE = "zonemap.tab";
const PATIENCE_MS = 300; // for the page before this one to let go

/** {id, living}: living are the ids of all tabs that live, this one among them. */
export async function takeTab(storage = window.sessionStorage, locks = navigator.locks) {
  let id = recalled(storage) ?? newId();
  if (!locks) return { id, living: new Set([id]) };
  if (!(await held(locks, id))) {
    id = newId();
    await held(locks, id);
  }
  remember(storage, id);
  const names = (await locks.query()).held.map(({ name }) => name);
  const living = names.filter((name) => name.startsWith(`${STORE}.`)).map((name) => name.slice(STORE.length + 1));
  return { id, living: new Set([id, ...living]) };
}

/** Take the lock and keep it; false where another tab has it. */
function held(locks, id) {
  return new Promise((done) => {
    const keep = () => {
      done(true);
      return new Promise(() => {}); // never let go: the browser does, when the page is gone
    };
    locks.request(`${STORE}.${id}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, keep).catch(() => done(false));
  });
}

function recalled(storage) {
  try {
    return storage.getItem(STORE);
  } catch {
    return null;
  }
}

function remember(storage, id) {
  try {
    storage.setItem(STORE, id);
  } catch {} // a forbidden storage: the next page is another tab then
}
