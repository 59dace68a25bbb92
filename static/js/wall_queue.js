// What was ticked and has not been sent yet, on this phone, in the order in which it was ticked. It outlives the page.

const NAME = "zonemap-wall";

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("ticks", { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(mode, work) {
  const database = await opened();
  try {
    return await new Promise((done, failed) => {
      const asked = work(database.transaction("ticks", mode).objectStore("ticks"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  } finally {
    database.close();
  }
}

export const put = (tick) => within("readwrite", (ticks) => ticks.put(tick));
export const remove = (id) => within("readwrite", (ticks) => ticks.delete(id));

export async function waiting(facility) {
  const all = await within("readonly", (ticks) => ticks.getAll());
  return all.filter((tick) => tick.facility === facility).sort((one, other) => one.at.localeCompare(other.at));
}

// 128 random bits: the server counts a tick of the same id once, however often it is sent.
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
