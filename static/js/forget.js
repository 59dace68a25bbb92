// Nobody is signed in on this page: what the walk, the desk and the visits kept of their pages here is removed.
// What waits to be sent stays.

if ("caches" in window) for (const kept of ["zonemap-wall", "zonemap-desk", "zonemap-visits"]) void caches.delete(kept);
