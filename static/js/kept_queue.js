// What waits on this device to be sent, by its id. It outlives the page.

export function queueOf(name, store) {
  const within = async (mode, work) => {
    const database = await opened(name, store);
    try {
      return await new Promise((done, failed) => {
        const asked = work(database.transaction(store, mode).objectStore(store));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    } finally {
      database.close();
    }
  };
  return {
    put: (item) => within("readwrite", (kept) => kept.put(item)),
    remove: (id) => within("readwrite", (kept) => kept.delete(id)),
    all: () => within("readonly", (kept) => kept.getAll()),
  };
}

function opened(name, store) {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

// 128 random bits: the server counts what comes under the same id once, however often it is sent.
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
