// Keeps the page of the walk, and what it is made of, on the phone: it opens without a network. Nothing else is kept.
// The page is fetched anew whenever there is a network; when nobody is signed in any more, what was kept is removed.

const KEPT = "zonemap-wall";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// The page says what it is made of, once it has loaded.
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.keep)) event.waitUntil(keep(event.data.keep));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && path.endsWith("/wall/walk")) event.respondWith(page(request));
  else if (path.startsWith("/static/")) event.respondWith(made(request));
});

async function keep(addresses) {
  const kept = await caches.open(KEPT);
  for (const address of addresses) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !answer.redirected) await kept.put(address, answer);
  }
}

async function page(request) {
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(KEPT)).put(path, answer.clone());
    else if (answer.type === "opaqueredirect" || answer.status === 403) await caches.delete(KEPT);
    return answer;
  } catch (offline) {
    const found = await caches.match(path);
    if (found) return found;
    throw offline;
  }
}

// The address of a static file names its content, so what is kept is what would come.
async function made(request) {
  return (await caches.match(request)) ?? fetch(request);
}
