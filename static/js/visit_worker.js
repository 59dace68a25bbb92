// Keeps the pages on which a visit is written down, and what they are made of, on this device: they open without a
// network. A visit is kept while it is open, and only for whoever began it. Pages are fetched anew whenever there is a
// network; when nobody is signed in any more, what was kept is removed.

const KEPT = "zonemap-visits";
const OURS = /\/visits\/(new|[0-9a-f]{32})?$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A page says what it is made of, once it has loaded; and when it is to be kept no longer.
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
  if (typeof event.data?.letGo === "string") event.waitUntil(letGo(event.data.letGo));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && OURS.test(path)) event.respondWith(page(request, path));
  else if (path.startsWith("/static/")) event.respondWith(made(request));
});

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  for (const address of addresses) {
    const answer = await fetch(address).catch(() => null);
    if (!answer?.ok || answer.redirected) continue;
    const isPage = answer.headers.get("Content-Type")?.startsWith("text/html");
    const text = isPage ? await answer.clone().text() : "";
    // A page may need what the page that asked has not loaded itself; it is kept last, once all of it is there.
    const parts = [...text.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
    for (const part of parts) if (!(await kept.match(part))) await kept.add(part).catch(() => {});
    await kept.put(address, answer);
  }
}

async function letGo(path) {
  await (await caches.open(KEPT)).delete(path);
}

async function page(request, path) {
  try {
    const answer = await fetch(request);
    const kept = await caches.open(KEPT);
    if (answer.ok && (await kept.match(path))) await kept.put(path, answer.clone());
    else if (answer.type === "opaqueredirect" || answer.status === 403) await caches.delete(KEPT);
    return answer;
  } catch (offline) {
    const found = await caches.match(path);
    if (found) return found;
    throw offline;
  }
}

// From the network where there is one: a page and its scripts are then of one make.
async function made(request) {
  try {
    return await fetch(request);
  } catch (offline) {
    const found = await caches.match(request);
    if (found) return found;
    throw offline;
  }
}
