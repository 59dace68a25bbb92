// Nobody is signed in on this page: what the walk kept of its page on this phone is removed. Ticks that wait stay.

if ("caches" in window) void caches.delete("zonemap-wall");
