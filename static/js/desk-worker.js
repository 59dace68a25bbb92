// Keeps the desk without a server on this device: its page, its document, and what they are made of. Whenever the desk
// is opened and the server answers, both are fetched anew; when nobody is signed in any more, they are removed.

const KEPT = "zonemap-desk";
const HOME = new URL("./", self.location.href).pathname;
const PAGE = `${HOME}offline`;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetchAnew());
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { pathname, origin } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(opened(event));
  else if (pathname.startsWith("/static/") || pathname.startsWith(HOME)) event.respondWith(made(request));
});

// All or nothing: a page with the document of another day would be worse than yesterday's page.
async function fetchAnew() {
  const answer = await fetch(PAGE, { cache: "no-store" });
  if (answer.redirected || answer.status === 401 || answer.status === 403) return void (await caches.delete(KEPT));
  if (!answer.ok) return;
  const parts = (await answer.clone().text()).matchAll(/(?:href|src)="(\/[^"]+\.(?:js|css|svg)[^"]*)"/g);
  const fetched = [[PAGE, answer]];
  for (const [, address] of parts) {
    const path = address.replaceAll("&amp;", "&");
    const part = await fetch(path, path.startsWith(HOME) ? { cache: "no-store" } : {});
    if (!part.ok || part.redirected) return;
    fetched.push([path, part]);
  }
  await caches.delete(KEPT);
  const kept = await caches.open(KEPT);
  for (const [address, part] of fetched) await kept.put(address, part);
}

async function opened(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.status >= 502) throw new Error("no server behind the proxy");
    event.waitUntil(fetchAnew().catch(() => {}));
    return answer;
  } catch (gone) {
    const kept = await caches.match(PAGE);
    if (kept) return kept;
    throw gone;
  }
}

async function made(request) {
  const kept = await caches.match(request);
  if (!kept) return fetch(request);
  return new URL(request.url).pathname.startsWith(HOME) ? fetch(request).catch(() => kept) : kept;
}
