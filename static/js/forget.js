// Nobody is signed in on this page: what the walk and the desk kept of their pages here is removed. Ticks that wait stay.

if ("caches" in window) for (const kept of ["zonemap-wall", "zonemap-desk"]) void caches.delete(kept);
